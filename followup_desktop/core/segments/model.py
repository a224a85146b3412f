"""A segment: a name and a filter of conditions, all of which hold for its members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from followup_desktop.core.customers.model import Stage, Standing
from followup_desktop.core.history.model import VisitKind

SegmentId = NewType("SegmentId", int)


class Kind(StrEnum):
    """What a condition compares with, and so which field it gets in the window."""

    CHOICE = "choice"
    """One or more of a list."""
    TEXT = "text"
    """Words that are looked for."""
    DAYS = "days"
    """How many days ago."""
    DAY = "day"
    """A date."""
    NUMBER = "number"
    HAPPENED = "happened"
    """One or more of a list, or words, that happened at all or in the last so many days."""
    YES = "yes"
    """Nothing: it is so, or it is not."""


class Op(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    NEVER = "never"
    BEFORE = "before"
    AFTER = "after"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HAD = "had"
    HAD_NOT = "had_not"
    YES = "yes"
    NO = "no"


OPS: Mapping[Kind, tuple[Op, ...]] = MappingProxyType(
    {
        Kind.CHOICE: (Op.IS, Op.IS_NOT),
        Kind.TEXT: (Op.HAS, Op.HAS_NOT),
        Kind.DAYS: (Op.MORE_THAN, Op.LESS_THAN, Op.NEVER),
        Kind.DAY: (Op.BEFORE, Op.AFTER),
        Kind.NUMBER: (Op.AT_LEAST, Op.AT_MOST),
        Kind.HAPPENED: (Op.HAD, Op.HAD_NOT),
        Kind.YES: (Op.YES, Op.NO),
    }
)
"""What can be asked of each kind, the usual first."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something known of customers that a condition can ask about.

    `words` say each comparison, with {} where the value stands. `choices` are pairs of stored value and label; a field
    of choices without any takes them from the store. `free` fields of what happened look for words instead.
    """

    key: str
    label: str
    kind: Kind
    words: Mapping[Op, str]
    choices: tuple[tuple[str, str], ...] = ()
    named: bool = False
    """Whether a name has to be given as well: which of the owner's own columns."""
    free: bool = False


def _field(key: str, label: str, kind: Kind, *words: str, **more: object) -> Field:
    said = dict(zip(OPS[kind], words, strict=True))
    return Field(key, label, kind, MappingProxyType(said), **more)  # type: ignore[arg-type]


_STAGES = tuple((str(stage), stage.replace("_", " ").capitalize()) for stage in Stage)
_STANDINGS = tuple((str(standing), standing.replace("_", " ").capitalize()) for standing in Standing)
_VISITS = tuple((str(kind), kind.capitalize()) for kind in VisitKind)
_LANGUAGES = (("en", "English"), ("es", "Spanish"))
_CHANNELS = (("email", "Email"), ("text", "Texts"), ("call", "Calls"), ("card", "Cards"))

FIELDS: tuple[Field, ...] = (
    _field("stage", "Stage", Kind.CHOICE, "Stage is {}", "Stage is not {}", choices=_STAGES),
    _field("standing", "Standing", Kind.CHOICE, "Standing is {}", "Standing is not {}", choices=_STANDINGS),
    _field("route", "Route", Kind.CHOICE, "On the route {}", "Not on the route {}"),
    _field("city", "City", Kind.CHOICE, "Lives in {}", "Does not live in {}"),
    _field("language", "Language", Kind.CHOICE, "Is written to in {}", "Is not written to in {}", choices=_LANGUAGES),
    _field("visit", "Had a visit", Kind.HAPPENED, "Had a visit: {}", "Had no visit: {}", choices=_VISITS),
    _field("bought", "Bought", Kind.HAPPENED, "Bought {}", "Did not buy {}", free=True),
    _field("asked", "Asked about", Kind.HAPPENED, "Asked about {}", "Did not ask about {}", free=True),
    _field("owns", "Owns", Kind.TEXT, "Owns {}", "Does not own {}"),
    _field("agreed", "Has agreed", Kind.TEXT, "Has agreed {}", "Has not agreed {}"),
    _field(
        "runs_out", "Something runs out", Kind.DAY,
        "A warranty, service or agreement of theirs is due before {}",
        "A warranty, service or agreement of theirs is due on {} or later",
    ),
    _field("referral", "Referred someone", Kind.YES, "Referred someone", "Referred nobody"),
    _field("rating", "Last rating", Kind.NUMBER, "Last rating at least {}", "Last rating at most {}"),
    _field(
        "written", "You last wrote", Kind.DAYS,
        "You last wrote or rang more than {} days ago, or never", "You last wrote or rang less than {} days ago",
        "You never wrote or rang",
    ),
    _field(
        "heard", "They last wrote", Kind.DAYS,
        "They were last heard from more than {} days ago, or never", "They were heard from less than {} days ago",
        "They were never heard from",
    ),
    _field(
        "visited", "Last visit", Kind.DAYS,
        "Last visit more than {} days ago, or never", "Last visit less than {} days ago", "Never visited",
    ),
    _field("since", "Customer since", Kind.DAY, "Customer since before {}", "Customer since {} or later"),
    _field("allows", "Allows", Kind.CHOICE, "Said no to none of: {}", "Said no to {}", choices=_CHANNELS),
    _field("email", "Email address", Kind.YES, "Has an email address", "Has no email address"),
    _field("phone", "Phone number", Kind.YES, "Has a phone number", "Has no phone number"),
    _field("case", "Open case", Kind.YES, "Has an open case", "Has no open case"),
    _field("promise", "Open promise", Kind.YES, "You owe them a promise", "You owe them no promise"),
    _field("operator", "Looked after by", Kind.CHOICE, "Looked after by {}", "Not looked after by {}"),
    _field("notes", "Notes", Kind.TEXT, "Notes say “{}”", "Notes do not say “{}”"),
    _field("extra", "Your own column", Kind.TEXT, "{name} says “{}”", "{name} does not say “{}”", named=True),
)  # fmt: skip
"""Everything a segment can ask about, in the order of the list in the window."""

BY_KEY: Mapping[str, Field] = MappingProxyType({field.key: field for field in FIELDS})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold. `name` is the owner's own column; `within` the last so many days (0: ever)."""

    field: str
    op: Op
    values: tuple[str, ...] = ()
    name: str = ""
    within: int = 0


Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved filter. Without conditions it is everybody; former customers only where the stage asks for them."""

    id: SegmentId
    uuid: str
    name: str
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Offered:
    """What the choices of this store are, by field: pairs of stored value and label; and the owner's own columns."""

    choices: Mapping[str, tuple[tuple[str, str], ...]]
    columns: tuple[str, ...]

    def of(self, field: Field) -> tuple[tuple[str, str], ...]:
        """Return what can be chosen for a field."""
        return field.choices or self.choices.get(field.key, ())
