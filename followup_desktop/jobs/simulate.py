"""Live through days on a copy of the store: what customers might do, and an owner who works through the list.

Nothing is invented but chance: everything that happens goes through the commands the window uses, and the owner does
what the queue shows and nothing it holds back. The same seed gives the same days.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day, resolve
from followup_desktop.commands import cases as case_commands
from followup_desktop.commands import consent, customers, history, messages, promises
from followup_desktop.commands import queue as day_commands
from followup_desktop.commands.desk import Desk
from followup_desktop.commands.library import Library
from followup_desktop.commands.messages import Approved
from followup_desktop.commands.planning import look_far_ahead
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers.model import CustomerId, Person, Stage
from followup_desktop.core.customers.queries import who_is_here
from followup_desktop.core.drafts.rules.footing import is_commercial, with_footer
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.history.queries import history as history_of
from followup_desktop.core.journeys.queries import outcomes
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.queue.model import Card, CardItem, Queue
from followup_desktop.core.queue.queries.today import queue
from followup_desktop.store.backup import copy_store
from followup_desktop.store.opening import open_store

MORNING, EVENING = time(9), time(17)
RUN_OUT = 120
"""So many days more, at most, until everything that came up has ended."""

_A_YEAR: Sequence[tuple[Happening, str, float]] = (
    (Happening.VISIT_DONE, "repair", 0.3),
    (Happening.VISIT_DONE, "installation", 0.09),
    (Happening.VISIT_DONE, "extra", 0.06),
    (Happening.QUOTE_SENT, "", 0.18),
    (Happening.BOOKING, "", 0.18),
    (Happening.PURCHASE, "", 0.12),
    (Happening.INQUIRY, "", 0.09),
    (Happening.COMPLAINT, "", 0.072),
    (Happening.VISIT_MISSED, "", 0.048),
    (Happening.VISIT_LATE, "", 0.048),
    (Happening.REFERRAL, "", 0.048),
    (Happening.CALL, "", 0.18),
    (Happening.CONTRACT_CHANGED, "", 0.03),
    (Happening.FEEDBACK, "", 0.03),
    (Happening.BOUNCED, "", 0.012),
    (Happening.OPTED_OUT, "", 0.024),
    (Happening.LEFT, "", 0.024),
)
"""How often a year each happens to one customer."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One time a customer heard from the business. `at` is UTC."""

    customer: int
    at: datetime
    channel: str
    purpose: str
    transactional: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """How a follow-up whose time came ended. `due` is UTC."""

    id: int
    customer: int
    purpose: str
    due: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of the days."""

    contacts: tuple[Contact, ...]
    follow_ups: tuple[Ended, ...]


def simulate(store: Path, library: Library, now: datetime, days: int, seed: int) -> Lived:
    """Live through `days` from `now` (UTC) on a copy of the store; the store itself stays as it is."""
    with TemporaryDirectory(prefix="followup-simulated-") as folder:
        copy = copy_store(store, Path(folder) / "copy.db")
        clock = FixedClock(now)
        kept = open_store(copy, clock, looks_through=False)
        try:
            kept.hurry()
            return _Life(Desk(kept, library), clock, Random(seed)).run(days)
        finally:
            kept.close()


@dataclass
class _Life:
    desk: Desk
    clock: FixedClock
    chance: Random
    contacts: list[Contact] = field(default_factory=list)
    business: Business = field(default_factory=Business)
    zone: str = "UTC"
    active: list[int] = field(default_factory=list)
    here: set[int] = field(default_factory=set)
    """The same, to look one up."""
    to_come: list[tuple[date, int, int, str]] = field(default_factory=list)
    """Answers under way: day, number, customer, and what comes."""
    off_until: date | None = None

    def run(self, days: int) -> Lived:
        """Live through the days, then let time run on until what came up has ended."""
        start = self.clock.now()
        with self.desk.store.read() as session:
            self.business = operators.business(session)
            self.zone = self.business.zone
            self.active = who_is_here(session)
            self.here = set(self.active)
        first = local_day(start, self.zone)
        for number in range(days):
            self._day(first + timedelta(days=number), start)
        end = resolve(first + timedelta(days=days - 1), EVENING, self.zone)
        number, left = days, self._open(start, end)
        while left and number < days + RUN_OUT:
            self._morning(first + timedelta(days=number), start)
            self._work(thoroughly=number > days + 14)
            number, left = number + 1, self._open(start, end)
        for key in left:
            self._try(messages.skip, key, "Put away at the end.")
        with self.desk.store.read() as session:
            ended = tuple(Ended(*row) for row in outcomes(session, start, end))
        return Lived(tuple(self.contacts), ended)

    def _open(self, start: datetime, end: datetime) -> list[int]:
        with self.desk.store.read() as session:
            return [row[0] for row in outcomes(session, start, end) if not row[4]]

    def _morning(self, day: date, start: datetime) -> None:
        self.clock.moment = max(resolve(day, MORNING, self.zone), start).astimezone(UTC)

    def _day(self, day: date, start: datetime) -> None:
        self._morning(day, start)
        self._happenings(day)
        if self.off_until is not None and day <= self.off_until:
            return
        self.off_until = None
        if self.chance.random() < 0.02:
            self.off_until = day + timedelta(days=self.chance.randint(1, 9))
            return
        self.clock.moment += timedelta(minutes=30)
        self._work()
        self._put_things_right()

    # What customers do

    def _happenings(self, day: date) -> None:
        while self.to_come and self.to_come[0][0] <= day:
            _, _, customer, what = heapq.heappop(self.to_come)
            self._happens(customer, Happening(what), "")
        for what, visit, a_year in _A_YEAR:
            for _ in range(self._how_many(a_year * len(self.active) / 365)):
                self._happens(self.chance.choice(self.active), what, visit)
        if self.chance.random() < 0.15:
            self._somebody_new(day)

    def _how_many(self, expected: float) -> int:
        whole = int(expected)
        return whole + (self.chance.random() < expected - whole)

    def _happens(self, customer: int, what: Happening, visit: str) -> None:
        if customer not in self.here:
            return
        if what is Happening.OPTED_OUT:
            self._try(consent.stop_mail, CustomerId(customer))
            return
        rating = self.chance.choice((1, 3, 4, 5, 5)) if what is Happening.RATING else None
        asked = "Could you look at the filter?" if what is Happening.MESSAGE_IN else ""
        self._try(history.log, CustomerId(customer), NewEvent(what, visit=visit, note=asked, rating=rating))
        if what is Happening.LEFT:
            self.active.remove(customer)
            self.here.discard(customer)

    def _somebody_new(self, day: date) -> None:
        number = len(self.active) + day.toordinal()
        person = Person("New", f"Neighbour {number}", email=f"n{number}@example.com", phone="+12025550100",
                        stage=Stage.LEAD)  # fmt: skip
        made = int(customers.add_customer(self.desk, person).result)
        self.active.append(made)
        self.here.add(made)
        self._try(history.log, CustomerId(made), NewEvent(Happening.INQUIRY, about="weekly service"))
        for after, what in ((4, Happening.QUOTE_SENT), (12, Happening.BOOKING)):
            self._comes(day + timedelta(days=after), made, what)

    def _comes(self, day: date, customer: int, what: Happening) -> None:
        heapq.heappush(self.to_come, (day, len(self.to_come) + len(self.contacts), customer, str(what)))

    # What the owner does

    def _work(self, *, thoroughly: bool = False) -> None:
        look_far_ahead(self.desk)
        with self.desk.store.read() as session:
            found = queue(session, self.clock.now())
        for card in found.cards:
            self.clock.moment += timedelta(seconds=20)
            self._card(card, 1.0 if thoroughly else self.chance.random())
        self._decide(found, thoroughly=thoroughly)

    def _card(self, card: Card, luck: float) -> None:
        lead = card.leading
        if luck < 0.08:
            return  # left for another day; it may lapse
        if luck < 0.12:
            self._try(messages.skip, lead.id, "Not this time.")
        elif luck < 0.16:
            day = local_day(self.clock.now(), self.zone) + timedelta(days=self.chance.randint(1, 4))
            self._try(messages.later, lead.id, day)
        else:
            self._contact(card)

    def _contact(self, card: Card) -> None:
        lead, how = card.leading, card.channel or "in_person"
        whose = lead.customer or card.customer
        also = tuple(i.id for i in card.items[1:] if (i.customer or card.customer) == whose and self._sometimes(0.5))
        if how == "email":
            went = self._try(messages.hand_over, Approved(lead.id, "About your pool", self._words(lead), also))
        else:
            went = self._try(messages.done, lead.id, how, also=also)
        if not went:
            return
        with self.desk.store.read() as session:
            counted = history_of(session, CustomerId(whose), 1)[0].counts
        self.contacts.append(Contact(whose, self.clock.now(), how, str(lead.purpose), not counted))
        if self._sometimes(0.25):
            answer = Happening.RATING if self._sometimes(0.3) else Happening.MESSAGE_IN
            after = local_day(self.clock.now(), self.zone) + timedelta(days=self.chance.randint(1, 5))
            self._comes(after, whose, answer)
        if self._sometimes(0.03):
            due = local_day(self.clock.now(), self.zone) + timedelta(days=self.chance.randint(1, 6))
            self._try(promises.make_promise, NewPromise("look at the filter", due, None, self.zone, whose))

    def _words(self, lead: CardItem) -> str:
        """Return what the owner writes; below an offer stands what the law asks for, as in a draft."""
        text = "Thank you. Does it run as it should?"
        if not is_commercial(str(lead.purpose), lead.source):
            return text
        return with_footer(text, self.business.name, self.business.postal_address, self.business.language)

    def _decide(self, found: Queue, *, thoroughly: bool) -> None:
        for waited in found.after_cases:
            decision = self.chance.choice(tuple(day_commands.AfterCase))
            self._try(day_commands.after_case, waited.case, decision)
        if thoroughly or self._sometimes(0.15):
            for held in found.held:
                if held.reason in _WILL_NOT_PASS or (thoroughly and held.reason == "outranked"):
                    self._try(messages.skip, held.follow_up, held.reason_text)

    def _put_things_right(self) -> None:
        with self.desk.store.read() as session:
            found = cases.cases(session)
        for case in found:
            if case.state is CaseState.OPEN and self._sometimes(0.3):
                self._try(case_commands.put_right, int(case.id), "Came back and did it again.")
            elif case.state is CaseState.PUT_RIGHT and self._sometimes(0.05):
                self._try(case_commands.close_case, int(case.id))

    def _sometimes(self, how_often: float) -> bool:
        return self.chance.random() < how_often

    def _try(self, command: Callable[..., Any], *arguments: Any, **more: Any) -> bool:
        """Run a command; what the program refuses in words is not done, as it would not be by an owner."""
        try:
            command(self.desk, *arguments, **more)
        except Problem:
            return False
        return True


_WILL_NOT_PASS = frozenset({"no_consent", "no_channel", "channel_not_allowed", "bounced"})
"""Reasons for which something is held that no waiting mends."""
