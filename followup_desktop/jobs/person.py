"""What is kept of one person, handed to them in one file, or erased for good (G5)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from followup_desktop.base.wording import exact_words, long_date_words
from followup_desktop.base.zones import local
from followup_desktop.commands import person as commands
from followup_desktop.commands.desk import Desk
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId, Erasure
from followup_desktop.core.operators import queries as operators
from followup_desktop.jobs.files import write_file
from followup_desktop.store import person as kept
from followup_desktop.store import search


@dataclass(frozen=True, slots=True)
class Erased:
    """The proof of an erasure, and who else's history still names that person: key and name."""

    proof: Erasure
    named_by: tuple[tuple[int, str], ...]


def erase(desk: Desk, customer: CustomerId, name: str, *, may_write: bool = False) -> Erased:
    """Erase a customer and write the store anew without them. Raises `Problem`."""
    with desk.store.read() as session:
        called = customers.customer(session, customer).name
    proof = commands.erase(desk, customer, name, may_write=may_write).result
    desk.store.sweep()
    with desk.store.read() as session:
        hits = search.history(session, called, 50)
    return Erased(proof, tuple(dict.fromkeys((hit.customer, hit.name) for hit in hits)))


def export_person(session: Session, customer: CustomerId, path: Path, now: datetime) -> Path:
    """Write all that is kept about a customer to one file: a page to read, or JSON where its name ends so."""
    known = customers.customer(session, customer)
    business = operators.business(session)
    records = {table.name: [_shown(row) for row in rows] for table, rows in kept.records_of(session, customer)}
    if path.suffix.casefold() == ".json":
        about = {"customer": known.name, "written": local(now, business.zone).isoformat(timespec="seconds")}
        content = json.dumps({**about, "records": records}, ensure_ascii=False, indent=1, default=_plain)
        return write_file(path, content.encode("utf-8", "replace"))
    title = f"What {business.name or 'we'} keep{'s' if business.name else ''} about {known.name}"
    written = f"Written on {long_date_words(local(now, business.zone).date())}."
    return write_file(path, "".join(_page(title, written, records, business.zone)).encode("utf-8", "replace"))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return what says something of a row: neither nothing, nor the bytes of a mail whose words stand beside them."""
    return {
        key: value for key, value in row.items() if value not in (None, "", [], {}) and not isinstance(value, bytes)
    }


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "dl{display:grid;grid-template-columns:11em 1fr;gap:0 1em;border-top:1px solid #ccc;padding:.6em 0;margin:0}"
    "dt{color:#555}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def _page(title: str, written: str, records: dict[str, list[dict[str, Any]]], zone: str) -> Iterator[str]:
    yield f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><style>{_STYLE}</style>"
    yield f"<h1>{html.escape(title)}</h1><p>{html.escape(written)}</p>"
    for kind, rows in records.items():
        yield f"<h2>{html.escape(_words(kind))}</h2>"
        for row in rows:
            lines = (f"<dt>{_words(key)}<dd>{html.escape(_text(value, zone))}" for key, value in row.items())
            yield f"<dl>{''.join(lines)}</dl>"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: object, zone: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return exact_words(value, zone)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _plain(value)
