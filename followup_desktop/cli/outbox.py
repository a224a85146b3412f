"""Verbs about the outbox: sending, how it stands, and what only the owner can decide."""

from __future__ import annotations

import sys
import threading
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.mail import post_of
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import outbox as commands
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import Going, MessageState, OutboxLine
from followup_desktop.core.messages.rules import WATCHED
from followup_desktop.core.operators import queries as operators
from followup_desktop.jobs import outbox
from followup_desktop.jobs.post import Post, Sent

LOOK_EVERY = 2.0
"""Seconds between two looks for a copy that the server may file itself."""


def _paced(parser: ArgumentParser) -> None:
    parser.add_argument("--paced", action="store_true", help="keep the pauses and waiting times, as the window does")


def run(program: Program, given: Namespace) -> Answer:
    """Send what waits; what is still within its time for undo is waited for."""
    _wait_for_undo(program)
    stands = isinstance(program.clock, FixedClock)
    post = replace(post_of(program), watch=not stands)
    done = outbox.run(program.desk, post, at_once=not given.paced)
    done = _watch(program, post, done)
    data = {"accepted": done.accepted, "failed": done.failed, "unknown": done.unknown, "waiting": done.waiting}
    lines = [", ".join(f"{count} {key}" for key, count in data.items())]
    if done.says:
        lines.append(done.says)
    if done.ask:
        lines.append(f"{done.ask} need your word: see “outbox list”.")
    if done.trouble is not None:
        print(done.trouble.sentence(), file=sys.stderr)
    return Answer(data, lines, 1 if done.trouble is not None and not done.accepted else 0)


def _watch(program: Program, post: Post, done: Sent) -> Sent:
    """Look again for copies the server may file itself, as long as that is watched; the first time with an account."""
    until = program.clock.now() + WATCHED
    while post.watch and done.accepted and program.clock.now() < until and _being_watched(program):
        threading.Event().wait(LOOK_EVERY)
        again = outbox.run(program.desk, post)
        done = replace(done, waiting=again.waiting, unknown=again.unknown, ask=again.ask)
    return done


def _being_watched(program: Program) -> bool:
    with program.desk.store.read() as session:
        accounts = {account.id for account in queries.accounts(session) if account.look_again_at is None}
        taken = queries.outgoing(session, [MessageState.ACCEPTED], without_bytes=True)
    return any(message.account in accounts for message in taken)


def _wait_for_undo(program: Program) -> None:
    """Let the seconds for undo go by, so that a script need not wait; with --now they count as gone by."""
    with program.desk.store.read() as session:
        seconds = operators.business(session).undo_seconds
        now = program.clock.now()
        queued = queries.outgoing(session, [MessageState.QUEUED], without_bytes=True)
        coming = [message.not_before for message in queued if message.not_before is not None]
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
    return Answer([_line(one) for one in found], [_words(one) for one in found])


def _line(one: OutboxLine) -> dict[str, Any]:
    return {
        "message_id": one.id,
        "to": one.to_address,
        "state": one.state,
        "subject": one.subject,
        "said": one.said,
        "late": one.late,
        "not_before": _at(one.not_before) if one.state in (MessageState.QUEUED, MessageState.ASK) else None,
    }


def _words(one: OutboxLine) -> str:
    said = f"{one.said or 'Its time went by.'} Send it with “outbox send-again”." if one.late else one.said
    return f"{one.id:>5}  {one.state:<8}  {one.to_address}  {one.subject}  {said}"


def status(program: Program, given: Namespace) -> Answer:
    """Say how sending stands with each account."""
    now = program.clock.now()
    with program.desk.store.read() as session:
        found = outbox.standing(session, now)
    return Answer([_standing(one, now) for one in found], [_standing_words(one, now) for one in found])


def _standing(one: Going, now: datetime) -> dict[str, Any]:
    account = one.account
    held = account.held_until if account.held_until is not None and account.held_until > now else None
    return {
        "account": account.address,
        "paused": account.paused or None,
        "held_until": _at(held),
        "held_why": account.held_why or None if held else None,
        "next_send_at": _at(account.next_send_at),
        "sent_today": one.today,
        "a_day": one.a_day,
        "provider_takes": one.provider or None,
        "warning": one.warning or None,
        "not_filed": account.not_filed or None,
        "files_sent": account.files_sent,
    }


def _standing_words(one: Going, now: datetime) -> str:
    stands = _standing(one, now)
    said = next((str(stands[key]) for key in ("paused", "held_why", "not_filed", "warning") if stands[key]), "sends")
    return f"{one.account.address}  {one.today} today{f' of {one.a_day}' if one.a_day else ''}  {said}"


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _message(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="MESSAGE_ID", type=shapes.number)


def it_did(program: Program, given: Namespace) -> Answer:
    """Say of a message nobody can tell about that it did leave."""
    commands.it_did(program.desk, given.id)
    return Answer({"state": _state(program, given.id)}, ["Marked as sent."])


def send_again(program: Program, given: Namespace) -> Answer:
    """Send a message nobody can tell about again, or one whose planned time went by."""
    done = commands.send_again(program.desk, given.id)
    return Answer({"state": _state(program, given.id)}, [f"{done.says}: it leaves with “outbox run”."])


def take_back(program: Program, given: Namespace) -> Answer:
    """Put a message that waits, or whose planned time went by, back on Today."""
    commands.take_back(program.desk, given.id)
    return Answer({"state": _state(program, given.id)}, ["It is back on Today."])


def _when(parser: ArgumentParser) -> None:
    _message(parser)
    parser.add_argument("when", metavar="WHEN", help="when it is to leave, by the customer's clock")


def move(program: Program, given: Namespace) -> Answer:
    """Let a message that waits, or whose planned time went by, leave at another time."""
    with program.desk.store.read() as session:
        found = queries.message(session, given.id)
        if found is None:
            raise Problem(f"There is no message {given.id}.", "Nothing was changed.", "See “outbox list”.")
        zone = customers.customer(session, found.customer).person.zone or operators.business(session).zone
    done = commands.move(program.desk, given.id, shapes.moment(given.when, zone))
    return Answer({"state": _state(program, given.id), "not_before": _at(done.result)}, [done.says])


def _state(program: Program, key: int) -> str:
    with program.desk.store.read() as session:
        found = queries.message(session, key)
    return found.state if found else ""


def _account(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="A", default="", help="only the account with this address")


def resume(program: Program, given: Namespace) -> Answer:
    """Let paused or held accounts send again."""
    with program.desk.store.read() as session:
        found = [one for one in queries.accounts(session) if given.account.casefold() in ("", one.address.casefold())]
    if not found:
        raise Problem("There is no such mail account.", "Nothing was changed.", "See “outbox status”.")
    for one in found:
        commands.resume(program.desk, one.id)
    return Answer([one.address for one in found], [f"{one.address} sends again." for one in found])


VERBS: tuple[Verb, ...] = (
    Verb("outbox run", "send what waits", run, _paced),
    Verb("outbox list", "what is on its way, went, or needs you", listing),
    Verb("outbox status", "how sending stands with each account", status),
    Verb("outbox it-did", "a message in doubt did leave", it_did, _message),
    Verb("outbox send-again", "send a message in doubt again, or a late one still", send_again, _message),
    Verb("outbox take-back", "put a waiting or late message back on Today", take_back, _message),
    Verb("outbox move", "let a waiting or late message leave at another time", move, _when),
    Verb("outbox resume", "let a paused account send again", resume, _account),
)
