"""Looking at a file before anything is changed, and bringing it in. Nothing of this is on the window's thread.

A large file is read, and brought in, by our own command line beside the window: work bound by Python in a thread of
ours would make the window stall.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.commands.exchange import import_customers
from followup_desktop.core.exchange import queries
from followup_desktop.core.exchange.model import ColumnGuess, FileReading, RowProblem, Verdict
from followup_desktop.core.exchange.rules.decoding import FILE_LIMIT
from followup_desktop.core.exchange.rules.matching import match
from followup_desktop.core.exchange.rules.reading import read_file
from followup_desktop.core.operators import queries as operators
from followup_desktop.ui.child import on_store, run_command
from followup_desktop.ui.runner import Progress

LARGE = 200_000
"""Bytes, about 2,000 rows: what takes longer to read than a window may stand still."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `mapping` is what the owner chose, now or the last time; `seen` tells files apart."""

    path: Path
    seen: str
    format: str
    rows: int
    columns: tuple[ColumnGuess, ...]
    new: int
    changed: int
    unchanged: int
    problems: tuple[RowProblem, ...]
    households: int
    notes: tuple[str, ...]
    mapping: Mapping[str, str]
    header_key: str
    reading: FileReading | None = None

    @property
    def has_columns(self) -> bool:
        """Whether there are columns the owner may send elsewhere; contact cards say themselves what is what."""
        return bool(self.columns) and self.format != "vcard"

    @property
    def to_import(self) -> int:
        """How many customers would be added or changed."""
        return self.new + self.changed


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    id: int
    new: int
    changed: int
    unchanged: int


def look(program: Program, path: Path, mapping: Mapping[str, str] | None, progress: Progress) -> Preview:
    """Say what importing a file would do; without a mapping, columns go where they went the last time."""
    data = _bytes(path)
    asked = _look_beside if len(data) > LARGE else _look_here
    found = asked(program, path, data, mapping or {}, progress)
    if mapping is not None:
        return found
    remembered = _remembered(program, found)
    if not remembered:
        return found
    try:
        return asked(program, path, data, remembered, progress)
    except Problem:  # chosen for a file that had more columns
        return found


def bring(program: Program, preview: Preview, progress: Progress) -> Brought:
    """Bring a large file in, beside the window; stopping it leaves everything as it was."""
    if _digest(_bytes(preview.path)) != preview.seen:
        raise Problem(
            f"“{preview.path.name}” has changed since it was checked.", "Nothing was imported.", "Look again."
        )
    progress.step(0, 0, f"Bringing in {preview.to_import:,} customers")
    done = run_command(_arguments(program, preview.path, preview.mapping), progress)
    return Brought(int(done["import_id"]), int(done["new"]), int(done["changed"]), int(done["unchanged"]))


def _look_here(program: Program, path: Path, data: bytes, mapping: Mapping[str, str], progress: Progress) -> Preview:
    with program.desk.store.read() as session:
        region = operators.business(session).region
    reading = read_file(data, path.name, mapping=mapping, region=region)
    progress.step(0, 0, f"Comparing {reading.rows:,} rows with your customers")
    with program.desk.store.read() as session:
        plan = match(reading, queries.known(session))
    return Preview(
        path=path,
        seen=_digest(data),
        format=reading.format,
        rows=reading.rows,
        columns=reading.columns,
        new=plan.count(Verdict.NEW) + plan.count(Verdict.ASK),
        changed=plan.count(Verdict.CHANGED),
        unchanged=plan.count(Verdict.UNCHANGED),
        problems=tuple(plan.problems),
        households=len(plan.households),
        notes=reading.notes,
        mapping=mapping,
        header_key=reading.header_key,
        reading=reading,
    )


def _look_beside(program: Program, path: Path, data: bytes, mapping: Mapping[str, str], progress: Progress) -> Preview:
    progress.step(0, 0, f"Reading {data.count(10):,} lines")
    said = run_command([*_arguments(program, path, mapping), "--check", "--columns"], progress)
    return Preview(
        path=path,
        seen=_digest(data),
        format=said["format"],
        rows=said["rows"],
        columns=tuple(ColumnGuess(**column) for column in said["columns"]),
        new=said["new"],
        changed=said["changed"],
        unchanged=said["unchanged"],
        problems=tuple(RowProblem(**problem) for problem in said["problems"]),
        households=said["households"],
        notes=tuple(said["notes"]),
        mapping=mapping,
        header_key=said["header_key"],
    )


def _arguments(program: Program, path: Path, mapping: Mapping[str, str]) -> list[str]:
    return [*on_store(program), "import", str(path), *(f"--map={column}={field}" for column, field in mapping.items())]


def _remembered(program: Program, found: Preview) -> dict[str, str]:
    with program.desk.store.read() as session:
        return queries.column_choice(session, found.header_key)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Problem(f"“{path.name}” is a folder.", "Nothing was imported.", "Choose a file.")
        if path.stat().st_size > FILE_LIMIT:
            raise Problem(f"“{path.name}” is larger than 50 MB.", "Nothing was imported.", "Export it in parts.")
        return path.read_bytes()
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise Problem(
            f"“{path.name}” could not be read: {said}.", "Nothing was imported.", "Choose it again."
        ) from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def import_here(desk: Any, preview: Preview) -> Any:
    """Bring a small file in: the command itself, with the reading the owner has looked at."""
    assert preview.reading is not None
    return import_customers(desk, preview.reading, preview.mapping)
