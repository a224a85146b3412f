"""What is different between two versions of a journey, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from followup_desktop.core.journeys.model import Journey, Touchpoint
from followup_desktop.core.journeys.rules.wording import (
    anew_words,
    channel_words,
    only_if_words,
    stop_words,
    trigger_words,
    when_words,
)

NONE = "nothing"
_ASKS = {None: "nothing", "csat": "how satisfied they are", "nps": "whether they would recommend us"}


def differences(old: Journey, new: Journey) -> list[str]:
    """Return what the new one does otherwise, a line each; nothing where both do the same."""
    return [*_of_journey(old, new), *_of_touchpoints(old.touchpoints, new.touchpoints)]


def _of_journey(old: Journey, new: Journey) -> Iterable[str]:
    yield from _was("Name", old.name, new.name)
    yield from _was("Objective", old.objective, new.objective)
    yield from _was("Starts when", trigger_words(old), trigger_words(new))
    yield from _was("For", "; ".join(only_if_words(old)) or "everyone", "; ".join(only_if_words(new)) or "everyone")
    yield from _was("Stages", ", ".join(old.stages) or NONE, ", ".join(new.stages) or NONE)


def _of_touchpoints(old: tuple[Touchpoint, ...], new: tuple[Touchpoint, ...]) -> Iterable[str]:
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    for key, each in before.items():
        if key not in after:
            yield f"{each.name}: taken out"
    for key, each in after.items():
        if key not in before:
            yield f"{each.name}: new, {when_words(each)}, by {channel_words(each)}"
        else:
            yield from _of_touchpoint(before[key], each)
    common = [key for key in before if key in after]
    if common != [key for key in after if key in before]:
        yield "The touchpoints stand in another order"


def _of_touchpoint(old: Touchpoint, new: Touchpoint) -> Iterable[str]:
    said = (
        ("name", old.name, new.name),
        ("when", when_words(old), when_words(new)),
        ("counted", anew_words(old) or "from the start", anew_words(new) or "from the start"),
        ("seen before it is due", str(old.opens_before), str(new.opens_before)),
        ("by", channel_words(old), channel_words(new)),
        ("message", old.template, new.template),
        ("asks", _ASKS.get(old.question, NONE), _ASKS.get(new.question, NONE)),
        ("stops if", stop_words(old) or NONE, stop_words(new) or NONE),
        ("weekly limit", _limit(old), _limit(new)),
        ("priority", str(old.priority), str(new.priority)),
    )
    for what, before, after in said:
        yield from _was(f"{new.name}, {what}", before, after)


def _limit(each: Touchpoint) -> str:
    return "outside" if each.is_transactional else "inside"


def _was(what: str, before: str, after: str) -> Iterable[str]:
    if before != after:
        yield f"{what}: {after} (was {before})"
