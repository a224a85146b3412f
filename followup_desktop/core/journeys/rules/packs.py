"""Read a trade's pack (pack.toml): its words, the journeys that begin switched on, and those it has no use for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from followup_desktop.core.journeys.model import OTHER_TRADE, TRADE_WORDS, JourneyProblem, Pack

FILE = "pack.toml"
_KEYS = ("name", "words", "on_at_start", "leaves_out")


def no_pack() -> Pack:
    """Return the pack of a trade without one: nothing but what ships for all."""
    return Pack(OTHER_TRADE, "Another trade", TRADE_WORDS)


def read_pack(trade: str, text: str, journeys: Collection[str]) -> tuple[Pack, list[JourneyProblem]]:
    """Read a pack; what is wrong in it is explained and left out.

    `journeys` are the keys of all journeys there are for the trade; what a pack says of others means nothing.
    """
    file = f"{trade}/{FILE}"
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Pack(trade, trade, TRADE_WORDS), [JourneyProblem(file, "", f"it cannot be read: {error}")]
    notes = [("", f"“{key}” means nothing here") for key in table if key not in _KEYS]
    on = _keys(table, "on_at_start", journeys, notes)
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        notes.append(("name", "its name is missing"))
        name = trade
    pack = Pack(
        trade,
        name.strip(),
        MappingProxyType({**TRADE_WORDS, **_words(table.get("words", {}), notes)}),
        on if "on_at_start" in table else None,
        _keys(table, "leaves_out", journeys, notes),
    )
    return pack, [JourneyProblem(file, *note) for note in notes]


def _words(given: Any, notes: list[tuple[str, str]]) -> Mapping[str, str]:
    if not isinstance(given, dict):
        notes.append(("words", "it is a part of its own: [words]"))
        return {}
    good = {key: word.strip() for key, word in given.items() if isinstance(word, str) and word.strip()}
    for key in given:
        if key not in TRADE_WORDS:
            notes.append(("words", f"“{key}” means nothing here; there are {', '.join(TRADE_WORDS)}"))
        elif key not in good:
            notes.append(("words", f"the word for “{key}” has to be words in quotation marks"))
    return {key: word for key, word in good.items() if key in TRADE_WORDS}


def _keys(
    table: Mapping[str, Any], key: str, journeys: Collection[str], notes: list[tuple[str, str]]
) -> frozenset[str]:
    given = table.get(key, [])
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        notes.append((key, "it is a list of journeys in square brackets"))
        return frozenset()
    notes += [(key, f"there is no journey “{each}”") for each in given if each not in journeys]
    return frozenset(each for each in given if each in journeys)
