"""What comes round with time in a customer's year: seasons, anniversaries, renewals, warranties."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from followup_desktop.base.wording import day_words, running
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.demo.model import Entry, Life
from followup_desktop.core.demo.rules.year import Year
from followup_desktop.core.equipment.model import Agreement, AgreementId, Belongings, Equipment, EquipmentId
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import Journey, Moment
from followup_desktop.core.journeys.rules.known import Known, Occurrence, Span
from followup_desktop.core.journeys.rules.moments import moments


def belongings(life: Life, equipment: int = 0, agreements: int = 0) -> Belongings:
    """Return what a customer owns and has agreed, counted from the keys given."""
    owner = CustomerId(life.key)
    return Belongings(
        tuple(Equipment(EquipmentId(equipment + n), owner, each) for n, each in enumerate(life.owns)),
        tuple(Agreement(AgreementId(agreements + n), owner, each) for n, each in enumerate(life.agreements)),
    )


def come_round(year: Year, first_visit: date | None) -> None:
    """Let time alone start what it starts in the year."""
    life, now = year.life, year.dates.now
    known = Known(
        life.key,
        year.dates.zone,
        stage=life.person.stage,
        first_visit=first_visit,
        since=life.person.since or year.dates.day_of(life.known_since),
        belongings=belongings(life),
    )
    span = Span(now - timedelta(days=year.dates.year), now, now)
    for journey in _with_moments(year):
        if life.person.stage in journey.only_if.stage:
            for each in moments(journey.trigger, known, span):
                year.later(each.at, partial(_begin, year, journey, each))


def _with_moments(year: Year) -> list[Journey]:
    kinds = (each for each in Moment if each is not Moment.QUIET_TOO_LONG)  # that one the year itself listens for
    return [journey for kind in kinds for journey in year.journeys.get(kind, ())]


def _begin(year: Year, journey: Journey, occurrence: Occurrence, at: object) -> None:
    entry = Entry(Happening.NOTE, occurrence.at, moment=occurrence.key, told=_told(year, occurrence))
    year.begin(journey, entry)


def _told(year: Year, occurrence: Occurrence) -> dict[str, str]:
    """Return what letters may say of it: what runs out, and when."""
    kind, place, *_ = (*occurrence.key.split("-"), "")
    if kind not in ("agreement", "warranty", "service"):
        return {}
    owned, agreed = year.life.owns, year.life.agreements
    what = agreed[int(place)].what if kind == "agreement" else owned[int(place)].what
    day = date.fromisoformat(occurrence.key.split("-", 2)[2])
    return {"thing": what, "until": running(day_words(day))}
