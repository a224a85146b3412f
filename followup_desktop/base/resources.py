"""Finds the files that ship with the program: journeys, templates, icons, theme, manual."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(path: str) -> Path:
    """Return where a shipped file or folder lies, in a checkout, installed, or frozen."""
    for root in _roots():
        found = root / path
        if found.exists():
            return found
    raise FileNotFoundError(f"resources/{path} is not part of this installation")


def _roots() -> Iterator[Path]:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        yield Path(frozen) / "resources"
    yield _PACKAGE / "resources"
    yield _PACKAGE.parent / "resources"
