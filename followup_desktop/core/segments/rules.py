"""Reading conditions from what was entered, saying them in words, and writing them down. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, list_words, long_date_words, running
from followup_desktop.core.segments.model import BY_KEY, FIELDS, OPS, Condition, Conditions, Field, Kind, Offered, Op

MOST_DAYS = 36_500
LONGEST_NAME = 60


def checked(condition: Condition) -> Condition:
    """Return a condition that can be asked; raises Problem, in words, for one that cannot."""
    field = BY_KEY.get(condition.field)
    if field is None:
        raise _wrong(f"There is nothing called “{condition.field}” to go by.", f"Use {_keys()}.")
    if condition.op not in OPS[field.kind]:
        raise _wrong(f"“{field.label}” cannot be asked so.", f"Use {_ops(field)}.")
    if field.named and (not condition.name.strip() or '"' in condition.name):
        raise _wrong("Which of your own columns?", "Give its name, without quotation marks.")
    if not 0 <= condition.within <= MOST_DAYS:
        raise _wrong("The last how many days?", f"Give a number up to {MOST_DAYS}, or leave it out.")
    _check_values(field, condition)
    return condition


def _check_values(field: Field, condition: Condition) -> None:
    values = condition.values
    if field.kind is Kind.YES or condition.op is Op.NEVER:
        return
    if not values or not all(value.strip() for value in values):
        raise _wrong(f"“{field.label}”: compared with what?", "Choose or enter something.")
    if len(values) > 1 and (field.kind not in (Kind.CHOICE, Kind.HAPPENED) or field.free):
        raise _wrong(f"“{field.label}” takes one value.", "Add another condition for the other one.")
    known = {value for value, _label in field.choices}
    if known and (unknown := [value for value in values if value not in known]):
        raise _wrong(f"“{unknown[0]}” is none of {field.label}.", f"Use {', '.join(sorted(known))}.")
    if field.kind in (Kind.DAYS, Kind.NUMBER):
        _check_number(field, values[0])
    if field.kind is Kind.DAY:
        _check_day(values[0])


def _check_number(field: Field, text: str) -> None:
    least, most = (1, 5) if field.kind is Kind.NUMBER else (1, MOST_DAYS)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise _wrong(f"“{text}” is no number for “{field.label}”.", f"Give one from {least} to {most}.")


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"“{text}” is not a date.", "Write it like 2026-11-23.") from None


def _wrong(happened: str, to_do: str) -> Problem:
    return Problem(happened, "Nothing was changed.", to_do)


def _keys() -> str:
    return ", ".join(field.key for field in FIELDS)


def _ops(field: Field) -> str:
    return " or ".join(OPS[field.kind])


def checked_name(name: str) -> str:
    """Return a segment's name in one line; raises Problem for none, or one too long."""
    line = " ".join(name.split())
    if not line:
        raise _wrong("A segment needs a name.", "Give one, such as “Tuesday route, no repair yet”.")
    if len(line) > LONGEST_NAME:
        raise _wrong("This name is too long.", f"Use at most {LONGEST_NAME} letters.")
    return line


def read_condition(words: Sequence[str]) -> Condition:
    """Read a condition of the command line: FIELD OP [VALUE,VALUE] [DAYS], a column of one's own as extra:NAME."""
    first, _, name = (words[0] if words else "").partition(":")
    op = words[1] if len(words) > 1 else ""
    if op not in set(Op):
        field = BY_KEY.get(first)
        raise _wrong(f"“{' '.join(words)}” is no condition.", f"Use {_ops(field) if field else _keys()}.")
    field = BY_KEY.get(first)
    given = words[2] if len(words) > 2 else ""
    several = field is not None and field.kind in (Kind.CHOICE, Kind.HAPPENED) and not field.free
    values = tuple(value.strip() for value in given.split(",")) if several else (given,)
    within = words[3] if len(words) > 3 else "0"
    if not within.isascii() or not within.isdigit() or len(words) > 4:
        raise _wrong(f"“{' '.join(words)}” is no condition.", "Write FIELD OP VALUE DAYS; quote values with spaces.")
    return checked(Condition(first, Op(op), values if given else (), name, int(within)))


def conditions_of(data: Iterable[Any]) -> Conditions:
    """Return conditions from how they are kept."""
    return tuple(Condition(d["field"], Op(d["op"]), tuple(d["values"]), d["name"], d["within"]) for d in data)


def data_of(conditions: Conditions) -> list[dict[str, Any]]:
    """Return conditions as they are kept, and shown on the command line."""
    return [
        {"field": c.field, "op": str(c.op), "values": list(c.values), "name": c.name, "within": c.within}
        for c in conditions
    ]


def condition_words(condition: Condition, offered: Offered) -> str:
    """Say one condition: “On the route Tuesday”, “Bought filter in the last 90 days”."""
    field = BY_KEY[condition.field]
    labels = dict(offered.of(field))
    named = [labels.get(value, value) for value in condition.values]
    if condition.field in _IN_A_SENTENCE:
        named = [running(name) for name in named]
    value = list_words(named).replace(" and ", " or ") if named else ""
    if field.kind is Kind.DAY and value:
        value = long_date_words(date.fromisoformat(value))
    said = field.words[condition.op].replace("{name}", condition.name).replace("{}", value)
    within = f" in the last {count_words(condition.within, 'day', 'days')}" if condition.within else ""
    return f"{said}{within}"


_IN_A_SENTENCE = frozenset({"stage", "standing", "visit", "allows"})
"""Fields whose choices are no names: “Stage is regular or advocate”."""


def filter_words(conditions: Conditions, offered: Offered) -> str:
    """Say a whole filter in one line."""
    return "; ".join(condition_words(c, offered) for c in conditions) if conditions else "Everybody who has not left"


def goes_by_how_happy(conditions: Conditions) -> bool:
    """Whether the filter picks people by how content they are: by rating, or by standing."""
    return any(condition.field in ("rating", "standing") for condition in conditions)
