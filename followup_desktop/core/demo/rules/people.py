"""The people of the file: their stories as told there, and the visits of their route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from followup_desktop.base.zones import end_of_day
from followup_desktop.core.cases.rules import opens_a_case
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.demo.model import CURRENCY, Entry, Extra, Letter, Life, Place, Settled, Told, Vow, Wrong
from followup_desktop.core.demo.rules import happenings
from followup_desktop.core.demo.rules.dates import SUNDAY, Dates
from followup_desktop.core.demo.rules.happenings import Span
from followup_desktop.core.demo.rules.lives import Town
from followup_desktop.core.demo.rules.words import capital
from followup_desktop.core.demo.rules.year import Year
from followup_desktop.core.equipment.model import AgreementEntry, EquipmentEntry
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import Journey, Outcome, Touchpoint

FRIDAY = 4


def told_life(town: Town, told: Told, rng: Random, key: int) -> Life:
    """Make the life of somebody in the file; `key` is the one they will have."""
    person = town.persons.told(told)
    since = max(int(told["since"]), 1)
    life = Life(
        person, town.dates.at(town.dates.ago(min(since, town.dates.year)), 600), household=told.get("household", "")
    )
    life.key = key
    life.owns = [_owned(town.dates, each) for each in told.get("owns", ())]
    life.agreements = [_agreed(town.dates, each) for each in told.get("agreements", ())]
    life.refuses, life.suppressed = tuple(told.get("refuses", ())), told.get("suppressed", "")
    story = _Story(town, told, town.year_of(life, rng), days_by_name(town.dates))
    if since > town.dates.year and not told.get("told_whole"):
        story.past()
    if "stop" in told:
        story.visit(tuple(told["stop"]), since)
    for item in told.get("history", ()):
        story.tell(item)
    return life


def _owned(dates: Dates, told: Told) -> EquipmentEntry:
    """Read what somebody owns: days are counted from today, `fitted` backwards, the others ahead."""
    warranty, service = told.get("warranty"), told.get("service")
    return EquipmentEntry(
        told["what"],
        dates.ago(told["fitted"]),
        None if warranty is None else dates.ago(-warranty),
        None if service is None else dates.ago(-service),
    )


def _agreed(dates: Dates, told: Told) -> AgreementEntry:
    return AgreementEntry(told["what"], dates.ago(-told["renews"]), told["price"], CURRENCY, per="month")


def days_by_name(dates: Dates) -> dict[str, date]:
    """Return the days stories name: the Friday that was missed, and the day, two weeks ago, that made up for it."""
    best = min(range(14, 21), key=_Wait(dates))
    made_up = dates.ago(best)
    return {"made_up": made_up, "missed": made_up - timedelta(days=_since_friday(made_up))}


class _Wait:
    """How long it took to make the Friday up, and how long its check is due; never a Friday or Sunday itself."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates

    def __call__(self, ago: int) -> tuple[int, int]:
        day = self._dates.ago(ago)
        unfit = day.weekday() in (FRIDAY, SUNDAY)
        return (99 if unfit else _since_friday(day) + ago - 14), ago


def _since_friday(day: date) -> int:
    return (day.weekday() - FRIDAY) % 7 or 7


@dataclass
class _Story:
    """One customer's story, being told."""

    town: Town
    told: Told
    year: Year
    days: Mapping[str, date]
    last: datetime | None = None

    @property
    def life(self) -> Life:
        """The life it is about."""
        return self.year.life

    @property
    def dates(self) -> Dates:
        """The calendar."""
        return self.town.dates

    def visit(self, stop: tuple[int, int, int], since: int) -> None:
        """Put them on their route and let the visits of the year happen, but on days the story tells of."""
        route, position, weeks = stop
        place = Place(route, 480 + position * 15, weeks, self.dates.ago(7 * 60), position)
        self.life.place = place
        first = next((i for i in self.told.get("history", ()) if i.get("visit") == "first"), None)
        begins = self.dates.day_of(self._moment(first)) if first else self.dates.ago(min(since, self.dates.year))
        span = Span(begins + timedelta(days=1), self.dates.ago(1))
        taken = {self.dates.day_of(self._moment(i)) for i in self.told.get("history", ()) if "visit" in i["what"]}
        for day in happenings.route_days(place, span, self.town.weekday(route)):
            if day not in taken:
                at = self.dates.at(day, place.minute + self.year.rng.randrange(12))
                self.life.entries.append(happenings.routine(self.year, at, self.town.technician(route)))

    def past(self) -> None:
        """Let the time before the story be an ordinary one, and a good one: what went wrong is for the story."""
        self.year.is_happy = True
        self.year.listens_until = self.dates.at(self.dates.ago(85), 720)
        happenings.fill(self.year, Span(self.dates.ago(self.dates.year), self.dates.ago(85)))
        self.year.run()

    def tell(self, item: Told) -> None:
        """Tell one thing that happened."""
        at = self._after_what_was_told(item)
        match item["what"]:
            case "mail_out":
                self._mail_out(item, at)
            case "mail_in":
                self._mail_in(item, at)
            case "call" | "text_out":
                self._spoke(item, at)
            case "promise":
                self._promise(item, at)
            case "put_right":
                self._put_right(item, at)
            case "write":
                due = self.dates.at(self.dates.ago(-item["due"]), 17 * 60)
                self.life.extras.append(Extra(item["purpose"], at, due=due))
            case _:
                self._happened(item, at)

    def _after_what_was_told(self, item: Told) -> datetime:
        """Return when it happened: where a Sunday moved it before what led to it, soon after that."""
        at = self._moment(item)
        if self.last is not None and at <= self.last:
            at = self.dates.office(self.last + timedelta(minutes=25))
        self.last = at
        return at

    def _happened(self, item: Told, at: datetime) -> None:
        entry = Entry(
            Happening(item["what"]),
            at,
            visit=item.get("visit", "routine" if "visit" in item["what"] else ""),
            note=item.get("note", ""),
            about=item.get("about", ""),
            by=item.get("by", ""),
            amount=item.get("amount"),
            rating=item.get("rating"),
            at_stop="visit_" in item["what"] and item.get("visit") != "repair",
        )
        self.life.entries.append(entry)
        if opens_a_case(entry.what, entry.rating):
            self.life.wrongs.append(Wrong(entry, entry.about or entry.note))

    def _mail_out(self, item: Told, at: datetime) -> None:
        entry, point = self._for(item, at)
        purpose = point.purpose if point else Purpose(item.get("purpose", Purpose.AD_HOC))
        counts = not (point.is_transactional if point else PURPOSES[purpose].transactional)
        template = point.template if point else f"{purpose}/ad_hoc"
        text = self.year.words.framed(self.life, self._filled(item["text"].strip(), at))
        answers = entry.letter if entry else None
        letter = Letter(at, item["subject"], text, purpose=purpose, template=template, counts=counts, answers=answers)
        self.life.letters.append(letter)
        self._settle(item, entry, Settled(Outcome.SENT, at, letter=letter), purpose)
        self.life.entries.append(
            Entry(
                Happening.MESSAGE_OUT,
                at,
                note=text,
                about=letter.subject,
                counts=counts,
                purpose=purpose,
                letter=letter,
            )
        )

    def _mail_in(self, item: Told, at: datetime) -> None:
        ours = next((each for each in reversed(self.life.letters) if each.out and each.at < at), None)
        answers = ours if item["subject"].startswith("Re: ") else None
        letter = Letter(at, item["subject"], item["text"], out=False, answers=answers)
        self.life.letters.append(letter)
        entry = Entry(Happening.MESSAGE_IN, at, note=item["text"], about=item["subject"], letter=letter)
        self.life.entries.append(entry)
        if "skip" in item:
            done = Settled(Outcome.SKIPPED, at + timedelta(minutes=30), item["skip"])
            self.life.settled["message", "answer", entry] = done

    def _spoke(self, item: Told, at: datetime) -> None:
        entry, point = self._for(item, at)
        called = item["what"] == "call"
        outcome = Outcome.CALLED if called else Outcome.TEXTED
        counts = not point.is_transactional if point else True
        self._settle(item, entry, Settled(outcome, at, item["note"]), "")
        what = Happening.CALL if called else Happening.MESSAGE_OUT
        about = ("Called" if called else "Text sent") if point else ""
        purpose = str(point.purpose) if point else ""
        self.life.entries.append(Entry(what, at, note=item["note"], about=about, counts=counts, purpose=purpose))

    def _promise(self, item: Told, at: datetime) -> None:
        day = _next_month(self.dates.today) if item.get("due_next_month") else self.dates.ago(-item["due"])
        clock = time.fromisoformat(item["due_at"]) if "due_at" in item else None
        if clock and day == self.dates.today:
            clock = self._still_to_come(clock)
        due = self.dates.at(day, clock.hour * 60 + clock.minute) if clock else end_of_day(day, self.dates.zone)
        self.life.vows.append(Vow(self._filled(item["about"], at), at, day, clock, due))

    def _still_to_come(self, clock: time) -> time | None:
        """Return the time, or later today where it has gone by; late in the evening, today is all there is to say."""
        minute = max(clock.hour * 60, (self.dates.minute_of(self.dates.now) // 60 + 2) * 60)
        return time(minute // 60) if minute < 22 * 60 else None

    def _put_right(self, item: Told, at: datetime) -> None:
        wrong, note = self.life.wrongs[-1], self._filled(item["note"], at, absolute=True)
        wrong.state, wrong.put_right_at = "put_right", at
        self.life.entries.append(Entry(Happening.CASE_RESOLVED, at, note=note))

    def _for(self, item: Told, at: datetime) -> tuple[Entry | None, Touchpoint | None]:
        """Return the happening and the touchpoint an item was for."""
        if "settles" not in item:
            return None, None
        found = _touchpoint(self.town, item["settles"])
        if found is None:
            return None, None  # a journey that is not there asks for nothing
        journey, point = found
        fitting = [e for e in self.life.entries if e.at <= at and _starts(journey, e)]
        return max(fitting, key=_when), point

    def _settle(self, item: Told, entry: Entry | None, settled: Settled, purpose: str) -> None:
        if entry is not None:
            journey, _, point = item["settles"].partition("/")
            self.life.settled[journey, point, entry] = settled
        elif purpose:
            self.life.extras.append(Extra(purpose, settled.at, settled=settled))

    def _moment(self, item: Told) -> datetime:
        if "slot" in item:
            slots = self.dates.slots()
            extra = 2 if item["what"] == "promise" else 0
            return slots[int(item["slot"] * (len(slots) - 1))] + timedelta(minutes=extra)
        clock = time.fromisoformat(item["at"])
        return self.dates.at(self._day(item), clock.hour * 60 + clock.minute)

    def _day(self, item: Told) -> date:
        if "day" in item:
            return self.days[item["day"]]
        day = self.dates.ago(item["ago"])
        if "on" in item:
            day -= timedelta(days=(day.weekday() - item["on"]) % 7)
        if day.weekday() == SUNDAY and item["what"] != "mail_in":
            day -= timedelta(days=1)
        return day

    def _filled(self, text: str, at: datetime, *, absolute: bool = False) -> str:
        seen = self.dates.day_of(at)
        known = {
            name: _dated(self.dates, day) if absolute else self.dates.said_day(day, seen)
            for name, day in self.days.items()
        }
        quoted = [e for e in self.life.entries if e.what == Happening.QUOTE_SENT]
        if quoted:
            known["quote_sent"] = self.dates.bare(self.dates.day_of(quoted[-1].at), seen)
        known["next_month"] = self.dates.month(_next_month(self.dates.today))
        return capital(text.format_map(known)) if text[:1] == "{" else text.format_map(known)


def _touchpoint(town: Town, name: str) -> tuple[Journey, Touchpoint] | None:
    key, _, point = name.partition("/")
    there = (j for journeys in town.journeys.values() for j in journeys if j.key == key)
    return next(((journey, t) for journey in there for t in journey.touchpoints if t.key == point), None)


def _starts(journey: Journey, entry: Entry) -> bool:
    return journey.trigger.fits(entry.what, visit=entry.visit, rating=entry.rating)


def _when(entry: Entry) -> datetime:
    return entry.at


def _dated(dates: Dates, day: date) -> str:
    return f"on {day.day} {dates.month(day)}"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
