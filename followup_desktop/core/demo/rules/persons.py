"""Invent customers: a name, an address in a town that is on no map, an email nobody has, a number nobody answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from followup_desktop.core.customers.model import Person
from followup_desktop.core.customers.rules import fold
from followup_desktop.core.demo.model import Material, Told
from followup_desktop.core.demo.rules.dates import Dates


@dataclass
class Persons:
    """Invents people one after the other, no two of the same name while there are names left."""

    material: Material
    dates: Dates
    _names: set[str] = field(default_factory=set)
    _mails: set[str] = field(default_factory=set)
    _number: int = 142

    def invent(self, rng: Random) -> Person:
        """Invent somebody."""
        given, family = self._name(rng)
        company = rng.choice(self.material.companies) if rng.random() < 0.05 else ""
        if company in self._names:
            company = ""
        self._names.add(company)
        person = Person(
            given_name=given,
            family_name=family,
            company=company,
            email="" if rng.random() < 0.05 else self._mail(rng, given, family),
            phone="" if rng.random() < 0.04 else self.next_phone(),
            street=f"{rng.randrange(1, 60)} {rng.choice(self.material.streets)}",
            since=self.dates.ago(rng.randrange(380, 2600)),
            notes=rng.choice(self.material.notes["customers"]) if rng.random() < 0.35 else "",
            access_note=rng.choice(self.material.notes["access"]) if rng.random() < 0.3 else "",
        )
        return self._in_town(person)

    def companion(self, rng: Random, other: Person) -> Person:
        """Invent somebody who lives with `other`."""
        given = rng.choice(self.material.given)
        same = rng.random() < 0.8
        family = other.family_name if same else rng.choice(self.material.family)
        return replace(
            other,
            given_name=given,
            family_name=family,
            company="",
            email=self._mail(rng, given, family),
            phone=self.next_phone(),
            notes="",
            access_note="",
        )

    def told(self, told: Told) -> Person:
        """Take somebody from the file of people; an email or number left out is made up."""
        given, family, company = told.get("given", ""), told.get("family", ""), told.get("company", "")
        self._names.add(f"{given} {family}")
        person = Person(
            given_name=given,
            family_name=family,
            company=company,
            email=told.get("email", self._mail(Random(0), given, family or company)),
            phone=told.get("phone", self.next_phone()),
            street=told["street"],
            stage=told["stage"],
            channel=told.get("channel", ""),
            language=told.get("language", ""),
            notes=told.get("notes", ""),
            access_note=told.get("access", ""),
            since=self.dates.today - timedelta(days=told["since"]),
        )
        return self._in_town(person)

    def next_phone(self) -> str:
        """Return a number nobody answers, from those kept free for stories."""
        self._number += 37
        return f"+155501{self._number % 100_000:05d}"

    def _name(self, rng: Random) -> tuple[str, str]:
        for _ in range(20):
            given, family = rng.choice(self.material.given), rng.choice(self.material.family)
            if f"{given} {family}" not in self._names:
                break
        self._names.add(f"{given} {family}")
        return given, family

    def _mail(self, rng: Random, given: str, family: str) -> str:
        name = ".".join(fold(part).replace(" ", "") for part in (given, family) if part)
        at = rng.choice(self.material.mail_at)
        number = 1
        mail = f"{name}@{at}"
        while mail in self._mails:
            number += 1
            mail = f"{name}{number}@{at}"
        self._mails.add(mail)
        return mail

    def _in_town(self, person: Person) -> Person:
        business = self.material.business
        return replace(
            person,
            city=business["city"],
            region=business["region"],
            postal_code=business["postal_code"],
            country=business["country"],
        )
