"""The lives of invented customers: who is served, who is new, who only asked, who left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.demo.model import CURRENCY, Entry, Extra, Life, Material, Place, Settled
from followup_desktop.core.demo.rules import customer, happenings, owner
from followup_desktop.core.demo.rules.dates import SUNDAY, Dates
from followup_desktop.core.demo.rules.happenings import Span
from followup_desktop.core.demo.rules.persons import Persons
from followup_desktop.core.demo.rules.rounds import come_round
from followup_desktop.core.demo.rules.words import Words, dollars
from followup_desktop.core.demo.rules.year import Year
from followup_desktop.core.equipment.model import AgreementEntry, EquipmentEntry
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import Journey, Outcome

EIGHT_WEEKS = 56
A_ROUND = 60
"""About so many stops on one route; a larger business has more routes a day."""

_STAGES = (
    (Stage.REGULAR, 0.80),
    (Stage.ADVOCATE, 0.04),
    (Stage.NEW, 0.045),
    (Stage.FORMER, 0.06),
    (Stage.QUOTED, 0.02),
    (Stage.LEAD, 0.025),
    (Stage.PAUSED, 0.01),
)
SEASONS = (219,)
"""How many days ago something was said about the season, to many."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came in the course of the year, and when they first asked."""

    name: str
    asked: datetime


@dataclass
class Town:
    """Everything that is the same for all customers of one demo."""

    material: Material
    dates: Dates
    journeys: Mapping[str, Sequence[Journey]]
    persons: Persons
    newcomers: list[Newcomer]
    """Who came in the course of the year, for those who sent them."""
    is_large: bool
    """Of so many customers less is told, and the visits of the last eight weeks alone."""
    routes: int
    """How many routes there are; the first five are Monday to Friday."""

    def weekday(self, route: int) -> int:
        """Return the weekday of a route."""
        return self.material.rounds[route % len(self.material.rounds)].weekday

    def technician(self, route: int) -> str:
        """Return who drives a route."""
        return self.material.rounds[route % len(self.material.rounds)].technician

    @property
    def pace(self) -> float:
        """How much happens, compared with a business of a few hundred customers."""
        return 0.25 if self.is_large else 1.0

    def year_of(self, life: Life, rng: Random) -> Year:
        """Begin a customer's year."""
        year = Year(life, Words(self.material, self.dates, rng), rng, self.journeys, owner.decide)
        year.warmth = happenings.rhythm(year)
        return year


def invented(town: Town, rng: Random, key: int, beside: Life | None = None) -> Life:
    """Make up one customer's life; with `beside`, that of somebody who shares a roof with them.

    `key` is the one they will have.
    """
    if beside is not None:
        return _companion(town, rng, key, beside)
    stage = rng.choices([s for s, _ in _STAGES], [w for _, w in _STAGES])[0]
    person = replace(town.persons.invent(rng), stage=stage)
    life = Life(person, town.dates.at(town.dates.ago(town.dates.year), 600), key=key)
    year = town.year_of(life, rng)
    _consents(life, rng)
    match stage:
        case Stage.LEAD:
            _lead(town, year)
        case Stage.QUOTED:
            _quoted(town, year)
        case Stage.NEW:
            _served(town, year, joined=rng.randrange(10, 55))
        case _:
            joined = rng.randrange(60, town.dates.year - 20) if rng.random() < 0.2 else None
            _served(town, year, joined=joined)
    come_round(year, _first_visit(year))
    year.run()
    return life


def _first_visit(year: Year) -> date | None:
    """Return the day of the first visit we know of: of newcomers the one that is set, of the others the earliest."""
    life = year.life
    if life.person.since and life.person.since > year.dates.ago(year.dates.year):
        return life.person.since
    visited = (year.dates.day_of(entry.at) for entry in life.entries if entry.what == Happening.VISIT_DONE)
    return min(visited, default=None)


def _consents(life: Life, rng: Random) -> None:
    if rng.random() < 0.6:
        life.agreed = ("email", "text")
    elif rng.random() < 0.06:
        life.refuses = ("text",) if rng.random() < 0.6 else ("email", "text")


def _companion(town: Town, rng: Random, key: int, beside: Life) -> Life:
    person = replace(town.persons.companion(rng, beside.person), stage=Stage.REGULAR)
    life = Life(person, beside.known_since, household=household(beside), key=key)
    beside.household = life.household
    year = town.year_of(life, rng)
    happenings.fill(year, Span(town.dates.ago(rng.randrange(60, town.dates.year)), town.dates.ago(2)), town.pace)
    year.run()
    return life


def household(life: Life) -> str:
    """Name a household."""
    return life.household or f"{life.person.family_name or life.person.company}, {life.person.street}"


def _served(town: Town, year: Year, joined: int | None) -> None:
    dates, rng, life = town.dates, year.rng, year.life
    left = rng.randrange(8, dates.year - 40) if life.person.stage == Stage.FORMER else 0
    if joined is not None and joined <= left + 30:
        joined = None
    route = rng.randrange(town.routes)
    weeks = rng.choices((1, 2, 4), (0.5, 0.38, 0.12))[0]
    place = Place(route, _minute(town, life), weeks, dates.ago(dates.year + rng.randrange(28)))
    first = dates.ago(joined if joined is not None else dates.year)
    if joined is not None:
        first += timedelta(days=(town.weekday(route) - first.weekday()) % 7)
        _joined(town, year, first, town.technician(route))
    ends = 14 if life.person.stage == Stage.PAUSED else max(left, 1)
    span = Span(first + timedelta(days=1) if joined is not None else first, dates.ago(ends))
    driven = Span(max(span.first, dates.ago(EIGHT_WEEKS)), span.last) if town.is_large else span
    happenings.visits(year, place, driven, town.weekday(route), town.technician(route))
    if not left and life.person.stage != Stage.PAUSED:
        life.place = place
        _belongings(year, weeks)
    ordinary = Span(span.first + timedelta(days=8), dates.ago(max(ends + 22 if left else ends, 2)))
    happenings.fill(year, ordinary, town.pace)
    _seasons(year, span)
    if life.person.stage == Stage.ADVOCATE:
        _refer(town, year, ordinary)
    if left:
        at = dates.office(dates.at(dates.ago(left), 700))
        year.set(Entry(Happening.LEFT, at, note=rng.choice(town.material.left)))


def _belongings(year: Year, weeks: int) -> None:
    """Give them an agreement that renews once a year, and what they own, with the days on which something runs out."""
    rng, dates, life = year.rng, year.dates, year.life
    works = year.words.material.works
    what = "weekly service" if weeks == 1 else "biweekly service" if weeks == 2 else "monthly service"
    if rng.random() < 0.6:
        joined = life.person.since
        renews = dates.ago(-rng.randrange(2, 365))
        if joined and joined > dates.ago(dates.year):
            renews = joined + timedelta(days=365)
        price = customer.quote_price(year, "weekly service") * (10 if weeks == 1 else 6) // 1000 * 100
        life.agreements.append(AgreementEntry(what, renews, price, CURRENCY, per="month"))
    for work in rng.sample(works["installations"], rng.choice((0, 1, 1, 2))):
        fitted = rng.randrange(200, 1060)
        service = dates.ago(-rng.randrange(5, 360)) if rng.random() < 0.4 else None
        life.owns.append(EquipmentEntry(work.what, dates.ago(fitted), dates.ago(fitted - 1096), service))


def _minute(town: Town, life: Life) -> int:
    """Return when a round comes by: neighbours follow one another."""
    number, _, street = life.person.street.partition(" ")
    return 490 + 510 * town.material.streets.index(street) // len(town.material.streets) + int(number) // 5


def _joined(town: Town, year: Year, first: date, tech: str) -> None:
    """Ask, get a price, say yes, and be visited for the first time."""
    dates, rng = town.dates, year.rng
    at = dates.at(first, 540 + rng.randrange(360))
    asked = dates.office(at - timedelta(days=rng.randrange(10, 20)))
    sent = dates.office(asked + timedelta(days=rng.randrange(1, 4)))
    yes = dates.office(at - timedelta(days=rng.randrange(2, 6)))
    life = year.life
    life.known_since = asked
    life.person = replace(life.person, since=dates.day_of(at))
    price = customer.quote_price(year, "weekly service")
    told = {"decided": "yes", "amount": f"{dollars(price)} a month"}
    inquiry = next(w for w in town.material.works["inquiries"] if w.what == "weekly service")
    year.set(Entry(Happening.INQUIRY, asked, about=inquiry.what, note=rng.choice(inquiry.notes), told=told))
    year.set(Entry(Happening.QUOTE_SENT, sent, about="weekly service", amount=price, told=told))
    year.set(Entry(Happening.QUOTE_WON, yes, about="weekly service", amount=price))
    year.set(happenings.first_visit(year, at, tech))
    town.newcomers.append(Newcomer(life.person.name, asked))


def _refer(town: Town, year: Year, span: Span) -> None:
    """Have sent a newcomer or two, at the time they first asked."""
    came = [n for n in town.newcomers if span.first < town.dates.day_of(n.asked) < span.last]
    for newcomer in year.rng.sample(came, min(len(came), year.rng.randrange(1, 3))):
        town.newcomers.remove(newcomer)
        year.set(Entry(Happening.REFERRAL, newcomer.asked - timedelta(minutes=20), about=newcomer.name))


def _lead(town: Town, year: Year) -> None:
    days = year.rng.randrange(12, 120)
    asked = town.dates.office(town.dates.at(town.dates.ago(days), 600 + year.rng.randrange(300)))
    work = year.rng.choice(town.material.works["inquiries"])
    year.life.known_since = asked
    year.life.person = replace(year.life.person, since=None)
    year.set(
        Entry(Happening.INQUIRY, asked, about=work.what, note=year.rng.choice(work.notes), told={"decided": "yes"})
    )


def _quoted(town: Town, year: Year) -> None:
    days = year.rng.randrange(18, 45)
    asked = town.dates.office(town.dates.at(town.dates.ago(days + 4), 600))
    sent = town.dates.office(town.dates.at(town.dates.ago(days), 660))
    work = year.rng.choice(town.material.works["quotes"])
    year.life.known_since = asked
    year.life.person = replace(year.life.person, since=None)
    price = customer.quote_price(year, work.what)
    told = {"decided": "yes", "amount": dollars(price) + (" a month" if "service" in work.what else "")}
    year.set(Entry(Happening.INQUIRY, asked, about=work.what, note="Rang after seeing the truck.", told=told))
    year.set(Entry(Happening.QUOTE_SENT, sent, about=work.what, amount=price, told=told))


def _seasons(year: Year, span: Span) -> None:
    for ago in SEASONS:
        day = year.dates.ago(ago + year.rng.randrange(3))
        if day.weekday() == SUNDAY:
            day -= timedelta(days=1)
        if span.first + timedelta(days=30) < day < span.last - timedelta(days=5) and year.rng.random() < 0.42:
            year.later(year.dates.at(day, 490 + year.rng.randrange(90)), partial(_season, year))


def _season(year: Year, at: datetime) -> None:
    life = year.life
    recently = year.last_counted is not None and at < year.last_counted + owner.WEEK
    if not life.person.email or "email" in life.refuses or recently or year.has_open_case():
        return
    nothing = Entry(Happening.NOTE, at, by=customer.TECHNICIANS[0])
    words = year.words.letter("continuity/ad_hoc", life, nothing, at)
    if words:
        letter = owner.send(year, words, at, Purpose.CONTINUITY, "continuity/ad_hoc", counts=True)
        life.extras.append(Extra(Purpose.CONTINUITY, at, "campaign", settled=Settled(Outcome.SENT, at, letter=letter)))
        customer.consider(year, letter, None, at)
