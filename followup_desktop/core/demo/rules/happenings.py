"""What happens to a customer in a year by itself: visits, repairs, purchases, questions, complaints, promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from math import log

from followup_desktop.base.zones import end_of_day
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.demo.model import Entry, Letter, Place, Settled, Told, Vow
from followup_desktop.core.demo.rules import customer, owner
from followup_desktop.core.demo.rules.dates import SHUTS, is_off
from followup_desktop.core.demo.rules.words import by_name, by_what
from followup_desktop.core.demo.rules.year import Year
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import Outcome
from followup_desktop.core.routes.rules import is_due

TEMPLATE_OF_PROMISES = "promise/promised"

Make = Callable[[Year, datetime], None]


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a customer's life with the business that fall into the year, both included."""

    first: date
    last: date

    @property
    def years(self) -> float:
        """How long that is."""
        return max((self.last - self.first).days, 0) / 365


def fill(year: Year, span: Span, pace: float = 1) -> None:
    """Let a customer who is served have an ordinary year."""
    for make, rate in _RATES:
        for at in _moments(year, span, rate * pace):
            year.later(at, partial(make, year))


def _moments(year: Year, span: Span, rate: float) -> Iterator[datetime]:
    """Draw working moments, so many a year on average; how long one waits for the next is drawn anew each time."""
    days = year.rng.expovariate(rate) * 365
    while days < (span.last - span.first).days:
        day = span.first + timedelta(days=int(days))
        if not is_off(day):
            yield year.dates.at(day, year.rng.randrange(510, 1020))
        days += year.rng.expovariate(rate) * 365


def visits(year: Year, place: Place, span: Span, weekday: int, tech: str) -> None:
    """Visit a customer on the route, and now and then come late or not at all."""
    rng = year.rng
    calm_from = span.last - timedelta(days=25)  # nobody leaves with a case still open
    for day in route_days(place, span, weekday):
        at = year.dates.at(day, place.minute + rng.randrange(12))
        by = tech if rng.random() < 0.9 else rng.choice(customer.TECHNICIANS)
        luck = rng.random()
        if luck < 0.0105 and day < calm_from:
            _go_wrong(year, Happening.VISIT_MISSED if luck < 0.0045 else Happening.VISIT_LATE, at, by)
        elif luck < 0.985:
            year.life.entries.append(routine(year, at, by))


def route_days(place: Place, span: Span, weekday: int) -> Iterator[date]:
    """Return the days a place on a route is visited on."""
    day = span.first + timedelta(days=(weekday - span.first.weekday()) % 7)
    while day <= span.last:
        if is_due(place.weeks, place.from_day, day) and not is_off(day):
            yield day
        day += timedelta(days=7)


def routine(year: Year, at: datetime, by: str) -> Entry:
    """Make up a routine visit."""
    rng = year.rng
    note = _readings(year, rng.choice(year.words.material.notes["routine"])) if rng.random() < 0.4 else ""
    return Entry(Happening.VISIT_DONE, at, visit="routine", note=note, by=by, at_stop=True)


def first_visit(year: Year, at: datetime, tech: str) -> Entry:
    """Make up the first visit to a customer."""
    note = _readings(year, year.rng.choice(year.words.material.notes["first"]))
    return Entry(Happening.VISIT_DONE, at, visit="first", note=note, by=tech, at_stop=True)


def _readings(year: Year, text: str) -> str:
    rng = year.rng
    return text.format(
        cl=f"{rng.uniform(1.4, 3.1):.1f}", ph=f"{rng.uniform(7.2, 7.7):.1f}", low=f"{rng.uniform(0.2, 0.8):.1f}"
    )


def _go_wrong(year: Year, what: Happening, at: datetime, by: str) -> None:
    notes = year.words.material.notes
    if what is Happening.VISIT_LATE:
        at += timedelta(minutes=year.rng.randrange(90, 180))
    else:  # noticed when the day is gone through
        at = year.dates.at(year.dates.day_of(at), year.rng.randrange(1000, 1070))
    kind = "late" if what is Happening.VISIT_LATE else "missed"
    how = year.rng.choice(notes["late_put_right" if kind == "late" else "visit_put_right"])
    # They say nothing of what stood in the way: that is for us, not for an apology.
    told = {"how": how.replace("{tech}", by)}
    note = year.rng.choice(notes[kind])
    year.set(Entry(what, at, visit="routine", note=note, by=by, at_stop=True, told=told))


def _repair(year: Year, at: datetime) -> None:
    _job(year, at, "repairs", "repair")


def _installation(year: Year, at: datetime) -> None:
    _job(year, at, "installations", "installation")


def _job(year: Year, at: datetime, kind: str, visit: str) -> None:
    work = year.words.fresh(year.words.material.works[kind], by_what)
    note = " ".join(work.notes[: year.rng.randrange(1, len(work.notes) + 1)])
    by = year.rng.choice(customer.TECHNICIANS)
    year.happen(
        Entry(Happening.VISIT_DONE, at, visit=visit, about=work.what, note=note, amount=_price(year, work.price), by=by)
    )


def _purchase(year: Year, at: datetime) -> None:
    work = year.words.fresh(year.words.material.works["purchases"], by_what)
    by = year.rng.choice(customer.TECHNICIANS)
    year.happen(Entry(Happening.PURCHASE, at, about=work.what, amount=_price(year, work.price), by=by))


def _booking(year: Year, at: datetime) -> None:
    work = year.words.fresh(year.words.material.works["bookings"], by_what)
    day = year.dates.day_of(at) + timedelta(days=year.rng.randrange(3, 10))
    while is_off(day):
        day += timedelta(days=1)
    amount = _price(year, work.price)
    due = year.dates.said_day(day, year.dates.day_of(at))
    year.happen(Entry(Happening.BOOKING, at, about=work.what, amount=amount, told={"due": due}))
    done = year.dates.at(day, year.rng.randrange(540, 720))
    by = year.rng.choice(customer.TECHNICIANS)
    year.set(Entry(Happening.VISIT_DONE, done, visit="extra", about=work.what, amount=amount, by=by))


def _price(year: Year, price: tuple[int, int]) -> int:
    return year.rng.randrange(price[0], price[1] + 1) * 100


def _quote(year: Year, at: datetime) -> None:
    work = year.words.fresh([w for w in year.words.material.works["quotes"] if "service" not in w.what], by_what)
    year.happen(Entry(Happening.QUOTE_SENT, at, about=work.what, amount=_price(year, work.price)))


def _question(year: Year, at: datetime) -> None:
    at = year.dates.awake(at + timedelta(minutes=year.rng.randrange(600)))
    if at > year.dates.now:
        return
    asked = year.words.fresh(year.words.material.questions, by_name)
    tech = year.rng.choice(customer.TECHNICIANS)
    text = year.words.plain(asked["text"], year.life, at, tech)
    letter = Letter(at, asked["subject"], text, out=False)
    year.life.letters.append(letter)
    told = {"answer": str(asked["answer"])}
    year.happen(Entry(Happening.MESSAGE_IN, at, note=text, about=asked["subject"], letter=letter, told=told))


def _their_call(year: Year, at: datetime) -> None:
    note = year.words.fresh(year.words.material.calls["theirs"], str)
    year.happen(Entry(Happening.CALL, at, note=note, counts=True))


def _talk(year: Year, at: datetime) -> None:
    year.happen(Entry(Happening.IN_PERSON, at, note=year.rng.choice(year.words.material.calls["in_person"])))


def _rating(year: Year, at: datetime) -> None:
    year.happen(customer.rating(year, at, year.rng.choice(customer.TECHNICIANS), "service"))


def _complaint(year: Year, at: datetime) -> None:
    wrong = year.words.fresh(year.words.material.complaints, by_name)
    told = {"how": str(wrong["put_right"])}
    by = year.rng.choice(customer.TECHNICIANS)
    year.happen(Entry(Happening.COMPLAINT, at, about=wrong["what"], note=wrong["note"], by=by, told=told))


def _promise(year: Year, at: datetime) -> None:
    promised = year.words.fresh(year.words.material.promises, by_name)
    if year.rng.random() < 0.6:
        year.happen(Entry(Happening.CALL, at, note=f"Asked; I promised to {promised['what']}.", counts=True))
    day = year.dates.day_of(at) + timedelta(days=promised["days"])
    while is_off(day):
        day += timedelta(days=1)
    if day >= year.dates.today:
        return  # the promises that are open now are those of the people in the file
    clock = time(year.rng.choice((9, 11, 15, 17))) if year.rng.random() < 0.3 else None
    due = year.dates.at(day, clock.hour * 60) if clock else end_of_day(day, year.dates.zone)
    vow = Vow(str(promised["what"]), at, day, clock, due)
    year.life.vows.append(vow)
    _keep(year, vow, promised)


def _keep(year: Year, vow: Vow, promised: Told) -> None:
    """See to a promise: mostly in time, sometimes late, seldom never."""
    rng = year.rng
    late, given_up = year.dates.office(vow.due + year.hours(20)), vow.due + timedelta(days=2)
    if rng.random() < 0.85 + 0.11 * year.how_far(vow.made_at) or max(late, given_up) > year.dates.now:
        span = max((vow.due - vow.made_at) - timedelta(hours=2), timedelta(hours=1))
        at = year.dates.office(vow.made_at + span * rng.uniform(0.3, 0.95))
        year.later(min(at, _in_office(year, vow.due)), partial(_keep_now, year, vow, promised))
    elif rng.random() < 0.65:
        year.later(late, partial(_keep_now, year, vow, promised))
    else:
        year.later(given_up, partial(_given_up, year, vow))


def _in_office(year: Year, due: datetime) -> datetime:
    """Return the last moment before a promise is due at which one writes."""
    last = due - timedelta(minutes=5)
    late = year.dates.minute_of(last) > SHUTS
    return year.dates.at(year.dates.day_of(last), SHUTS - year.rng.randrange(60)) if late else last


def _keep_now(year: Year, vow: Vow, promised: Told, at: datetime) -> None:
    vow.state, vow.settled_at = "kept" if at <= vow.due else "kept_late", at
    if "text" in promised and year.life.person.email and not year.life.suppressed:
        text = year.words.plain(promised["text"], year.life, at, year.rng.choice(customer.TECHNICIANS))
        words = (str(promised["subject"]), year.words.framed(year.life, text))
        letter = owner.send(year, words, at, Purpose.PROMISE, TEMPLATE_OF_PROMISES, counts=False)
        year.life.settled["", "promise", vow] = Settled(Outcome.SENT, at, letter=letter)
        customer.consider(year, letter, None, at)


def _given_up(year: Year, vow: Vow, at: datetime) -> None:
    vow.state, vow.settled_at = year.rng.choice(("broken", "broken", "withdrawn")), at


_RATES: tuple[tuple[Make, float], ...] = (
    (_repair, 1.9),
    (_installation, 0.1),
    (_purchase, 0.6),
    (_booking, 0.45),
    (_quote, 0.35),
    (_question, 1.1),
    (_their_call, 0.5),
    (_talk, 0.8),
    (_rating, 2.3),
    (_complaint, 0.16),
    (_promise, 4.6),
)
"""What happens by itself, and how many times a year."""


def rhythm(year: Year) -> float:
    """Draw how readily a customer answers: most do so now and then, few always or never."""
    return min(year.rng.lognormvariate(log(1), 0.45), 2.0)
