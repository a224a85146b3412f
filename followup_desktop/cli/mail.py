"""Verbs about the mail account and the outbox."""

from __future__ import annotations

import getpass
import sys
import threading
from argparse import ArgumentParser, Namespace
from datetime import timedelta

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import messages as commands
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MailAccount, MessageState, NewAccount
from followup_desktop.core.operators import queries as operators
from followup_desktop.jobs import outbox
from followup_desktop.mail.account import parse_server
from followup_desktop.mail.compose import check_address
from followup_desktop.system import secrets


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--address", metavar="A", required=True)
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
    account = commands.add_account(program.desk, new).result
    password = _asked("Password: ")
    if password:
        _keep(account, password)
    return Answer({"account_id": account.id}, [f"Account {address} set up."])


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


def post_of(program: Program) -> outbox.Post:
    """Return what sending needs besides the desk; a password is asked for once."""
    asked: dict[int, str] = {}

    def password(account: MailAccount) -> str:
        if account.id not in asked:
            asked[account.id] = password_of(account)
        return asked[account.id]

    return outbox.Post(password)


def check(program: Program, given: Namespace) -> Answer:
    """Sign in to both servers and find the folders."""
    from followup_desktop.mail.imap import check as check_mail

    with program.desk.store.read() as session:
        account = queries.account(session)
    if account is None:
        raise Problem("There is no mail account yet.", "", "Set one up with “account add”.")
    found = check_mail(outbox.as_account(account), password_of(account))
    commands.note_folders(program.desk, account.id, found.drafts or "", found.sent or "")
    if not found.ok:
        raise Problem(found.smtp if found.imap == "Signed in." else found.imap)
    if account.paused:
        commands.resume(program.desk, account.id)
    data = {"imap": found.imap, "smtp": found.smtp, "drafts": found.drafts, "sent": found.sent}
    return Answer(data, [f"{key}: {value}" for key, value in data.items()])


def run(program: Program, given: Namespace) -> Answer:
    """Send what waits; what is still within its time for undo is waited for."""
    _wait_for_undo(program)
    done = outbox.run(program.desk, post_of(program), at_once=True)
    data = {"accepted": done.accepted, "failed": done.failed, "unknown": done.unknown, "waiting": done.waiting}
    lines = [", ".join(f"{count} {key}" for key, count in data.items())]
    if done.trouble is not None and not done.accepted:
        print(done.trouble.sentence(), file=sys.stderr)
        return Answer(data, lines, 1)
    return Answer(data, lines)


def _wait_for_undo(program: Program) -> None:
    """Let the seconds for undo go by, so that a script need not wait; with --now they count as gone by."""
    with program.desk.store.read() as session:
        seconds = operators.business(session).undo_seconds
        now = program.clock.now()
        coming = [m.not_before for m in queries.outgoing(session, [MessageState.QUEUED]) if m.not_before is not None]
    soon = [at for at in coming if now < at <= now + timedelta(seconds=seconds)]
    if not soon:
        return
    if isinstance(program.clock, FixedClock):
        program.clock.moment = max(soon)
    else:
        threading.Event().wait((max(soon) - now).total_seconds() + 0.05)


def listing(program: Program, given: Namespace) -> Answer:
    """List the messages that were meant to leave, the newest first."""
    with program.desk.store.read() as session:
        found = queries.recent(session)
    data = [
        {"message_id": m.id, "to": m.to_address, "state": m.state, "subject": m.subject, "said": m.said} for m in found
    ]
    return Answer(data, [f"{m.id:>5}  {m.state:<8}  {m.to_address}  {m.subject}  {m.said}" for m in found])


VERBS: tuple[Verb, ...] = (
    Verb("account add", "set up a mail account (password from standard input)", add, _add),
    Verb("account check", "sign in to both servers and find the folders", check),
    Verb("outbox run", "send what waits", run),
    Verb("outbox list", "what is on its way, went, or needs you", listing),
)
