"""Write a journey the way its file is written: what is read back is the same journey. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import timedelta

from followup_desktop.core.journeys.model import RUNS_OUT, Journey, Moment, OnlyIf, Source, Touchpoint, Trigger
from followup_desktop.core.journeys.rules.loading import brings_by_itself

_UNITS = ((timedelta(weeks=1), "week"), (timedelta(days=1), "day"), (timedelta(hours=1), "hour"))


def journey_text(journey: Journey) -> str:
    """Return the journey as TOML."""
    parts = [
        _line("name", journey.name),
        _line("objective", journey.objective),
        _line("stages", journey.stages),
        _line("source", journey.source) if journey.source is not Source.JOURNEY else "",
        _line("version", journey.version),
        _line("on_at_start", journey.on_at_start),
        _line("not_within", stretch(journey.not_within)) if journey.not_within is not None else "",
        "\n[starts_on]",
        *_trigger(journey.trigger),
        *_only_if(journey.only_if),
        *(line for touchpoint in journey.touchpoints for line in _touchpoint(touchpoint)),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def stretch(length: timedelta) -> str:
    """Return a stretch of time as files say it: "2 hours", "3 days", "at once"."""
    if not length:
        return "at once"
    unit, name = next(((u, n) for u, n in _UNITS if not length % u and (n != "week" or length >= 4 * u)), (None, ""))
    if unit is None:
        unit, name = timedelta(minutes=1), "minute"
    count = length // unit
    return f"{count} {name}{'' if count == 1 else 's'}"


def key_of(name: str, taken: Iterable[str]) -> str:
    """Return a key for a new journey of this name that no other has."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "journey"
    there = set(taken)
    return next(key for n in range(1, len(there) + 2) if (key := plain if n == 1 else f"{plain}_{n}") not in there)


def _trigger(trigger: Trigger) -> Iterable[str]:
    yield _line("happening", trigger.happening)
    where, moment = trigger.where, trigger.moment
    if where.visit:
        yield _line("visit", sorted(where.visit))
    for key in ("rating_at_least", "rating_at_most"):
        if getattr(where, key) is not None:
            yield _line(key, getattr(where, key))
    if moment in RUNS_OUT:
        yield _line("before", stretch(trigger.before))
    elif moment is Moment.QUIET_TOO_LONG:
        yield _line("after", stretch(trigger.after))
    elif moment is Moment.SEASON:
        yield _line("on", f"{trigger.on[0]:02}-{trigger.on[1]:02}")
    elif moment is Moment.REGULARLY:
        yield _line("every", stretch(trigger.every))


def _only_if(only: OnlyIf) -> Iterable[str]:
    if only == OnlyIf():
        return
    yield "\n[only_if]"
    for key in ("stage", "route", "had_visit", "never_had_visit", "owns"):
        if getattr(only, key):
            yield _line(key, sorted(getattr(only, key)))
    if only.agreement is not None:
        yield _line("agreement", only.agreement)
    if only.no_open_case:
        yield _line("no_open_case", only.no_open_case)


def _touchpoint(each: Touchpoint) -> Iterable[str]:
    yield "\n[[touchpoints]]"
    for key in ("key", "name", "purpose", "template"):
        yield _line(key, getattr(each, key))
    if each.follows:
        yield _line("follows", each.follows)
    yield _line("due", stretch(each.offset))
    if each.at is not None:
        yield _line("at", f"{each.at:%H:%M}")
    if each.opens_before:
        yield _line("opens_before", stretch(each.opens_before))
    if each.closes_after is not None:
        yield _line("closes", stretch(each.closes_after))
    yield _line("channels", each.channels)
    if each.transactional is not None:
        yield _line("transactional", each.transactional)
    yield _line("priority", each.priority)
    if each.question:
        yield _line("question", each.question)
    yield _line("stops_on", sorted(each.stops_on))
    for key in ("restarts_on", "leads_to"):
        names = getattr(each, key) - (brings_by_itself(each.channels, each.question) if key == "leads_to" else set())
        if names:
            yield _line(key, sorted(names))


def _line(key: str, value: object) -> str:
    return f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_value, value))}]"
    raise TypeError(type(value))
