"""Sending what waits. Claim, speak, settle: no transaction is open while a server is spoken to.

A few messages are claimed together, as many as leave in about a second. What comes of each is kept in a log, which is
on the disk before a body leaves; afterwards the store is brought in line with it, in the same way as after a crash.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import day_bounds, local_day
from followup_desktop.commands import outbox as commands
from followup_desktop.commands.desk import Desk
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import Came, Fate, Going, MailAccount, MessageState, Outgoing
from followup_desktop.core.messages.rules import (
    FEW,
    batch_of,
    first_of,
    held_for,
    is_late,
    look_at,
    near_limit,
    provider_takes,
    try_again_at,
    watch_at,
)
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.jobs import sent
from followup_desktop.jobs.post import Post, Sent, as_account
from followup_desktop.jobs.sendlog import SendLog
from followup_desktop.mail import smtp
from followup_desktop.mail.troubles import LIMIT, NotReached, Refused, SignInRefused, Unsure
from followup_desktop.system.locks import only_one

SLEPT = timedelta(seconds=60)
"""A connection that was not used for longer (the computer slept) is dropped."""


def run(desk: Desk, post: Post, *, at_once: bool = False) -> Sent:
    """Send everything that is due, file what was sent, and look for what is unknown.

    With `at_once` (the owner asked for it) a paused account is tried again, and pauses between messages and waiting
    times after failures are not kept; quiet hours and the day's number are. Only one process sends at a time: another
    one finds nothing to do.
    """
    with only_one(lock_file(desk)) as mine:
        if not mine:
            return _counted(desk, Sent(trouble=Problem("The outbox is at work in another window.", "", "Wait for it.")))
        done = Sent()
        with desk.store.read() as session:
            accounts = queries.accounts(session)
            business = operators.business(session)
        with closing(SendLog(log_file(desk))) as log:
            commands.settle(desk, log.read(), _next_turn(business, post, desk.store.clock.now()))  # after a crash
            log.clear()
            for account in accounts:
                if account.paused and not at_once:
                    continue
                done = _send_due(Sending(desk, post, account, business, log, at_once=at_once), done)
                if not isinstance(done.trouble, SignInRefused):
                    done = sent.see_to(desk, post, account, done, at_once=at_once)
        return _counted(desk, done)


def lock_file(desk: Desk) -> Path:
    """Return the file that keeps two processes from sending at a time."""
    return desk.store.path.with_name(desk.store.path.name + ".outbox")


def log_file(desk: Desk) -> Path:
    """Return the file that tells what came of the messages being sent."""
    return desk.store.path.with_name(desk.store.path.name + ".sending")


def next_due(desk: Desk) -> datetime | None:
    """Return when the outbox has something to do next (UTC), or None. What a paused account holds does not count."""
    now = desk.store.clock.now()
    with desk.store.read() as session:
        accounts = {account.id: account for account in queries.accounts(session) if not account.paused}
        states = [MessageState.QUEUED, MessageState.UNKNOWN, MessageState.ACCEPTED]
        waiting = queries.outgoing(session, states, without_bytes=True)
        drafts = queries.unsettled_drafts(session)
    moments = [_moment(one, accounts[one.account], now) for one in waiting if one.account in accounts]
    return min([*moments, *(each.due for each in drafts)], default=None)


def _moment(message: Outgoing, account: MailAccount, now: datetime) -> datetime:
    if message.state == MessageState.QUEUED:
        return _latest(message.not_before or now, account.next_send_at, account.held_until)
    if message.state == MessageState.UNKNOWN:
        return _latest(look_at(message.unknown_since or now, message.looks), account.look_again_at)
    watched = watch_at(message.sent_at, now) if message.sent_at else now
    return _latest(watched, account.look_again_at)


def _latest(moment: datetime, *others: datetime | None) -> datetime:
    return max([moment, *(other for other in others if other is not None)])


def standing(session: Session, now: datetime) -> list[Going]:
    """Return how sending with each account stands today."""
    business = operators.business(session)
    begin = day_bounds(local_day(now, business.zone), business.zone)[0]
    return [_going(one, queries.left_since(session, one.id, begin), business) for one in queries.accounts(session)]


def _going(account: MailAccount, today: int, business: Business) -> Going:
    provider = provider_takes(account.smtp_host)
    return Going(account, today, business.mails_a_day, provider, near_limit(today, provider))


@dataclass(frozen=True, slots=True)
class Sending:
    """One account's turn."""

    desk: Desk
    post: Post
    account: MailAccount
    business: Business
    log: SendLog
    at_once: bool

    @property
    def now(self) -> datetime:
        """The moment it is."""
        return self.desk.store.clock.now()

    def waits(self) -> bool:
        """Whether the account waits: held after a refusal, or in the pause between two messages."""
        until = _latest(self.now, self.account.next_send_at, self.account.held_until)
        return not self.at_once and until > self.now


def _send_due(turn: Sending, done: Sent) -> Sent:
    """Send what is due with an account; what the account is refused for stops it, not the messages."""
    desk, account = turn.desk, turn.account
    if turn.waits() or not (due := _in_time(turn, _due(turn))):
        return done
    commands.note_awake(desk, account.id)
    due, beyond = _within_the_day(turn, due)
    if beyond:
        done = replace(done, trouble=_day_is_full(turn))
    try:
        done = _send_all(turn, turn.post.password(account), due, done) if due else done
    except SignInRefused as problem:
        commands.pause(desk, account.id, problem.sentence())
        return replace(done, trouble=problem)
    except Problem as problem:
        return replace(done, trouble=problem)
    if account.paused and due:
        commands.resume(desk, account.id)
    return done


def _due(turn: Sending) -> list[Outgoing]:
    with turn.desk.store.read() as session:
        waiting = queries.outgoing(session, [MessageState.QUEUED], turn.account.id, without_bytes=True)
    return [message for message in waiting if _is_due(message, turn.now, at_once=turn.at_once)]


def _is_due(message: Outgoing, now: datetime, *, at_once: bool) -> bool:
    if message.not_before is None or message.not_before <= now:
        return True
    return at_once and message.attempts > 0 and message.not_before <= now + timedelta(hours=1)


def _in_time(turn: Sending, due: Sequence[Outgoing]) -> list[Outgoing]:
    """Leave out, and have the owner asked about, what was to leave while nobody was there to send it."""
    seen = _latest(turn.account.awake_at, turn.account.held_until) if turn.account.awake_at else turn.account.held_until
    zone = turn.business.zone
    late = [
        message.id
        for message in due
        if message.not_before and is_late(message.not_before, seen, turn.now, zone, asked=turn.at_once)
    ]
    if late:
        commands.late(turn.desk, late)
    return [message for message in due if message.id not in late]


def _within_the_day(turn: Sending, due: list[Outgoing]) -> tuple[list[Outgoing], list[Outgoing]]:
    """Return what may leave now, and what the day has no room for any more: that is planned for tomorrow."""
    one_by_one = not turn.at_once and turn.business.pause_to > 0
    if not turn.business.mails_a_day:
        return due[:1] if one_by_one else due, []
    begin, tomorrow = day_bounds(local_day(turn.now, turn.business.zone), turn.business.zone)
    with turn.desk.store.read() as session:
        room = max(0, turn.business.mails_a_day - queries.left_since(session, turn.account.id, begin))
    if one_by_one and room:
        return due[:1], []
    if due[room:]:
        said = f"{turn.business.mails_a_day} have left today."
        commands.defer(turn.desk, [message.id for message in due[room:]], tomorrow, said)
    return due[:room], due[room:]


def _day_is_full(turn: Sending) -> Problem:
    number = count_words(turn.business.mails_a_day, "message", "messages")
    return Problem(
        f"{number} have left today, which is the number you set for a day.",
        "The rest leaves tomorrow.",
        "Change the number in Settings, Rules of contact.",
    )


def _send_all(turn: Sending, password: str, due: Sequence[Outgoing], done: Sent) -> Sent:
    """Send messages, a few at a time, as many as leave in about a second: the rest can still be called back."""
    with closing(_Way(turn, password)) as way:
        most = FEW
        while due:
            batch, began = first_of(due, most), turn.now
            due = due[len(batch) :]
            done = _send_batch(turn, way, batch, done)
            most = batch_of(turn.now - began, len(batch))
    return done


class _Way:
    """The connection of an account's turn: made when first needed, and again once it is used up or went to sleep."""

    def __init__(self, turn: Sending, password: str) -> None:
        self._turn, self._password = turn, password
        self._line: smtp.Line | None = None
        self._used = turn.now

    def line(self) -> smtp.Line:
        """Return a connection that may take another message."""
        line, now = self._line, self._turn.now
        if line is not None and now - self._used > SLEPT:
            line.cut()
        if line is None or not line.usable:
            self.close()
            line = smtp.connect(as_account(self._turn.account), self._password, self._turn.post.patience)
        self._line, self._used = line, now
        return line

    def close(self) -> None:
        """Say good-bye."""
        if self._line is not None:
            self._line.close()
        self._line = None


def _send_batch(turn: Sending, way: _Way, batch: Sequence[Outgoing], done: Sent) -> Sent:
    """Claim messages, send them, and settle what came of each, whatever happens."""
    turn.log.claims(batch)
    message: Outgoing | None = None
    try:
        try:
            for message in commands.claim(turn.desk, [one.id for one in batch]).result:
                done = _send_one(turn, way, message, done)
        finally:
            commands.settle(turn.desk, turn.log.read(), _next_turn(turn.business, turn.post, turn.now))
            turn.log.clear()
    except (Refused, NotReached) as trouble:
        if message is not None:
            _account_waits(turn, message, trouble)
        raise
    return done


def _send_one(turn: Sending, way: _Way, message: Outgoing, done: Sent) -> Sent:
    """Send a message and log what came of it. Raises Problem where it is the account that cannot send."""
    note = partial(turn.log.note, message)
    try:
        leaves = partial(turn.log.leaves, message)
        answer = smtp.send(way.line(), turn.account.address, message.to_address, message.raw, leaves)
    except Unsure as trouble:
        note(Came(Fate.LEAVES, trouble.happened))
        return replace(done, unknown=done.unknown + 1, trouble=trouble)
    except Refused as trouble:
        if trouble.scope == "account":
            note(Came(Fate.CLAIMED))
            raise
        note(Came(Fate.REFUSED if trouble.permanent else Fate.LATER, trouble.happened))
        return replace(done, failed=done.failed + 1) if trouble.permanent else done
    except Problem as trouble:
        note(Came(Fate.LATER, trouble.happened))
        raise
    note(Came(Fate.TAKEN, f"{answer.code} {answer.text}", turn.now))
    return replace(done, accepted=done.accepted + 1)


def _next_turn(business: Business, post: Post, now: datetime) -> datetime | None:
    """Return when the next message may leave after one that left now, or None where there is no pause."""
    shortest, longest = business.pause_from, business.pause_to
    if not longest:
        return None
    return now + timedelta(seconds=post.chance(min(shortest, longest), longest))


def _account_waits(turn: Sending, message: Outgoing, trouble: Refused | NotReached) -> None:
    """Stop the account for a while, or until the owner has looked at it."""
    if isinstance(trouble, NotReached):
        commands.hold(turn.desk, turn.account.id, try_again_at(turn.now, message.attempts), "")
    elif trouble.permanent:
        commands.pause(turn.desk, turn.account.id, trouble.sentence())
    elif LIMIT.search(trouble.text):
        commands.hold(turn.desk, turn.account.id, turn.now + held_for(trouble.text), trouble.happened)
    else:
        commands.hold(turn.desk, turn.account.id, try_again_at(turn.now, message.attempts), trouble.happened)


def _counted(desk: Desk, done: Sent) -> Sent:
    with desk.store.read() as session:
        states = queries.states(session)
    ask = states.get(MessageState.ASK, 0)
    return replace(
        done, unknown=states.get(MessageState.UNKNOWN, 0) + ask, waiting=states.get(MessageState.QUEUED, 0), ask=ask
    )
