"""One customer's year as it goes by: what happens, in order, and which follow-ups it starts and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from math import log
from random import Random

from followup_desktop.core.cases.rules import opens_a_case
from followup_desktop.core.demo.model import Entry, Letter, Life, Plan, Settled, Wrong
from followup_desktop.core.demo.rules.dates import Dates
from followup_desktop.core.demo.rules.words import Words
from followup_desktop.core.feedback.model import Mood, Scale
from followup_desktop.core.feedback.rules.scores import mood_of
from followup_desktop.core.history.model import FROM_THEM, FROM_US, Happening
from followup_desktop.core.history.rules import own_rhythm
from followup_desktop.core.journeys.model import HEARD, Journey, Moment, Touchpoint
from followup_desktop.core.journeys.rules.moments import QUIET_FACTOR
from followup_desktop.core.journeys.rules.planner import is_ended_by

_WORDS = FROM_THEM | FROM_US

Do = Callable[[datetime], None]


@dataclass(slots=True, eq=False)
class Open:
    """A follow-up on the owner's list. `turn` rises when its clock is set anew."""

    journey: Journey
    touchpoint: Touchpoint
    entry: Entry
    opens: datetime
    due: datetime
    closes: datetime | None
    is_over: bool = False
    turn: int = 0

    @property
    def plan(self) -> Plan:
        """What it comes from."""
        return self.journey.key, self.touchpoint.key, self.entry


@dataclass
class Year:
    """A life under way. What is set for a moment after now is never reached: that is still to come."""

    life: Life
    words: Words
    rng: Random
    journeys: Mapping[str, Iterable[Journey]]
    """Journeys by the happening that starts them."""
    decide: Callable[[Year, Open], None]
    """What the owner means to do about a follow-up that has come up."""
    warmth: float = 1.0
    """How readily this customer answers."""
    talks: list[datetime] = field(default_factory=list)
    """Every word between them and us, oldest first."""
    heard: dict[str, datetime] = field(default_factory=dict)
    """When they last heard from us by a journey, or were asked a question."""
    listens_until: datetime | None = None
    """Until when silence is noticed: of those in the file, what comes after is told."""
    is_happy: bool = False
    """Whether they only ever give the best rating."""
    last_counted: datetime | None = None
    opens: list[Open] = field(default_factory=list)
    _coming: list[tuple[datetime, int, Do]] = field(default_factory=list)
    _number: int = 0

    @property
    def dates(self) -> Dates:
        """The calendar."""
        return self.words.dates

    def later(self, at: datetime, do: Do) -> None:
        """Do something at a moment, if it comes before now."""
        if at <= self.dates.now:
            self._number += 1
            heappush(self._coming, (at, self._number, do))

    def set(self, entry: Entry) -> None:
        """Let something happen at its time."""
        self.later(entry.at, partial(_set_off, self, entry))

    def run(self) -> None:
        """Let the year go by."""
        while self._coming:
            at, _, do = heappop(self._coming)
            do(at)

    def happen(self, entry: Entry) -> None:
        """Write it into the history; end, restart and begin what it ends, restarts and begins."""
        self.life.entries.append(entry)
        if entry.counts:
            self.last_counted = entry.at
        if entry.what in _WORDS:
            self.talks.append(entry.at)
            self._listen(entry.at)
        for each in self.opens:
            if not each.is_over:
                self._affect(each, entry)
        if is_wrong(entry):
            self.life.wrongs.append(Wrong(entry, entry.about or entry.note))
        for journey in self.journeys.get(entry.what, ()):
            if journey.trigger.fits(entry.what, visit=entry.visit, rating=entry.rating):
                self.begin(journey, entry)

    def begin(self, journey: Journey, entry: Entry) -> None:
        """Put what a journey asks for on the owner's list."""
        for touchpoint in journey.touchpoints:
            if not touchpoint.follows:
                self._start(journey, touchpoint, entry, entry.at)

    def _listen(self, at: datetime) -> None:
        """Notice it where they are quiet for too long after this."""
        for journey in self.journeys.get(Moment.QUIET_TOO_LONG, ()):
            rhythm = own_rhythm(self.talks)
            too_long = at + (rhythm * QUIET_FACTOR if rhythm else journey.trigger.after)
            if self.listens_until is None or too_long < self.listens_until:
                self.later(too_long, partial(_go_quiet, self, journey, at))

    def settle(self, each: Open, outcome: str, at: datetime, why: str = "", letter: Letter | None = None) -> None:
        """End a follow-up by something the owner did."""
        self.end(each, Settled(outcome, at, why, letter))

    def end(self, each: Open, settled: Settled) -> None:
        """End a follow-up; where they heard from us, what follows it begins."""
        each.is_over, at = True, settled.at
        if settled.outcome in HEARD:
            self.heard[each.journey.key] = at
            if each.touchpoint.question:
                self.heard[each.touchpoint.question] = at
            for following in each.journey.touchpoints:
                if following.follows == each.touchpoint.key:
                    self._start(each.journey, following, each.entry, at)
        self.life.settled[each.plan] = settled

    def has_open_case(self) -> bool:
        """Whether something is not put right yet."""
        return any(wrong.state == "open" for wrong in self.life.wrongs)

    def how_far(self, at: datetime) -> float:
        """Return how much of the year has gone by: 0 at its beginning, 1 now."""
        return 1 - min((self.dates.now - at).days, self.dates.year) / self.dates.year

    def hours(self, median: float, spread: float = 0.8) -> timedelta:
        """Draw a length of time: half of them are shorter than the median, a few much longer."""
        return timedelta(minutes=round(self.rng.lognormvariate(log(median * 60), spread)))

    def _affect(self, each: Open, entry: Entry) -> None:
        if is_ended_by(each.touchpoint, entry.what, entry.purpose):
            each.is_over = True
        elif entry.what in each.touchpoint.restarts_on:
            each.due = self._due(entry.at, each.touchpoint)
            each.opens = each.due - each.touchpoint.opens_before
            each.turn += 1
            self.decide(self, each)

    def _start(self, journey: Journey, touchpoint: Touchpoint, entry: Entry, at: datetime) -> None:
        due = self._due(at, touchpoint)
        opens = max(due - touchpoint.opens_before, at)
        closes = None if touchpoint.closes_after is None else at + touchpoint.closes_after
        each = Open(journey, touchpoint, entry, opens, due, closes)
        self.opens.append(each)
        self.decide(self, each)

    def _due(self, start: datetime, touchpoint: Touchpoint) -> datetime:
        due, at = start + touchpoint.offset, touchpoint.at
        if at is None:
            return due
        return max(self.dates.at(self.dates.day_of(due), at.hour * 60 + at.minute), start)


def _go_quiet(year: Year, journey: Journey, since: datetime, at: datetime) -> None:
    if year.talks[-1] == since and year.life.person.stage in journey.only_if.stage:
        day = year.dates.day_of(since)
        year.begin(journey, Entry(Happening.NOTE, at, moment=f"quiet-{day}"))


def _set_off(year: Year, entry: Entry, _at: datetime) -> None:
    year.happen(entry)


def is_wrong(entry: Entry) -> bool:
    """Whether something has to be put right after this: what opens a case, or a customer who would not recommend us."""
    unhappy = entry.what is Happening.NPS and mood_of(Scale.NPS, entry.rating) is Mood.UNHAPPY
    return unhappy or opens_a_case(entry.what, entry.rating)
