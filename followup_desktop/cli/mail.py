"""Verbs about the mail account and the outbox."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import sign_in
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import messages as commands
from followup_desktop.commands import outbox
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MailAccount, NewAccount
from followup_desktop.jobs.post import Post, as_account
from followup_desktop.mail.account import Security, Server, parse_server
from followup_desktop.mail.compose import check_address
from followup_desktop.mail.discover.model import Settings
from followup_desktop.system import secrets


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--address", metavar="A", required=True)
    parser.add_argument(
        "--sign-in", metavar="WHERE", default="", help="through the browser: google, microsoft, or a server's address"
    )
    sign_in.browser_words(parser)
    parser.add_argument("--imap", metavar="HOST:PORT", default="", help="else found from the address, as the rest")
    parser.add_argument("--smtp", metavar="HOST:PORT", default="")
    parser.add_argument("--security", choices=["tls", "starttls", "none"], help="else by the ports")
    parser.add_argument("--user", metavar="U", help="where it is not the address")
    parser.add_argument("--name", metavar="NAME", default="", help="the name customers see")
    parser.add_argument("--ca", metavar="FILE", default="", help="the certificate authority of your own server")


def add(program: Program, given: Namespace) -> Answer:
    """Set up a mail account; the password comes from standard input and goes to the keyring."""
    address = check_address(given.address)
    found = None if given.imap and given.smtp else _found(address, browser=bool(given.sign_in))
    imap = _server(given.imap, given.security, 993) if given.imap or found is None else found.imap
    smtp = _server(given.smtp, given.security, 465) if given.smtp or found is None else found.smtp
    assert imap is not None  # `_found` has seen to it
    assert smtp is not None
    new = NewAccount(
        address=address,
        name=given.name,
        user=given.user or (found.user if found else address),
        imap_host=imap.host,
        imap_port=imap.port,
        imap_security=imap.security,
        smtp_host=smtp.host,
        smtp_port=smtp.port,
        smtp_security=smtp.security,
        ca_file=given.ca,
        files_sent=found.files_sent if found else None,
    )
    if given.sign_in:
        return _through_browser(program, given, new)
    account = commands.add_account(program.desk, new).result
    password = _asked("Password: ")
    if password:
        _keep(account, password)
    return Answer({"account_id": account.id, "signed_in": None}, [f"Account {address} set up."])


def _found(address: str, *, browser: bool) -> Settings:
    """Find the servers of an address. Raises `Problem` where there are none, or none a password opens."""
    from followup_desktop.mail.discover import world
    from followup_desktop.mail.discover.search import Search

    discovery = Search(address, world.real_world()).run()
    settings = discovery.settings
    if settings is None:
        raise Problem(
            f"No servers were found for {address}.", "Nothing was set up.", f"{discovery.to_do} (--imap, --smtp)"
        )
    if settings.confirm:
        servers = f"--imap {settings.imap} --smtp {settings.smtp}"
        raise Problem(settings.confirm, "Nothing was set up.", f"Where they are, add {servers}.")
    if settings.imap is None or (settings.sign_in.kind == "oauth" and not browser):
        to_do = "Use --sign-in microsoft or --sign-in google." if settings.imap is not None else ""
        raise Problem(settings.sign_in.words, "Nothing was set up.", to_do)
    return settings


def _server(text: str, security: Security | None, usual: int) -> Server:
    """Read a server; without a word about protection its port says it: 143, 587 and 25 begin in the open."""
    server = parse_server(text, security or "tls", usual)
    return replace(server, security="starttls") if security is None and server.port in (25, 143, 587) else server


def _through_browser(program: Program, given: Namespace, new: NewAccount) -> Answer:
    """Sign in first, then keep the account: an account nobody signed in with is of no use."""
    authority = sign_in.authority_for(given.sign_in, given.ca)
    secret = _asked(f"Client secret for {authority.name} (empty where there is none): ")
    client = sign_in.client_for(program, authority, given.client_id, secret)
    tokens = sign_in.through_browser(authority, client, new.address, given.wait)
    new = replace(new, sign_in=authority.key, client_id=client.id)
    account = commands.add_account(program.desk, new).result
    sign_in.passes_of(program).keep(account, tokens, client)
    data = {"account_id": account.id, "signed_in": authority.name}
    return Answer(data, [f"Account {new.address} set up, signed in at {authority.name}."])


def _keep(account: MailAccount, password: str) -> None:
    """Keep a password in the keyring; where there is none, say so and go on."""
    try:
        secrets.system_keyring().write(account.uuid, password)
    except Problem as problem:
        print(f"{problem.sentence()} The password was not kept.", file=sys.stderr)


def password_of(account: MailAccount) -> str:
    """Return the password from the keyring; without a keyring it is read from standard input, or asked for."""
    try:
        found = secrets.system_keyring().read(account.uuid)
    except Problem as problem:
        found, missing = None, problem
    else:
        missing = Problem(f"No password is kept for {account.address}.", "Nothing was sent.", "Add the account again.")
    if found:
        return found
    password = _asked(f"Password of {account.address}: ")
    if not password:
        raise missing
    return password


def _asked(prompt: str) -> str:
    if sys.stdin is None or sys.stdin.closed:
        return ""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def post_of(program: Program) -> Post:
    """Return what sending needs besides the desk; a password is asked for once."""
    asked: dict[int, str] = {}
    passes = sign_in.passes_of(program)

    def password(account: MailAccount) -> str:
        if account.sign_in:
            return sign_in.pass_of(passes, account)
        if account.id not in asked:
            asked[account.id] = password_of(account)
        return asked[account.id]

    return Post(password)


def _meant(program: Program, address: str) -> MailAccount:
    """Return the account with an address, without one the usual. Raises `Problem`."""
    with program.desk.store.read() as session:
        usual = queries.account(session)
        known = [each for each in queries.accounts(session) if each.address.casefold() == address]
    if address and not known:
        raise Problem(f"There is no mail account {address}.", "", "Look with “account list”.")
    if usual is None:
        raise Problem("There is no mail account yet.", "", "Set one up with “account add”.")
    return known[0] if known else usual


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="A", default="", help="the account with this address; else the usual one")


def check(program: Program, given: Namespace) -> Answer:
    """Sign in to both servers and find the folders."""
    from followup_desktop.mail.imap import check as check_mail

    account = _meant(program, given.account.strip().casefold())
    found = check_mail(as_account(account), post_of(program).password(account))
    commands.note_folders(program.desk, account.id, found.drafts or "", found.sent or "")
    if not found.ok:
        raise Problem(found.smtp if found.imap == "Signed in." else found.imap)
    if account.paused:
        outbox.resume(program.desk, account.id)
    data = {"imap": found.imap, "smtp": found.smtp, "drafts": found.drafts, "sent": found.sent}
    return Answer(data, [f"{key}: {value}" for key, value in data.items()])


VERBS: tuple[Verb, ...] = (
    Verb("account add", "set up a mail account (password from standard input)", add, _add),
    Verb("account check", "sign in to both servers and find the folders", check, _which),
)
