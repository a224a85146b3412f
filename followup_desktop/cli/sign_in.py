"""Verbs about signing in through the browser, and about letting an account go."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import messages as commands
from followup_desktop.commands import outbox
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.core.operators import queries as operators
from followup_desktop.jobs.passes import Passes
from followup_desktop.mail.authorities import Authority, authority_called
from followup_desktop.mail.oauth import Client, Limits, SignIn, Tokens, find_authority
from followup_desktop.mail.troubles import SignInAgain
from followup_desktop.system import open as system_open
from followup_desktop.system import secrets


def browser_words(parser: ArgumentParser) -> None:
    """Add what a sign-in through the browser needs to be told."""
    parser.add_argument("--client-id", metavar="ID", default="", help="your own; else the one in the settings")
    parser.add_argument("--wait", metavar="SECONDS", type=float, default=600, help="for the browser to come back")


def authority_for(sign_in: str, ca_file: str) -> Authority:
    """Return whom a word of the command line means: google, microsoft, or the address of a server of one's own."""
    return authority_called(sign_in.casefold()) or find_authority(sign_in, ca_file or None)


def through_browser(authority: Authority, client: Client, address: str, seconds: float) -> Tokens:
    """Let the owner sign in; the address is printed too, for a browser that does not open by itself."""
    with SignIn(authority, client, address, Limits(browser=seconds)) as flow:
        print(f"Sign in in your browser: {flow.url}", file=sys.stderr, flush=True)
        try:
            system_open.open_link(system_open.checked_link(flow.url))
        except Problem as problem:
            print(problem.sentence(), file=sys.stderr, flush=True)
        tokens = flow.wait(_go_on)
    if tokens is None:
        raise Problem("The sign-in was left.", "Nothing was changed.")
    return tokens


def client_for(program: Program, authority: Authority, given: str, secret: str) -> Client:
    """Return who asks: the client id given, else the one in the settings."""
    with program.desk.store.read() as session:
        settings = operators.settings(session)
    return Client(given.strip() or str(settings.get(f"mail.{authority.key}_client", "")), secret)


def passes_of(program: Program) -> Passes:
    """Return the passes for one run of a command."""
    return Passes(program.clock, secrets.RememberedSecrets())


def pass_of(passes: Passes, account: MailAccount) -> str:
    """Return a pass for an account; without a keyring the owner signs in for each command, as with a password."""
    try:
        return passes.of(account)
    except SignInAgain:
        if _has_keyring():
            raise
    authority = passes.authority(account)
    client = Client(account.client_id, "")
    passes.keep(account, through_browser(authority, client, account.address, 600), client)
    return passes.of(account)


def again(program: Program, given: Namespace) -> Answer:
    """Sign in again with an account whose permission has ended; what waits goes on."""
    account = _account_of(program, given.account)
    if not account.sign_in:
        raise Problem(f"{account.address} has a password.", "Nothing was changed.", "Add it again to change that.")
    passes = passes_of(program)
    authority = passes.authority(account)
    client = Client(account.client_id, passes.secret(account.sign_in))
    passes.keep(account, through_browser(authority, client, account.address, given.wait), client)
    if account.paused:
        outbox.resume(program.desk, account.id)
    return Answer({"account_id": account.id, "signed_in": authority.name}, [f"Signed in at {authority.name}."])


def remove(program: Program, given: Namespace) -> Answer:
    """Let go of an account: its password is forgotten, its permission given back. Messages stay in the history."""
    account = _account_of(program, given.account)
    commands.remove_account(program.desk, account.id)
    left = passes_of(program).take_back(account) if account.sign_in else ""
    secrets.RememberedSecrets().delete(account.uuid)
    lines = [f"{account.address} removed.", left] if left else [f"{account.address} removed."]
    return Answer({"account_id": account.id, "to_do": left or None}, lines)


def _account_of(program: Program, address: str) -> MailAccount:
    with program.desk.store.read() as session:
        found = [a for a in queries.accounts(session) if not address or a.address == address.casefold()]
    if not found:
        raise Problem("There is no such mail account.", "", "Look at the address once more.")
    return found[0]


def _has_keyring() -> bool:
    try:
        secrets.system_keyring().prove()
    except Problem:
        return False
    return True


def _go_on() -> bool:
    return False


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="A", default="", help="the account with this address; else the first")


def _again(parser: ArgumentParser) -> None:
    _which(parser)
    parser.add_argument("--wait", metavar="SECONDS", type=float, default=600, help="for the browser to come back")


VERBS: tuple[Verb, ...] = (
    Verb("account sign-in", "sign in again through the browser", again, _again),
    Verb("account remove", "let go of an account and take its permission back", remove, _which),
)
