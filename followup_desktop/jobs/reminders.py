"""Which reminders to show now: each once, on time or at the first moment the machine is awake.

Pure: the caller looks every 20 seconds (`LOOK_EVERY`), shows what `look` answers, and writes down `shown_at` for each
reminder as soon as it was delivered. Nothing else is remembered between two looks but the two clocks, so a program
that was killed carries on where the store says it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from followup_desktop.base.clock import Clock
from followup_desktop.base.walltime import remind_at

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
    "is_quiet",
    "look",
    "notices",
    "promise_of",
    "remind_at",
]

LOOK_EVERY = timedelta(seconds=20)
QUIET_FOR = timedelta(hours=1)
LATER_FOR = timedelta(hours=1)
_GRACE = timedelta(seconds=120)  # clocks that disagree by less were only set right
_SOUND_FOR = timedelta(days=1)

ACTIONS = (("write", "Write it"), ("kept", "Kept"), ("later", "In 1 hour"))
DIGEST = "promises"


class Jump(Enum):
    """What the wall clock did since the last look, measured against a clock that only runs while awake."""

    NONE = "none"
    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder of one open promise; all moments are in UTC, `shown_at` is None until it was delivered."""

    id: int
    customer: str
    what: str
    due: datetime
    remind_at: datetime
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What to show now: reminders one by one, or many of them as one notification."""

    single: tuple[Reminder, ...]
    digest: tuple[Reminder, ...]
    jumped: Jump

    @property
    def shown(self) -> tuple[Reminder, ...]:
        """Everything this look shows, in either way."""
        return self.single + self.digest


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
    jumped = _jump(now, monotonic, last_wall, last_monotonic)
    due = tuple(sorted((one for one in reminders if _is_due(one, now)), key=_by_time))
    overdue = [one for one in due if now - one.remind_at > _GRACE]
    missed = len(due) > 1 and (jumped is Jump.FORWARD or len(overdue) > 1)
    return Look(single=() if missed else due, digest=due if missed else (), jumped=jumped)


def is_quiet(now: datetime, quiet_until: datetime | None) -> bool:
    """Whether the owner asked for a quiet hour that still runs.

    It never lasts longer than an hour from now, so that setting the clock back does not silence a whole day.
    """
    return quiet_until is not None and now < quiet_until <= now + QUIET_FOR


def notices(shown: Look, now: datetime, words: Callable[[Reminder], str]) -> tuple[Notice, ...]:
    """Put what is to be shown into words; `words` says when a promise is due ("at 3:00 pm", "today")."""
    single = tuple(_notice(one, now, words) for one in shown.single)
    return single + ((_digest(shown.digest, now),) if shown.digest else ())


def promise_of(notice_id: str) -> int | None:
    """Return the promise a notification's id stands for; None for a digest."""
    kind, _, number = notice_id.partition(":")
    return int(number) if kind == "promise" and number.isdecimal() else None


@dataclass(slots=True)
class Watch:
    """Looks again and again, and remembers the two clocks in between."""

    clock: Clock
    monotonic: Callable[[], float]
    last_wall: datetime | None = None
    last_monotonic: float | None = None

    def look(self, reminders: Iterable[Reminder], quiet_until: datetime | None = None) -> Look:
        """Say what to show now; nothing while the quiet hour runs, and all of it once it is over."""
        now, monotonic = self.clock.now(), self.monotonic()
        quiet = is_quiet(now, quiet_until)
        answer = look(now, monotonic, self.last_wall, self.last_monotonic, () if quiet else reminders)
        self.last_wall, self.last_monotonic = now, monotonic
        return answer


def _jump(now: datetime, monotonic: float, last_wall: datetime | None, last_monotonic: float | None) -> Jump:
    if last_wall is None or last_monotonic is None:
        return Jump.NONE
    skew = (now - last_wall) - timedelta(seconds=monotonic - last_monotonic)
    if skew > _GRACE:
        return Jump.FORWARD
    return Jump.BACK if skew < -_GRACE else Jump.NONE


def _is_due(one: Reminder, now: datetime) -> bool:
    return one.shown_at is None and one.remind_at <= now


def _by_time(one: Reminder) -> tuple[datetime, int]:
    return one.remind_at, one.id


def _silent(one: Reminder, now: datetime) -> bool:
    return now - one.remind_at > _SOUND_FOR


def _notice(one: Reminder, now: datetime, words: Callable[[Reminder], str]) -> Notice:
    title = f"Promise due {words(one)}" if one.due > now else f"Promise late, was due {words(one)}"
    body = f"{one.customer}: {one.what}" if one.customer else one.what
    return Notice(f"promise:{one.id}", title, body, ACTIONS, _silent(one, now), (one.id,))


def _digest(many: Sequence[Reminder], now: datetime) -> Notice:
    title = f"{len(many)} promises came due while you were away"
    lines = [f"{one.customer}: {one.what}" if one.customer else one.what for one in many[:4]]
    if len(many) > len(lines):
        lines.append(f"and {len(many) - len(lines)} more")
    silent = all(_silent(one, now) for one in many)
    return Notice(DIGEST, title, "\n".join(lines), (("default", "Open"),), silent, tuple(one.id for one in many))
