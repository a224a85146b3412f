"""How Dana put things right: steps, what she gave, why it happened, and what she changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.core.cases.model import Step
from followup_desktop.core.demo.model import Wrong
from followup_desktop.core.history.model import Happening

_TRUCK, _TOLD = "No cover when a truck is down", "Not told of a change"
_GATE, _WORK = "Gate or access", "Work not done well"
_BILL, _PART = "Bill or price", "Material or part failed"
_BY_WORD = {
    "gate": _GATE,
    "bill": _BILL,
    "charge": _BILL,
    "pump": _PART,
    "tile": _PART,
    "rang": "Promise not kept",
    "call": "Promise not kept",
}
_STANDARDS = {
    _TRUCK: ("We come on the day", "One van, and nobody to stand in", "Tony keeps Friday afternoons free to stand in."),
    _TOLD: (
        "You hear of a change before it happens",
        "Nobody rang ahead",
        "Whoever runs late rings one stop before.",
    ),
    _GATE: (
        "The gate is latched when we leave",
        "It looks shut but is not",
        "We send a photo of the latched gate.",
    ),
    _WORK: ("Chlorine 1 to 3 at every visit", "The test was left out", "We send a photo of the test strip each time."),
    _BILL: ("The bill says what was agreed", "Typed twice by hand", "I read every bill against the visit myself."),
    _PART: (
        "What we fit lasts its warranty",
        "The seal was from a bad lot",
        "Every part is run for an hour first.",
    ),
}
_GIVEN = (("credit", 2500), ("free visit", 4500), ("", 0), ("credit", 4000), ("gift", 1500), ("", 0))


@dataclass(frozen=True, slots=True)
class Righting:
    """What belongs to a case besides its dates. `offer` is kind and cost in minor units."""

    cause: str = ""
    standard: str = ""
    why: str = ""
    prevention: str = ""
    prevented_at: datetime | None = None
    told_at: datetime | None = None
    steps: tuple[tuple[Step, str, datetime], ...] = ()
    offer: tuple[str, int] | None = None
    how: str = ""


def righting(wrong: Wrong) -> Righting:
    """Return how a case was worked; one that is open has only begun."""
    at, right = wrong.entry.at, wrong.put_right_at
    first = (
        (Step.INTENT, "They want what they pay for.", at + timedelta(minutes=20)),
        (Step.ALIGN, "Annoyed, and rightly: they had counted on it.", at + timedelta(minutes=25)),
    )
    how = {"rating": "rating", "nps": "rating", "complaint": "phone"}.get(wrong.entry.what, "visit")
    if right is None:
        return Righting(steps=first, how=how)
    cause = _cause(wrong)
    standard, why, change = _STANDARDS.get(cause, ("", "", ""))
    looked_into = bool(change) and wrong.key % 5 == 0
    rest = tuple((step, "", right) for step in (Step.APOLOGISE, Step.ASK, Step.ASSURE))
    kind, cost = _GIVEN[wrong.key % len(_GIVEN)]
    return Righting(
        cause,
        standard if looked_into else "",
        why if looked_into else "",
        change if looked_into else "",
        right if looked_into else None,
        right + timedelta(hours=2) if looked_into and wrong.closed_at else None,
        (*first, *rest),
        (kind, cost) if kind else None,
        how,
    )


def _cause(wrong: Wrong) -> str:
    if wrong.entry.what == Happening.VISIT_MISSED:
        return _TRUCK
    if wrong.entry.what == Happening.VISIT_LATE:
        return _TOLD
    words = wrong.what.casefold()
    return next((cause for word, cause in _BY_WORD.items() if word in words), _WORK)
