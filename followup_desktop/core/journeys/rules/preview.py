"""What a changed journey does to the coming days, and what it would have done last month. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import Quiet, local_day
from followup_desktop.core.consent.model import Clock
from followup_desktop.core.consent.rules.clocks import is_over
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.journeys.model import Journey, Wanted
from followup_desktop.core.journeys.rules.known import Done, Known, Span
from followup_desktop.core.journeys.rules.planner import occurrence_of, wanted

DAYS = timedelta(days=30)
"""How far a preview looks ahead."""

WEEK = timedelta(days=7)


class How(StrEnum):
    """What becomes of one follow-up when a journey changes."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one follow-up of one customer. `before` and `after` are when it is due (UTC), None where not.

    `touchpoint` is its key; `says` tells in words what else is different, where it is not the time. `held` says what
    would hold it back after the change, as things stand now.
    """

    customer: int
    key: str
    touchpoint: str
    how: How
    before: datetime | None
    after: datetime | None
    says: str = ""
    held: str = ""

    @property
    def first(self) -> datetime:
        """The sooner of the two moments, by which changes are in order."""
        return min(each for each in (self.before, self.after) if each is not None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a change does in the coming 30 days. `same` customers hear of the journey as before.

    `busiest` is the day with most due after the change, and how many; None where nothing is due.
    """

    changes: tuple[Change, ...] = ()
    same: int = 0
    busiest: tuple[date, int] | None = None

    def count(self, how: How) -> int:
        """Return how many follow-ups it adds, removes, moves or changes."""
        return sum(change.how is how for change in self.changes)

    @property
    def customers(self) -> int:
        """How many customers it concerns."""
        return len({change.customer for change in self.changes})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a preview goes by: the journeys before and after, quiet hours, and the stretch of time."""

    before: Sequence[Journey]
    after: Sequence[Journey]
    quiet: Quiet
    span: Span


def changes(known: Known, setting: Setting, settled: Collection[str] = ()) -> tuple[list[Change], list[Wanted]]:
    """Return what changes for one customer, and everything due after the change; what is settled stays settled."""
    old = _due(known, setting.before, setting, settled)
    new = _due(known, setting.after, setting, settled)
    found = [_change(known.customer, key, old.get(key), new.get(key)) for key in sorted({*old, *new})]
    return [each for each in found if each is not None], list(new.values())


def _due(known: Known, journeys: Sequence[Journey], setting: Setting, settled: Collection[str]) -> dict[str, Wanted]:
    now, until = setting.span.now, setting.span.now + DAYS
    return {
        item.key: item
        for item in wanted(known, journeys, setting.quiet, setting.span)
        if item.journey
        and not item.stopped
        and item.key not in settled
        and item.opens <= until
        and (item.closes is None or item.closes > now)
    }


def _change(customer: int, key: str, old: Wanted | None, new: Wanted | None) -> Change | None:
    here = new or old
    if here is None:
        return None
    before, after = (old.due if old else None), (new.due if new else None)
    if old is None or new is None:
        return Change(customer, key, here.touchpoint, How.ADDED if old is None else How.REMOVED, before, after)
    if before != after:
        return Change(customer, key, here.touchpoint, How.MOVED, before, after)
    says = _otherwise(old, new)
    return Change(customer, key, here.touchpoint, How.CHANGED, before, after, says) if says else None


def _otherwise(old: Wanted, new: Wanted) -> str:
    said = (
        (old.channels != new.channels, "other channels"),
        (old.template != new.template or old.purpose != new.purpose, "another message"),
        (old.closes != new.closes or old.opens != new.opens, "another time to do it in"),
        (old.transactional != new.transactional, "counts otherwise in the weekly limit"),
        (old.priority != new.priority, "leads or follows others"),
        (old.removed_by != new.removed_by, "other reasons to stop"),
    )
    return ", ".join(words for differs, words in said if differs)


def busiest(days: Mapping[date, int]) -> tuple[date, int] | None:
    """Return the day with most due, the first of several."""
    return max(days.items(), key=lambda item: (item[1], -item[0].toordinal())) if days else None


def per_day(items: Iterable[tuple[datetime, str]], now: datetime) -> Counter[date]:
    """Count what is due by day (each a moment in UTC and the zone it is told in); what is late counts for today."""
    found: Counter[date] = Counter()
    for due, zone in items:
        if due <= now + DAYS:
            found[local_day(max(due, now), zone)] += 1
    return found


class Would(StrEnum):
    """What would have become of one follow-up of a rehearsal."""

    DUE = "due"
    LATER = "later"
    HELD = "held"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One follow-up as it would have been: due at `at` (UTC), by `channel`, and what would have become of it, and why.

    `happened` says what would have started it.
    """

    customer: int
    touchpoint: str
    purpose: str
    channel: str
    at: datetime
    would: Would
    happened: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """What a rehearsal knows of a customer besides: when they heard from us, and how they can be reached."""

    counted: tuple[datetime, ...] = ()
    """When something that counts in the weekly limit reached them (UTC), in order."""
    channels: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    """Ways on the list of those nothing may go to; they are not among `channels`."""
    seldom: int = 0
    """In how many days one message is enough for them, where they said so."""
    often: bool = False
    clock: Clock | None = None
    """Until when the law lets us write them offers, where it names a period."""
    asked_to_stop: str = ""
    """The sentence that seems to ask for no more mail, until the owner says what was meant."""

    def gap(self, weekly_limit: int) -> timedelta:
        """Return how far apart what counts must be for them; nothing where they may hear from us at any time."""
        if self.seldom:
            return timedelta(days=self.seldom)
        return WEEK if weekly_limit and not self.often else timedelta()


def rehearsed(known: Known, met: Met, journey: Journey, setting: Setting, weekly_limit: int) -> list[Rehearsed]:
    """Return what a customer would have got from a journey for what happened within a stretch of time.

    Each follow-up is looked at as of its own time: what happened later does not stop it.
    """
    found: list[Rehearsed] = []
    counted, done, seen = list(met.counted), list[Done](), set[str]()
    while True:
        so_far = replace(known, done=tuple(done))
        item = next((each for each in wanted(so_far, [journey], setting.quiet, setting.span)
                     if each.key not in seen and _within(each, setting.span)), None)  # fmt: skip
        if item is None:
            return found
        seen.add(item.key)
        one = _rehearsed(item, so_far, met, journey, setting, (counted, met.gap(weekly_limit)))
        found.append(one)
        if one.would in (Would.DUE, Would.LATER):
            done.append(Done(journey.key, item.touchpoint, occurrence_of(item.key), one.at, item.question))
            counted += [] if item.transactional else [one.at]


def _within(item: Wanted, span: Span) -> bool:
    return item.started is not None and span.since < item.started <= span.until


def held_after(
    found: Sequence[Change], due: Iterable[Wanted], known: Known, met: Met, weekly_limit: int
) -> list[Change]:
    """Return the changes of one customer, each with what would hold back what it asks for."""
    items = {item.key: item for item in due}
    return [
        replace(each, held=_held(items[each.key], known, met, weekly_limit)) if each.key in items else each
        for each in found
    ]


def _held(item: Wanted, known: Known, met: Met, weekly_limit: int) -> str:
    if known.open_case and item.case is None and not item.transactional:
        return "Held while something is to be put right."
    if met.asked_to_stop and not item.transactional:
        return f"They wrote “{met.asked_to_stop.rstrip('.')}”: say first what was meant."
    if not _ways(item, met, known.zone):
        return _no_way(item, met, known.zone)
    gap = met.gap(weekly_limit)
    free = _free(item.due, met.counted, gap) if gap and not item.transactional else None
    if free is None:
        return ""
    words = f"Not before {day_words(local_day(free, known.zone))}: {_limit_words(met)}"
    return f"{words}, and then it is over." if item.closes is not None and free > item.closes else f"{words}."


NO_WAY, SAID_NO = "There is no way to reach them by it.", "They said no to it."
BARRED = "They asked not to be reached by it."


def _limit_words(met: Met) -> str:
    return f"they asked for no more than one message in {met.seldom} days" if met.seldom else "weekly limit"


def _ways(item: Wanted, met: Met, zone: str) -> list[str]:
    """Return the channels of a follow-up by which they may be reached when it is due, in its order."""
    refused = frozenset() if item.transactional else met.refused
    closed = WRITTEN if _offers_over(item, met, zone) else frozenset()
    return [each for each in item.channels if each in met.channels - refused - closed]


def _offers_over(item: Wanted, met: Met, zone: str) -> bool:
    """Whether it is an offer, and the law will not let us write one by the day it is due."""
    offer = PURPOSES[Purpose(item.purpose)].commercial
    return offer and met.clock is not None and is_over(met.clock, local_day(item.due, zone))


WRITTEN = frozenset({"email", "text"})
"""What the laws on offers are about."""


def _no_way(item: Wanted, met: Met, zone: str) -> str:
    """Say why none of its channels will do."""
    ways = set(item.channels)
    if ways & met.channels & WRITTEN and _offers_over(item, met, zone):
        ends = met.clock.ends if met.clock is not None else None
        return f"The law lets you write them no offers from {day_words(ends)} on." if ends else NO_OFFERS
    if ways & met.channels:
        return SAID_NO
    return BARRED if ways & met.barred else NO_WAY


NO_OFFERS = "The law lets you write them no offers: they never bought or asked for anything that is known."


def _free(due: datetime, counted: Sequence[datetime], gap: timedelta) -> datetime | None:
    """Return when the limit allows something again that is due at a moment; None where it does then."""
    before = [at for at in counted if due - gap < at <= due]
    if not before:
        return None
    free = max(before) + gap
    while any(free - gap < at < free for at in counted):
        free = max(at for at in counted if free - gap < at < free) + gap
    return free


def _rehearsed(
    item: Wanted, known: Known, met: Met, journey: Journey, setting: Setting, limit: tuple[list[datetime], timedelta]
) -> Rehearsed:
    channel = next(iter(_ways(item, met, known.zone)), "")
    one = Rehearsed(
        item.customer,
        item.touchpoint,
        item.purpose,
        channel or item.channels[0],
        item.due,
        Would.DUE,
        item.why_here.split(". ")[0],
    )
    stopped = _stopped_by_then(item, known, journey, setting)
    if stopped:
        return replace(one, would=Would.STOPPED, why=stopped)
    if not channel:
        return replace(one, would=Would.HELD, why=_no_way(item, met, known.zone))
    counted, gap = limit
    if item.transactional or not gap:
        return one
    return _within_the_limit(one, item, met, known.zone, (counted, gap))


def _stopped_by_then(item: Wanted, known: Known, journey: Journey, setting: Setting) -> str:
    then = replace(known, events=tuple(event for event in known.events if event.at <= item.due))
    again = wanted(then, [journey], setting.quiet, setting.span)
    return next((each.stopped for each in again if each.key == item.key), "")


def _within_the_limit(
    one: Rehearsed, item: Wanted, met: Met, zone: str, limit: tuple[list[datetime], timedelta]
) -> Rehearsed:
    counted, gap = limit
    free = _free(item.due, counted, gap)
    if free is None:
        return one
    last = max(at for at in counted if at <= item.due)
    heard = f"They heard from you on {day_words(local_day(last, zone))}: {_limit_words(met)}"
    if item.closes is not None and free > item.closes:
        return replace(one, would=Would.HELD, why=f"{heard}, until it was over.")
    return replace(one, at=free, would=Would.LATER, why=f"{heard}.")
