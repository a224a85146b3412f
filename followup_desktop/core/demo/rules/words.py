"""Find words for a letter: one that has all its facts, filled with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TypeVar

from followup_desktop.core.demo.model import Entry, Letters, Life, Material, Told, Work
from followup_desktop.core.demo.rules.dates import Dates
from followup_desktop.core.routes.rules import next_day

T = TypeVar("T")


@dataclass
class Words:
    """The words of the demo's files, the calendar they speak of, and the lot that chooses among them."""

    material: Material
    dates: Dates
    rng: Random
    used: set[str] = field(default_factory=set)
    """What this customer has had already."""

    def fresh(self, items: Sequence[T], named: Callable[[T], str]) -> T:
        """Choose something this customer has not had yet, while there is something."""
        chosen = self.rng.choice([item for item in items if named(item) not in self.used] or items)
        self.used.add(named(chosen))
        return chosen

    def letter(self, to: str, life: Life, entry: Entry, at: datetime, **more: str) -> tuple[str, str] | None:
        """Return subject and text for a template, or None where no text of it has all its facts."""
        facts = self.facts(life, entry, at) | more
        known = {key for key, value in facts.items() if value}
        month = self.dates.day_of(at).month
        fitting = [
            each
            for each in self.material.letters.get(to, ())
            if each.needs <= known and (not each.months or month in each.months)
        ]
        return self._filled(self.fresh(fitting, _by_text), life, facts) if fitting else None

    def facts(self, life: Life, entry: Entry, at: datetime) -> dict[str, str]:
        """Return what is known for a letter about an entry, written at a moment."""
        dates = self.dates
        return {
            "what": entry.about,
            "when": dates.said(entry.at, at),
            "since": dates.bare(dates.day_of(entry.at), dates.day_of(at)),
            "tech": entry.by,
            "note": entry.note,
            "words": entry.note,
            "amount": dollars(entry.amount),
            "score": str(entry.rating or ""),
            "who": entry.about,
            "phone": str(self.material.business["phone"]),
            "next": self.next_visit(life, dates.day_of(at)),
            "member": self._member(life, dates.day_of(at)),
            **entry.told,
        }

    def _member(self, life: Life, seen: date) -> str:
        """Say since when somebody is a customer, where that is a while ago."""
        since = life.person.since
        return f"{self.dates.month(since)} {since.year}" if since and (seen - since).days > 60 else ""

    def next_visit(self, life: Life, after: date) -> str:
        """Say when the customer is visited next, or nothing."""
        place = life.place
        if place is None:
            return ""
        weekday = self.material.rounds[place.route % len(self.material.rounds)].weekday
        return self.dates.said_day(next_day(weekday, place.weeks, place.from_day, after), after)

    def plain(self, text: str, life: Life, at: datetime, tech: str) -> str:
        """Fill the few fields that a customer's or an answer's words have."""
        phone = str(self.material.business["phone"])
        return text.format(tech=tech, phone=phone, next=self.next_visit(life, self.dates.day_of(at)))

    def framed(self, life: Life, text: str) -> str:
        """Put greeting and signature around a text."""
        hello = f"Hi {life.person.given_name}," if life.person.given_name else "Hello,"
        owner = str(self.material.business["owner"]).split(" ")[0]
        return f"{hello}\n\n{text}\n\n{owner}\n{self.material.business['name']}"

    def _filled(self, chosen: Letters, life: Life, facts: Mapping[str, str]) -> tuple[str, str]:
        return capital(chosen.subject.format_map(facts)), self.framed(life, capital(chosen.text.format_map(facts)))


def by_name(told: Told) -> str:
    """Name a table of the demo's files by what it is about."""
    return str(told.get("what") or told.get("subject"))


def by_what(work: Work) -> str:
    """Name something sold or repaired."""
    return work.what


def _by_text(letters: Letters) -> str:
    return letters.text


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def dollars(cents: int | None) -> str:
    """Write an amount in whole dollars, or nothing."""
    return "" if cents is None else f"${cents // 100:,}"
