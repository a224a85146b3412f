"""Verbs about mail accounts besides sending: finding their servers, which there are, and who is written to as whom."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import accounts as commands
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MailAccount, NewIdentity, Sender
from followup_desktop.mail.account import Server
from followup_desktop.mail.discover.model import Discovery, Settings


def _address(parser: ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS")


def discover(program: Program, given: Namespace) -> Answer:
    """Find the servers of an address. Nobody is told the address, and nothing is kept."""
    from followup_desktop.mail.discover.search import Search
    from followup_desktop.mail.discover.world import real_world

    found = Search(given.address, real_world()).run()
    return Answer(shape(found), _lines(found), 0 if found.settings else 1)


def shape(found: Discovery) -> dict[str, Any]:
    """Return what a search found, as JSON has it."""
    settings = found.settings
    sign_in = settings.sign_in if settings else None
    return {
        "address": found.address,
        "found": str(settings.how) if settings else None,
        "provider": (settings.provider or None) if settings else None,
        "imap": _server(settings.imap) if settings else None,
        "smtp": _server(settings.smtp) if settings else None,
        "user": settings.user if settings else None,
        "sign_in": {"kind": sign_in.kind, "page": sign_in.page or None, "words": sign_in.words, "also": sign_in.also}
        if sign_in
        else None,
        "per_day": settings.per_day if settings else None,
        "files_sent": settings.files_sent if settings else None,
        "confirm": (settings.confirm or None) if settings else None,
        "others": [_server(server) for server in settings.others] if settings else [],
        "tried": [{"step": str(each.step), "found": each.found, "says": each.says} for each in found.tried],
        "to_do": found.to_do or None,
        "suggestion": dict(zip(("imap", "smtp"), map(_server, found.suggestion), strict=True))
        if found.suggestion
        else None,
    }


def _server(server: Server | None) -> dict[str, Any] | None:
    return {"host": server.host, "port": server.port, "security": server.security} if server else None


def _lines(found: Discovery) -> list[str]:
    tried = [f"{each.step:<11} {each.says}" for each in found.tried]
    return [*tried, *(_settings_lines(found.settings) if found.settings else [found.to_do])]


def _settings_lines(settings: Settings) -> list[str]:
    servers = [f"{name}: {server} ({server.security})" for name, server in
               (("read", settings.imap), ("send", settings.smtp)) if server is not None]  # fmt: skip
    sign_in = settings.sign_in
    return [
        line for line in (*servers, f"user: {settings.user}", settings.confirm, sign_in.words, sign_in.page) if line
    ]


def listing(program: Program, given: Namespace) -> Answer:
    """List the mail accounts, with the names each can write under."""
    with program.desk.store.read() as session:
        accounts, senders = queries.accounts(session), queries.senders(session)
    data = [_account_shape(each, senders) for each in accounts]
    lines = [
        f"{each['account_id']:>5}  {each['address']}{'  (usual)' if each['usual'] else ''}  {each['paused'] or ''}"
        for each in data
    ]
    return Answer(data, lines or ["There is no mail account yet."])


def _account_shape(account: MailAccount, senders: list[Sender]) -> dict[str, Any]:
    others = [each for each in senders if each.account.id == account.id and each.identity is not None]
    return {
        "account_id": account.id,
        "address": account.address,
        "name": account.name,
        "user": account.user,
        "imap": {"host": account.imap_host, "port": account.imap_port, "security": account.imap_security},
        "smtp": {"host": account.smtp_host, "port": account.smtp_port, "security": account.smtp_security},
        "usual": account.is_usual,
        "paused": account.paused or None,
        "asks_receipts": account.asks_receipts,
        "reply_to": account.reply_to or None,
        "signature": account.signature or None,
        "identities": [{"identity_id": each.identity} | _sender_shape(each) for each in others],
    }


def _sender_shape(sender: Sender) -> dict[str, Any]:
    return {
        "name": sender.name,
        "address": sender.address,
        "reply_to": sender.reply_to or None,
        "signature": sender.signature or None,
    }


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("account", metavar="A", help="the account's address")


def _account(program: Program, address: str) -> MailAccount:
    """Return the account with an address. Raises `Problem`."""
    with program.desk.store.read() as session:
        found = [each for each in queries.accounts(session) if each.address.casefold() == address.strip().casefold()]
    if not found:
        raise Problem(f"There is no mail account {address}.", "Nothing was changed.", "Look with “account list”.")
    return found[0]


def usual(program: Program, given: Namespace) -> Answer:
    """Use an account wherever nothing else is chosen."""
    account = _account(program, given.account)
    done = commands.make_usual(program.desk, account.id)
    return Answer({"account_id": account.id}, [done.says])


def _wanted(parser: ArgumentParser) -> None:
    _one(parser)
    answer = parser.add_mutually_exclusive_group(required=True)
    answer.add_argument("--on", action="store_true", help="its mail asks for them")
    answer.add_argument("--off", action="store_true", help="it does not")


def receipts(program: Program, given: Namespace) -> Answer:
    """Let an account's mail ask for read receipts, or not."""
    account = _account(program, given.account)
    done = commands.ask_receipts(program.desk, account.id, wanted=given.on)
    return Answer({"account_id": account.id, "asks_receipts": given.on}, [done.says])


def _described(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("--identity", metavar="ID", type=shapes.number, help="one of its other names")
    parser.add_argument("--new", action="store_true", help="another name, beside those it has")
    parser.add_argument("--name", metavar="NAME", help="the name customers see")
    parser.add_argument("--address", metavar="ADDRESS", help="another address of the same mailbox")
    parser.add_argument("--reply-to", metavar="ADDRESS", help="where answers go; empty: to the address itself")
    parser.add_argument("--signature", metavar="TEXT", help="the lines below each message; \\n begins a new one")


def describe(program: Program, given: Namespace) -> Answer:
    """Change with which name, address for answers and signature an account writes; or add another name."""
    account = _account(program, given.account)
    with program.desk.store.read() as session:
        known = {each.identity: each for each in queries.senders(session, account.id)}
    if given.identity is not None and given.identity not in known:
        raise Problem("This name is not one of the account's.", "Nothing was changed.", "Look with “account list”.")
    if given.address and not given.new and given.identity is None:
        to_do = "Add another address with --new, or set up another account."
        raise Problem("The address of an account stays what it is.", "Nothing was changed.", to_do)
    before = known[given.identity]
    new = NewIdentity(
        before.name if given.name is None else given.name,
        given.address or "",
        ("" if given.new else before.reply_to) if given.reply_to is None else given.reply_to,
        ("" if given.new else before.signature) if given.signature is None else given.signature.replace("\\n", "\n"),
    )
    if given.new:
        added = commands.add_identity(program.desk, account.id, new)
        return Answer({"account_id": account.id, "identity_id": added.result}, [added.says])
    done = commands.describe(program.desk, account.id, new, given.identity)
    return Answer({"account_id": account.id, "identity_id": given.identity}, [done.says])


def _forgotten(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("identity", metavar="IDENTITY_ID", type=shapes.number)


def forget(program: Program, given: Namespace) -> Answer:
    """Let go of one of an account's other names."""
    account = _account(program, given.account)
    done = commands.remove_identity(program.desk, account.id, given.identity)
    return Answer({"account_id": account.id, "identity_id": given.identity}, [done.says])


def _use(parser: ArgumentParser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER_ID", type=shapes.number)
    parser.add_argument("--account", metavar="A", default="", help="without it: in the usual way again")
    parser.add_argument("--identity", metavar="ID", type=shapes.number, help="one of its other names")


def use(program: Program, given: Namespace) -> Answer:
    """Say as whom a customer is written to."""
    account = _account(program, given.account) if given.account else None
    if account is None and given.identity is not None:
        raise Problem("A name belongs to an account.", "Nothing was changed.", "Give --account too.")
    done = commands.write_as(program.desk, given.customer, account.id if account else None, given.identity)
    with program.desk.store.read() as session:
        sender = queries.sender_for(session, given.customer)
    data = {"customer_id": given.customer, "account_id": None, "identity_id": None, "sender": None}
    if sender is not None:
        data |= {"account_id": sender.account.id, "identity_id": sender.identity, "sender": _sender_shape(sender)}
    return Answer(data, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("account list", "the mail accounts, and the names each can write under", listing),
    Verb("account usual", "use an account wherever nothing else is chosen", usual, _one),
    Verb("account receipts", "whether its mail asks for read receipts", receipts, _wanted),
    Verb("account name", "name, address for answers and signature; or another name", describe, _described),
    Verb("account forget-name", "let go of one of its other names", forget, _forgotten),
    Verb("account use", "as whom a customer is written to", use, _use),
    Verb("account discover", "find the servers of an address (nobody is told the address)", discover, _address),
)
