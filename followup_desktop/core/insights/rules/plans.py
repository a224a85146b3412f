"""What the owner decides to change, month by month: where it is kept, and how it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

MOST_LINES, MOST_LETTERS = 10, 200


def changes_key(month: date) -> str:
    """Return the setting that holds what the report of `month` says will change in the next one."""
    return f"report.changes.{month:%Y-%m}"


def done_key(month: date) -> str:
    """Return the setting that holds which of these changes were made."""
    return f"report.changes_done.{month:%Y-%m}"


def tidied(lines: Iterable[str]) -> list[str]:
    """Return lines as they are kept: one space between words, none empty, none twice, ten at most."""
    clean = (" ".join(line.split())[:MOST_LETTERS] for line in lines)
    return list(dict.fromkeys(line for line in clean if line))[:MOST_LINES]
