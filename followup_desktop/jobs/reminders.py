"""Which reminders to show now: each once, on time or at the first moment the machine is awake.

What is still open the next morning is told again, quietly and all in one, once a day.

Pure: the caller looks every 20 seconds (`LOOK_EVERY`), shows what `look` answers, and writes down `shown_at` for each
reminder as soon as it was delivered. Nothing else is remembered between two looks but the two clocks, so a program
that was killed carries on where the store says it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from followup_desktop.base.clock import Clock
from followup_desktop.base.walltime import REMINDER_OF_A_DATED_PROMISE, instant, remind_at
from followup_desktop.base.wording import clock_words, day_words
from followup_desktop.base.zones import local_day, zone_named
from followup_desktop.core.promises.model import Promise

__all__ = [
    "ACTIONS",
    "LATER_FOR",
    "LOOK_EVERY",
    "QUIET_FOR",
    "Jump",
    "Look",
    "Notice",
    "Reminder",
    "Watch",
    "due_words",
    "is_quiet",
    "look",
    "notices",
    "promise_of",
    "remind_at",
    "reminder_of",
]

LOOK_EVERY = timedelta(seconds=20)
QUIET_FOR = timedelta(hours=1)
LATER_FOR = timedelta(hours=1)
_GRACE = timedelta(seconds=120)  # clocks that disagree by less were only set right
_SOUND_FOR = timedelta(days=1)

ACTIONS = (("write", "Write it"), ("kept", "Kept"), ("later", "In 1 hour"))
WILL_BE_LATE = ("late", "It will be late")
"""Offered while there is still time to tell the customer."""
DIGEST, STILL_OPEN = "promises", "still-open"


class Jump(Enum):
    """What the wall clock did since the last look, measured against a clock that only runs while awake."""

    NONE = "none"
    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder of one open promise; all moments are in UTC, `shown_at` is None until it was delivered.

    `zone` is the one the promise was made in: its mornings are meant. Without it, it is told once only.
    """

    id: int
    customer: str
    what: str
    due: datetime
    remind_at: datetime
    shown_at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What to show now: reminders one by one, or many of them as one notification; and what is still open."""

    single: tuple[Reminder, ...]
    digest: tuple[Reminder, ...]
    jumped: Jump
    again: tuple[Reminder, ...] = ()

    @property
    def shown(self) -> tuple[Reminder, ...]:
        """Everything this look shows, in either way."""
        return self.single + self.digest + self.again


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification in words, and the promises it stands for."""

    id: str
    title: str
    body: str
    actions: tuple[tuple[str, str], ...]
    silent: bool
    promises: tuple[int, ...]


def look(
    now: datetime,
    monotonic: float,
    last_wall: datetime | None,
    last_monotonic: float | None,
    reminders: Iterable[Reminder],
) -> Look:
    """Say which of the open promises' reminders to show now.

    `monotonic` is in seconds. Several that came due during a sleep, or while the program was closed, become one
    digest. A clock that was set back shows nothing twice.
    """
    jumped, reminders = _jump(now, monotonic, last_wall, last_monotonic), tuple(reminders)
    again = tuple(sorted((one for one in reminders if _is_due_again(one, now)), key=_by_time))
    due = tuple(sorted((one for one in reminders if _is_due(one, now)), key=_by_time))
    overdue = [one for one in due if now - one.remind_at > _GRACE]
    missed = len(due) > 1 and (jumped is Jump.FORWARD or len(overdue) > 1)
    return Look(single=() if missed else due, digest=due if missed else (), jumped=jumped, again=again)


def is_quiet(now: datetime, quiet_until: datetime | None) -> bool:
    """Whether the owner asked for a quiet hour that still runs.

    It never lasts longer than an hour from now, so that setting the clock back does not silence a whole day.
    """
    return quiet_until is not None and now < quiet_until <= now + QUIET_FOR


def notices(shown: Look, now: datetime, words: Callable[[Reminder], str]) -> tuple[Notice, ...]:
    """Put what is to be shown into words; `words` says when a promise is due ("at 3:00 pm", "today")."""
    single = tuple(_notice(one, now, words) for one in shown.single)
    digest = (_digest(shown.digest, now),) if shown.digest else ()
    return single + digest + ((_still_open(shown.again, now, words),) if shown.again else ())


def promise_of(notice_id: str) -> int | None:
    """Return the promise a notification's id stands for; None for a digest."""
    kind, _, number = notice_id.partition(":")
    return int(number) if kind == "promise" and number.isdecimal() else None


@dataclass(slots=True)
class Watch:
    """Looks again and again, and remembers the two clocks in between, and what was told but may not be noted yet.

    The store is written by one at a time: while a large import holds it, a reminder that was told is not told again.
    """

    clock: Clock
    monotonic: Callable[[], float]
    last_wall: datetime | None = None
    last_monotonic: float | None = None
    _told: dict[int, Reminder] = field(default_factory=dict)

    def look(self, reminders: Iterable[Reminder], quiet_until: datetime | None = None) -> Look:
        """Say what to show now; nothing while the quiet hour runs, and all of it once it is over."""
        now, monotonic = self.clock.now(), self.monotonic()
        quiet = is_quiet(now, quiet_until)
        new = () if quiet else (one for one in reminders if self._told.get(one.id) != one)
        answer = look(now, monotonic, self.last_wall, self.last_monotonic, new)
        self.last_wall, self.last_monotonic = now, monotonic
        return answer

    def told(self, shown: Look, delivered: Collection[int]) -> None:
        """Note which of what a look showed was delivered."""
        self._told |= {one.id: one for one in shown.shown if one.id in delivered}


def _jump(now: datetime, monotonic: float, last_wall: datetime | None, last_monotonic: float | None) -> Jump:
    if last_wall is None or last_monotonic is None:
        return Jump.NONE
    skew = (now - last_wall) - timedelta(seconds=monotonic - last_monotonic)
    if skew > _GRACE:
        return Jump.FORWARD
    return Jump.BACK if skew < -_GRACE else Jump.NONE


def _is_due(one: Reminder, now: datetime) -> bool:
    return one.shown_at is None and one.remind_at <= now


def _is_due_again(one: Reminder, now: datetime) -> bool:
    """Whether a morning has come since it was last told of, and it should have been done by then."""
    if one.shown_at is None or not one.zone or one.due > now or now - one.shown_at < LATER_FOR:
        return False
    day = local_day(one.shown_at, one.zone) + timedelta(days=1)
    return instant(day, REMINDER_OF_A_DATED_PROMISE, zone_named(one.zone)) <= now


def _by_time(one: Reminder) -> tuple[datetime, int]:
    return one.remind_at, one.id


def _silent(one: Reminder, now: datetime) -> bool:
    return now - one.remind_at > _SOUND_FOR


def _notice(one: Reminder, now: datetime, words: Callable[[Reminder], str]) -> Notice:
    title = f"Promise due {words(one)}" if one.due > now else f"Promise late, was due {words(one)}"
    actions = (*ACTIONS, WILL_BE_LATE) if one.customer and one.due > now else ACTIONS
    return Notice(f"promise:{one.id}", title, _line(one), actions, _silent(one, now), (one.id,))


def _digest(many: Sequence[Reminder], now: datetime) -> Notice:
    title = f"{len(many)} promises came due while you were away"
    lines = [_line(one) for one in many[:4]]
    if len(many) > len(lines):
        lines.append(f"and {len(many) - len(lines)} more")
    silent = all(_silent(one, now) for one in many)
    return Notice(DIGEST, title, "\n".join(lines), (("default", "Open"),), silent, tuple(one.id for one in many))


def _still_open(many: Sequence[Reminder], now: datetime, words: Callable[[Reminder], str]) -> Notice:
    """Say quietly what was told before and is not settled yet."""
    if len(many) == 1:
        told = _notice(many[0], now, words)
        return Notice(told.id, f"Still open: {_line(many[0])}", told.title, ACTIONS, True, told.promises)
    digest = _digest(many, now)
    return Notice(
        STILL_OPEN, f"{len(many)} promises are still open", digest.body, digest.actions, True, digest.promises
    )


def _line(one: Reminder) -> str:
    return f"{one.customer}: {one.what}" if one.customer else one.what


def reminder_of(promise: Promise) -> Reminder:
    """Return the reminder of an open promise."""
    shown = promise.shown_at
    return Reminder(
        promise.id, promise.customer, promise.what, promise.due, promise.remind_at, shown, zone=promise.zone
    )


def due_words(promise: Promise, now: datetime) -> str:
    """Say when a promise is due, in words that follow “due”: "at 3:00 pm", "today", "on Sun 22 Nov at 9:00 am"."""
    at = f"at {clock_words(promise.due_time)}" if promise.due_time else ""
    if promise.due_date == local_day(now, promise.zone):
        return at or "today"
    return f"on {day_words(promise.due_date)} {at}".rstrip()
