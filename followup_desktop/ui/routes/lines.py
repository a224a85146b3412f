"""A day's stops in the words of the table and of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from followup_desktop.base.wording import count_words, list_words, long_date_words
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.model import Happening
from followup_desktop.core.routes.model import Piece, RouteDay, StopId, Tone, Visit

NOTHING = "–"
LONGEST = 140
"""Characters of a note that stand in the table; the whole is in its tip and on the sheet."""

DONE = (Happening.VISIT_DONE, Happening.VISIT_LATE)


@dataclass(frozen=True, slots=True)
class StopLine:
    """One row: a stop with everything in words. `number` counts along its route."""

    stop: StopId
    customer: CustomerId
    route: int
    number: int
    name: str
    second: str
    tags: tuple[Piece, ...]
    notes: tuple[str, ...]
    question: str
    why: str
    state: str
    state_words: str
    state_tone: Tone
    technician: str
    phone: str

    @property
    def planned(self) -> bool:
        """Whether nothing has happened at it yet."""
        return self.state == "planned"

    def known(self) -> str:
        """Return what to know in one text."""
        return ". ".join([*(tag.text for tag in self.tags), *self.notes])


def stop_lines(day: RouteDay, route: int | None = None) -> list[StopLine]:
    """Return the rows of a day, all or those of one route."""
    several = len({visit.stop.route_id for visit in day.visits}) > 1
    lines: list[StopLine] = []
    numbers: dict[int, int] = {}
    for visit in day.visits:
        key = int(visit.stop.route_id)
        numbers[key] = numbers.get(key, 0) + 1
        if route is None or key == route:
            lines.append(_line(visit, numbers[key], day, several=several))
    return lines


def _line(visit: Visit, number: int, day: RouteDay, *, several: bool) -> StopLine:
    stop = visit.stop
    driver = (stop.technician or stop.route) if several else ""
    words, tone = _state(stop.state, over=day.day < day.today)
    return StopLine(
        stop=stop.stop,
        customer=stop.customer,
        route=int(stop.route_id),
        number=number,
        name=stop.name,
        second=" · ".join(part for part in (stop.street, driver) if part),
        tags=tuple(piece for piece in visit.know if piece.tone is not None),
        notes=tuple(piece.text for piece in visit.know if piece.tone is None),
        question=visit.ask.text if visit.ask else "",
        why=visit.ask.why if visit.ask else "",
        state=stop.state,
        state_words=words,
        state_tone=tone,
        technician=stop.technician,
        phone=stop.phone,
    )


def _state(state: str, *, over: bool) -> tuple[str, Tone]:
    if state == "planned" and over:
        return "Not marked", "warning"
    return _STATES.get(state, (state, "neutral"))


_STATES: dict[str, tuple[str, Tone]] = {
    "planned": ("Planned", "neutral"),
    Happening.VISIT_DONE: ("Done", "good"),
    Happening.VISIT_MISSED: ("Missed", "danger"),
    Happening.VISIT_LATE: ("Late", "warning"),
}


def day_title(day: RouteDay, lines: Sequence[StopLine]) -> str:
    """Say which day it is, how many stops, and who drives: "Tuesday 24 November · 8 stops · Luis"."""
    words = [long_date_words(day.day, day.today)]
    if lines:
        done = sum(line.state in DONE for line in lines)
        words.append(count_words(len(lines), "stop", "stops") + (f", {done} done" if done else ""))
        drivers = list(dict.fromkeys(line.technician for line in lines if line.technician))
        words.append(list_words(drivers) if drivers else "")
    return " · ".join(filter(None, words))


def first_day(day: RouteDay) -> date:
    """Return the first day from today on that has stops; today where none has."""
    for ahead in range(7):
        found = day.today.fromordinal(day.today.toordinal() + ahead)
        if found.weekday() in day.weekdays:
            return found
    return day.today


def cut(text: str, most: int = LONGEST) -> str:
    """Return a text, shortened where it is too long for a cell."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
