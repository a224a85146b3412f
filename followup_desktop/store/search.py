"""Finding anything as you type. SQLite's own full-text index; another database searches its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

INDEXES = ("customer_search", "history_search")
"""The full-text indexes; their triggers begin with these names."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DIGITS = re.compile(r"[\d\s().+-]{3,}\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a customer, or an entry of a customer's history."""

    customer: int
    name: str
    event: int | None
    text: str


def match_expression(typed: str) -> str:
    """Return what was typed as an FTS5 query: every word as a prefix, in any order; "" where no word is in it."""
    return " ".join(f'"{word}"*' for word in _WORD.findall(typed))


def customers(session: Session, typed: str, limit: int = 30) -> list[int]:
    """Return the customers that fit what was typed, by name, as keys."""
    if _DIGITS.match(typed):
        return _by_phone(session, re.sub(r"\D", "", typed), limit)
    expression = match_expression(typed)
    if not expression:
        return []
    found = session.execute(_CUSTOMERS, {"expression": expression, "limit": limit})
    return [row[0] for row in found]


def history(session: Session, typed: str, limit: int = 30) -> list[Hit]:
    """Return the newest entries of the history that fit what was typed."""
    expression = match_expression(typed)
    if not expression:
        return []
    found = session.execute(_HISTORY, {"expression": expression, "limit": limit})
    return [Hit(customer, name, event, note or about) for event, customer, name, note, about in found]


def _by_phone(session: Session, digits: str, limit: int) -> list[int]:
    if not digits:
        return []
    found = session.execute(_PHONES, {"digits": f"%{digits}%", "limit": limit})
    return [row[0] for row in found]


_CUSTOMERS = text(
    "SELECT rowid FROM customer_search WHERE customer_search MATCH :expression ORDER BY rowid DESC LIMIT :limit"
)
_HISTORY = text(
    "SELECT e.id, e.customer_id, c.name, e.note, e.about FROM "
    "(SELECT rowid AS id FROM history_search WHERE history_search MATCH :expression "
    "ORDER BY rowid DESC LIMIT :limit) f "
    "JOIN events e ON e.id = f.id JOIN customers c ON c.id = e.customer_id ORDER BY e.id DESC"
)
_PHONES = text("SELECT id FROM customers WHERE phone LIKE :digits ORDER BY sort_name, id LIMIT :limit")
