"""The sentences of the promise finder, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from followup_desktop.base.zones import resolve

ZONE = "America/New_York"
NOW = resolve(date(2026, 11, 23), time(9, 10), ZONE)
FOLDER = Path(__file__).parent / "sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, whether it promises something, what, and when."""

    text: str
    is_promise: bool
    what: str
    due: str


def read(name: str) -> tuple[Sentence, ...]:
    """Return the sentences of a file."""
    return tuple(Sentence(**line) for line in tomllib.loads((FOLDER / name).read_text("utf-8"))["sentences"])


ENGLISH = read("english.toml")
SPANISH = read("spanish.toml")
OTHERS = read("holdout.toml")
