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
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MailAccount, NewAccount
from followup_desktop.jobs.post import Post, as_account
from followup_desktop.mail.account import parse_server
from followup_desktop.mail.compose import check_address
from followup_desktop.system import secrets


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--address", metavar="A", required=True)
    parser.add_argument(
        "--sign-in", metavar="WHERE", default="", help="through the browser: google, microsoft, or a server's address"
    )
    sign_in.browser_words(parser)
    parser.add_argument("--imap", metavar="HOST:PORT", required=True)
    parser.add_argument("--smtp", metavar="HOST:PORT", required=True)
    parser.add_argument("--security", choices=["tls", "starttls", "none"], default="tls")
    parser.add_argument("--user", metavar="U", help="where it is not the address")
    parser.add_argument("--name", metavar="NAME", default="", help="the name customers see")
    parser.add_argument("--ca", metavar="FILE", default="", help="the certificate authority of your own server")


def add(program: Program, given: Namespace) -> Answer:
    """Set up a mail account; the password comes from standard input and goes to the keyring."""
    address = check_address(given.address)
    imap, smtp = parse_server(given.imap, given.security, 993), parse_server(given.smtp, given.security, 465)
    new = NewAccount(
        address=address,
        name=given.name,
        user=given.user or address,
        imap_host=imap.host,
        imap_port=imap.port,
        imap_security=imap.security,
        smtp_host=smtp.host,
        smtp_port=smtp.port,
        smtp_security=smtp.security,
        ca_file=given.ca,
    )
    if given.sign_in:
        return _through_browser(program, given, new)
    account = commands.add_account(program.desk, new).result
    password = _asked("Password: ")
    if password:
        _keep(account, password)
    return Answer({"account_id": account.id, "signed_in": None}, [f"Account {address} set up."])


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
        commands.resume(program.desk, account.id)
    data = {"imap": found.imap, "smtp": found.smtp, "drafts": found.drafts, "sent": found.sent}
    return Answer(data, [f"{key}: {value}" for key, value in data.items()])


VERBS: tuple[Verb, ...] = (
    Verb("account add", "set up a mail account (password from standard input)", add, _add),
    Verb("account check", "sign in to both servers and find the folders", check, _which),
)
