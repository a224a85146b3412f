"""Read journey files (TOML) into journeys; a file that is wrong is explained and left out, the others still load."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import (
    CHANNELS,
    HAPPENINGS,
    MOMENTS,
    QUESTIONS,
    RUNS_OUT,
    STAGES,
    STOPS,
    VISIT_KINDS,
    Journey,
    JourneyProblem,
    Moment,
    OnlyIf,
    Source,
    Touchpoint,
    Trigger,
    Where,
)

E = TypeVar("E", bound=StrEnum)

_JOURNEY_KEYS = frozenset(
    {
        "name", "objective", "source", "stages", "version", "on_at_start", "starts_on", "only_if", "stops_on",
        "not_within", "touchpoints",
    }
)  # fmt: skip
_TOUCHPOINT_KEYS = frozenset(
    {
        "key", "name", "purpose", "template", "due", "at", "opens_before", "closes", "channels", "transactional",
        "priority", "question", "stops_on", "restarts_on", "leads_to",
        "follows",
    }
)  # fmt: skip
_MOMENT_KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{str(moment): frozenset({"before"}) for moment in RUNS_OUT},
        Moment.QUIET_TOO_LONG: frozenset({"after"}),
        Moment.SEASON: frozenset({"on"}),
        Moment.REGULARLY: frozenset({"every"}),
    }
)
"""What may be said of a moment beside its name."""
_HAPPENING_KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Happening.VISIT_DONE: frozenset({"visit"}),
        Happening.VISIT_MISSED: frozenset({"visit"}),
        Happening.VISIT_LATE: frozenset({"visit"}),
        Happening.RATING: frozenset({"rating_at_least", "rating_at_most"}),
        Happening.NPS: frozenset({"rating_at_least", "rating_at_most"}),
    }
)
"""What may be said of a happening beside its name. A review request cannot go by the rating: it starts with a visit."""
_TRIGGER_KEYS = frozenset({"happening"}.union(*_MOMENT_KEYS.values(), *_HAPPENING_KEYS.values()))
_ONLY_IF_KEYS = frozenset({"stage", "route", "had_visit", "never_had_visit", "owns", "agreement", "no_open_case"})
_WHOSE_TIME_COMES = frozenset({Stage.NEW, Stage.REGULAR, Stage.ADVOCATE})
"""Whom a moment concerns where the file does not say: nobody who left or paused, and nobody who never came."""

_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(1), "week": timedelta(7)}
_DURATION = re.compile(r"(-?\d{1,4}) (minute|hour|day|week)s?")
_LONGEST = timedelta(days=3660)


def load_journeys(
    files: Mapping[str, str], templates: Collection[str] | None = None
) -> tuple[list[Journey], list[JourneyProblem]]:
    """Read journey files by name; `templates` are the known template keys, or None to take each on trust."""
    journeys: dict[str, Journey] = {}
    problems: list[JourneyProblem] = []
    for name, text in sorted(files.items()):
        reading = _Reading(name, templates)
        journey = reading.journey(text)
        if journey and journey.key in journeys:
            reading.note("", f"there is a journey “{journey.key}” already; give this file another name")
        if journey and not reading.problems:
            journeys[journey.key] = journey
        problems += reading.problems
    for journey, text in _endless(list(journeys.values())):
        problems.append(JourneyProblem(f"{journey.key}.toml", "starts_on", text))
        del journeys[journey.key]
    return list(journeys.values()), problems


def read_journey(
    key: str, text: str, others: Iterable[Journey] = (), templates: Collection[str] | None = None
) -> tuple[Journey | None, list[JourneyProblem]]:
    """Read one journey that is to stand among others; None, with what is wrong, where it cannot.

    `others` are all journeys there are; the one it takes the place of is passed over.
    """
    found, problems = load_journeys({f"{key}.toml": text}, templates)
    if not found:
        return None, problems
    (journey,) = found
    beside = [each for each in others if each.key != key]
    endless = [text for each, text in _endless([journey, *beside]) if each.key == key]
    return (None, [JourneyProblem(f"{key}.toml", "starts_on", endless[0])]) if endless else (journey, [])


def _endless(journeys: list[Journey]) -> list[tuple[Journey, str]]:
    """Find journeys that would start themselves again and again, alone or by way of others."""
    follows = {each.key: [other for other in journeys if other.trigger.happening in _brings(each)] for each in journeys}
    found: list[tuple[Journey, str]] = []
    for journey in journeys:
        way = _way_back(journey, follows)
        if way is not None:
            by = f" by way of {', '.join(each.name for each in way)}" if way else ""
            text = f"it would start itself again without end{by}: {_brought(journey)} starts it anew"
            found.append((journey, text))
    return found


def _way_back(start: Journey, follows: Mapping[str, list[Journey]]) -> list[Journey] | None:
    """Return the journeys between a journey and its own return, or None where it never comes back."""
    ways: list[tuple[Journey, list[Journey]]] = [(start, [])]
    seen: set[str] = set()
    while ways:
        journey, way = ways.pop(0)
        for follower in follows[journey.key]:
            if follower.key == start.key:
                return way
            if follower.key not in seen:
                seen.add(follower.key)
                ways.append((follower, [*way, follower]))
    return None


def _brings(journey: Journey) -> frozenset[str]:
    """Return every happening that carrying out the journey brings about by itself."""
    return frozenset().union(*(each.leads_to for each in journey.touchpoints))


def _brought(journey: Journey) -> str:
    return f"“{journey.trigger.happening}”"


@dataclass
class _Reading:
    """One file as it is read, with what was found wrong in it."""

    file: str
    templates: Collection[str] | None
    problems: list[JourneyProblem] = field(default_factory=list)

    def note(self, where: str, text: str) -> None:
        """Note something wrong."""
        self.problems.append(JourneyProblem(self.file, where, text))

    def journey(self, text: str) -> Journey | None:
        """Read the file; None where it cannot be read at all."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.note(*_where_it_broke(error))
            return None
        self.unknown_keys(table, _JOURNEY_KEYS, "")
        starts_on = self.table(table, "starts_on")
        trigger = self.trigger(starts_on) if starts_on else Trigger("note")
        stops_on = frozenset(self.some_of(table, "stops_on", STOPS, ""))
        return Journey(
            key=self.file.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".toml"),
            name=self.text(table, "name", ""),
            objective=self.text(table, "objective", ""),
            trigger=trigger,
            source=self.one_of(table, "source", Source, "", Source.JOURNEY) if "source" in table else Source.JOURNEY,
            stages=tuple(self.some_of(table, "stages", STAGES, "")),
            touchpoints=tuple(self.touchpoints(table, stops_on)),
            version=self.number(table, "version", "", 1) or 1,
            on_at_start=self.yes_or_no(table, "on_at_start", "", otherwise=True) is not False,
            only_if=self.only_if(table, trigger),
            not_within=self.duration(table, "not_within", ""),
        )

    def trigger(self, table: Mapping[str, Any]) -> Trigger:
        """Read what starts the journey."""
        where = "starts_on"
        self.unknown_keys(table, _TRIGGER_KEYS, where)
        happening = self.text(table, "happening", where)
        known = HAPPENINGS | MOMENTS
        if happening and happening not in known:
            self.note(where, f"nothing called “{happening}” ever happens{_near(happening, known)}")
        self.misplaced(table, happening, where)
        visit = frozenset(self.some_of(table, "visit", VISIT_KINDS, where))
        least, most = self.number(table, "rating_at_least", where), self.number(table, "rating_at_most", where)
        if least is not None and most is not None and least > most:
            self.note(where, f"no rating is at least {least} and at most {most}")
        if happening == Moment.SEASON and "on" not in table:
            self.note(where, 'it does not say when the season begins, such as on = "11-01" for 1 November')
        usual = Trigger(happening)
        return Trigger(
            happening,
            Where(visit, least, most),
            before=self.stretch(table, "before", where, usual.before),
            after=self.stretch(table, "after", where, usual.after),
            on=self.day_of_year(table, where),
            every=self.stretch(table, "every", where, usual.every),
        )

    def misplaced(self, table: Mapping[str, Any], happening: str, where: str) -> None:
        """Note what cannot be said of what starts the journey."""
        if happening not in HAPPENINGS | MOMENTS:
            return
        may = (_MOMENT_KEYS if happening in MOMENTS else _HAPPENING_KEYS).get(happening, frozenset())
        for key in table:
            if key in _TRIGGER_KEYS - may - {"happening"}:
                self.note(where, f"“{key}” says nothing about “{happening}”")

    def stretch(self, table: Mapping[str, Any], key: str, where: str, usual: timedelta) -> timedelta:
        """Read a stretch of at least a day, or return the usual one."""
        given = self.duration(table, key, where)
        if given is not None and given < timedelta(days=1):
            self.note(where, f"its {key} is at least a day")
        return usual if given is None else given

    def day_of_year(self, table: Mapping[str, Any], where: str) -> tuple[int, int]:
        """Read a day that comes every year: on = "11-01"."""
        given = table.get("on")
        match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", given.strip()) if isinstance(given, str) else None
        try:
            day = date(2027, int(match[1]), int(match[2])) if match else None
        except ValueError:
            day = None
        if given is not None and day is None:
            odd = "; 29 February does not come every year" if given == "02-29" else ""
            self.note(where, f'“{given}” is no day of every year; write month and day, such as on = "11-01"{odd}')
        return (day.month, day.day) if day else (1, 1)

    def only_if(self, table: Mapping[str, Any], trigger: Trigger) -> OnlyIf:
        """Read what must be true of the customer."""
        where = "only_if"
        given = table.get(where, {})
        if not isinstance(given, dict):
            self.note(where, "write it as a part of its own: [only_if]")
            return OnlyIf()
        self.unknown_keys(given, _ONLY_IF_KEYS, where)
        stage = frozenset(self.some_of(given, "stage", STAGES, where))
        had = frozenset(self.some_of(given, "had_visit", VISIT_KINDS, where))
        never = frozenset(self.some_of(given, "never_had_visit", VISIT_KINDS, where))
        if had & never:
            self.note(where, f"nobody had and never had a {', '.join(sorted(had & never))} visit")
        return OnlyIf(
            stage=stage or (frozenset(map(str, _WHOSE_TIME_COMES)) if trigger.moment else frozenset()),
            route=frozenset(self.words(given, "route", where)),
            had_visit=had,
            never_had_visit=never,
            owns=frozenset(self.words(given, "owns", where)),
            agreement=self.yes_or_no(given, "agreement", where),
            no_open_case=self.yes_or_no(given, "no_open_case", where) is True,
        )

    def touchpoints(self, table: Mapping[str, Any], stops_on: frozenset[str]) -> Iterable[Touchpoint]:
        """Read the touchpoints in their order; `stops_on` holds for those that say nothing of their own."""
        listed = table.get("touchpoints")
        if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
            self.note("", "it has no touchpoint; write at least one [[touchpoints]]")
            return
        keys: set[str] = set()
        for place, each in enumerate(listed, 1):
            touchpoint = self.touchpoint(each, str(each.get("key") or f"touchpoint {place}"), stops_on)
            if touchpoint.follows and touchpoint.follows not in keys:
                self.note(touchpoint.key, f"it follows “{touchpoint.follows}”, but none before it is called so")
            if touchpoint.key in keys:
                self.note(touchpoint.key, "two touchpoints have this key; each needs its own")
            keys.add(touchpoint.key)
            yield touchpoint

    def touchpoint(self, table: Mapping[str, Any], where: str, stops_on: frozenset[str] = frozenset()) -> Touchpoint:
        """Read one touchpoint."""
        self.unknown_keys(table, _TOUCHPOINT_KEYS, where)
        offset = self.duration(table, "due", where) or timedelta()
        closes = self.duration(table, "closes", where)
        if "due" not in table:
            self.note(where, 'it does not say when it is due, such as due = "2 hours" or due = "at once"')
        if closes is not None and closes <= offset:
            self.note(where, "it closes before it is due")
        channels = tuple(self.some_of(table, "channels", CHANNELS, where)) or ("email",)
        question = self.question(table, where)
        return Touchpoint(
            key=self.text(table, "key", where),
            name=self.text(table, "name", where),
            purpose=self.one_of(table, "purpose", Purpose, where, Purpose.AD_HOC),
            template=self.template(table, where),
            offset=offset,
            at=self.clock(table, where),
            opens_before=self.duration(table, "opens_before", where) or timedelta(),
            closes_after=closes,
            channels=channels,
            transactional=self.yes_or_no(table, "transactional", where),
            priority=self.priority(table, where),
            question=question,
            stops_on=frozenset(self.some_of(table, "stops_on", STOPS, where)) if "stops_on" in table else stops_on,
            restarts_on=frozenset(self.some_of(table, "restarts_on", HAPPENINGS, where)),
            leads_to=brings_by_itself(channels, question).union(self.some_of(table, "leads_to", HAPPENINGS, where)),
            follows=self.text(table, "follows", where) if "follows" in table else "",
        )  # fmt: skip

    def template(self, table: Mapping[str, Any], where: str) -> str:
        """Read the template's key and make sure there is such a template."""
        key = self.text(table, "template", where)
        if key and self.templates is not None and key not in self.templates:
            self.note(where, f"there is no template “{key}”{_near(key, self.templates)}")
        return key

    def question(self, table: Mapping[str, Any], where: str) -> str | None:
        """Read which question is asked along the way, if any."""
        if "question" not in table:
            return None
        asked = self.text(table, "question", where)
        if asked and asked not in QUESTIONS:
            self.note(where, f"there is no question “{asked}”; there are {', '.join(sorted(QUESTIONS))}")
        return asked or None

    def clock(self, table: Mapping[str, Any], where: str) -> time | None:
        """Read a time of day: at = "09:00"."""
        given = table.get("at")
        if given is None or isinstance(given, time):
            return given
        try:
            return time.fromisoformat(str(given).strip().zfill(5))
        except ValueError:
            self.note(where, f"“{given}” is not a time of day; write it like 09:00")
            return None

    def duration(self, table: Mapping[str, Any], key: str, where: str) -> timedelta | None:
        """Read a stretch of time in words: "2 hours", "3 days", "at once"."""
        given = table.get(key)
        if given is None:
            return None
        if given == "at once":
            return timedelta()
        match = _DURATION.fullmatch(" ".join(str(given).split()).removeprefix("day ") if isinstance(given, str) else "")
        if not match:
            self.note(where, f'“{given}” is not a stretch of time; write {key} = "2 hours" or "3 days"')
            return None
        length = int(match[1]) * _UNITS[match[2]]
        if length < timedelta():
            self.note(where, f"“{given}” lies before what starts the journey; {key} counts forward from it")
            return None
        if length > _LONGEST:
            self.note(where, f"“{given}” is more than ten years away")
            return None
        return length

    def priority(self, table: Mapping[str, Any], where: str) -> int:
        """Read the priority, 0 to 100."""
        given = self.number(table, "priority", where, 50)
        if given is None or not 0 <= given <= 100:
            self.note(where, "its priority is a number from 0 to 100")
            return 50
        return given

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        """Read words that must be there."""
        given = table.get(key)
        if isinstance(given, str) and given.strip():
            return given.strip()
        missing = given is None or isinstance(given, str)
        self.note(where, f"its {key} is missing" if missing else f"its {key} has to be words in quotation marks")
        return ""

    def number(self, table: Mapping[str, Any], key: str, where: str, otherwise: int | None = None) -> int | None:
        """Read a whole number, if it is there."""
        given = table.get(key, otherwise)
        if given is None or (isinstance(given, int) and not isinstance(given, bool)):
            return given
        self.note(where, f"its {key} has to be a whole number")
        return otherwise

    def yes_or_no(
        self, table: Mapping[str, Any], key: str, where: str, *, otherwise: bool | None = None
    ) -> bool | None:
        """Read true or false, if it is there."""
        given = table.get(key, otherwise)
        if given is None or isinstance(given, bool):
            return given
        self.note(where, f"its {key} is either true or false")
        return otherwise

    def one_of(self, table: Mapping[str, Any], key: str, among: type[E], where: str, otherwise: E) -> E:
        """Read one of a known list of words."""
        given = self.text(table, key, where)
        known = {str(each.value): each for each in among}
        if given and given not in known:
            self.note(where, f"there is no {key} “{given}”{_near(given, known)}")
        return known.get(given, otherwise)

    def some_of(self, table: Mapping[str, Any], key: str, among: Collection[str], where: str) -> list[str]:
        """Read any of a known list of words, alone or in square brackets."""
        given = table.get(key, [])
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            self.note(where, f"its {key} is a list of words in square brackets")
            return []
        for each in listed:
            if each not in among:
                self.note(where, f"its {key} does not know “{each}”{_near(each, among)}")
        return [each for each in dict.fromkeys(listed) if each in among]

    def words(self, table: Mapping[str, Any], key: str, where: str) -> list[str]:
        """Read words of the owner's own, alone or in square brackets."""
        given = table.get(key, [])
        listed = [given] if isinstance(given, str) else given
        if isinstance(listed, list) and all(isinstance(each, str) and each.strip() for each in listed):
            return [" ".join(each.split()).casefold() for each in listed]
        self.note(where, f"its {key} is a list of words in square brackets")
        return []

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
        """Read a part in square brackets that must be there."""
        given = table.get(key)
        if isinstance(given, dict):
            return given
        self.note("", f"the part [{key}] is missing")
        return None

    def unknown_keys(self, table: Mapping[str, Any], known: Collection[str], where: str) -> None:
        """Note what is written but would have no effect."""
        for key in table:
            if key not in known:
                self.note(where, f"“{key}” means nothing here{_near(key, known)}")


def brings_by_itself(channels: tuple[str, ...], question: str | None) -> frozenset[str]:
    """Return what carrying out a touchpoint always brings about: a message or a call, and an answer to its question."""
    written = {"message_out"} if {"email", "text", "card"} & set(channels) else set()
    called = {"call"} if "call" in channels else set()
    asked = {"csat": {"rating"}, "nps": {"nps"}}.get(question or "", set())
    return frozenset(written | called | asked)


def _near(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""


def _where_it_broke(error: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """Word a mistake in the writing of the file, with its line."""
    place = re.search(r"\(at (line \d+), column \d+\)", str(error))
    return (place[1] if place else ""), "this line cannot be read; is a quotation mark or a bracket missing?"
