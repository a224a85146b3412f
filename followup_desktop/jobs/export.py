"""Taking everything out: spreadsheets, an address book, a calendar, and every record as JSON (D7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from followup_desktop import __version__
from followup_desktop.base.zones import local
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.report import queries
from followup_desktop.core.report.rules.calendar import calendar
from followup_desktop.core.report.rules.csv import csv_file
from followup_desktop.core.report.rules.vcard import vcards
from followup_desktop.jobs.files import write_file
from followup_desktop.store.opening import FORMAT


def export_all(session: Session, folder: Path, now: datetime) -> list[Path]:
    """Write everything in the store to `folder`; return the files, readable by their owner alone.

    A CSV file for each kind of record, the customers as vCards, open promises and follow-ups as a calendar,
    and everything.json with every field of every record. Raises Problem when a file cannot be written. No password is
    in them: those are in the system's keyring.
    """
    zone = operators.business(session).zone
    files = [write_file(folder / f"{table.key}.csv", csv_file(table)) for table in queries.lists(session)]
    files.append(write_file(folder / "customers.vcf", vcards(queries.contacts(session))))
    files.append(export_calendar(session, folder / "calendar.ics", now))
    files.append(write_file(folder / "everything.json", _everything(session, local(now, zone))))
    return files


def export_calendar(session: Session, path: Path, now: datetime) -> Path:
    """Write open promises and follow-ups as a calendar file (P6), readable by its owner alone. Raises Problem."""
    return write_file(path, calendar(promises.open_promises(session), queries.planned(session), now))


def _everything(session: Session, now: datetime) -> Iterator[bytes]:
    """Yield the file in pieces: a store may be larger than one wants to hold twice."""
    about = {
        "program": "followup-desktop",
        "version": __version__,
        "format": FORMAT,
        "written": now.isoformat(timespec="seconds"),
    }
    yield json.dumps(about, ensure_ascii=False).removesuffix("}").encode() + b', "records": {'
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for number, (kind, records) in enumerate(queries.every_record(session)):
        yield b",\n" * bool(number) + json.dumps(kind).encode() + b": ["
        for place, record in enumerate(records):
            yield b",\n" * bool(place) + encode(record).encode("utf-8", "replace")
        yield b"]"
    yield b"}}\n"
