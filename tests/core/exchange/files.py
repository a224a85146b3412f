"""Sample files, and short ways to read them."""

from __future__ import annotations

from pathlib import Path

from followup_desktop.core.exchange.model import FileReading, Incoming
from followup_desktop.core.exchange.rules.reading import read_file

SAMPLES = Path(__file__).parents[2] / "samples" / "import"


def sample(name: str, **options: object) -> FileReading:
    return read_file((SAMPLES / name).read_bytes(), name, **options)  # type: ignore[arg-type]


def table(*lines: str, encoding: str = "utf-8", **options: object) -> FileReading:
    return read_file("\n".join(lines).encode(encoding), "customers.csv", **options)  # type: ignore[arg-type]


def named(reading: FileReading, name: str) -> Incoming:
    (found,) = [customer for customer in reading.customers if customer.name == name]
    return found


def said(reading: FileReading) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.what, problem.value) for problem in reading.problems]


def goes_to(reading: FileReading) -> dict[str, str | None]:
    return {column.column: column.field for column in reading.columns}
