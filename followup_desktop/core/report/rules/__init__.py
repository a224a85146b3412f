"""Turns a month's figures into files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from followup_desktop.core.insights.model import MonthFigures
from followup_desktop.core.insights.rules import known_locale
from followup_desktop.core.report.model import ALL_FORMATS, Format, Style
from followup_desktop.core.report.rules.csv import csv_file
from followup_desktop.core.report.rules.sheets import FIGURES, sheets
from followup_desktop.core.report.rules.writing import written

__all__ = ["render"]


def render(
    month: MonthFigures, formats: Iterable[Format] = ALL_FORMATS, style: Style | None = None
) -> dict[str, bytes]:
    """Return the report's files by name: report-2026-10.pdf, .html, .xlsx, and one .csv for each table."""
    style = replace(style or Style(), locale=known_locale((style or Style()).locale))
    files: dict[str, bytes] = {}
    for wanted in dict.fromkeys(Format(one) for one in formats):
        files |= _rendered(month, wanted, style)
    return files


def _rendered(month: MonthFigures, wanted: Format, style: Style) -> dict[str, bytes]:
    # Each format's library is loaded when that format is asked for: together they take longer than the report.
    name = f"report-{month.month:%Y-%m}"
    match wanted:
        case Format.PDF:
            from followup_desktop.core.report.rules.pdf import document

            return {f"{name}.pdf": document(written(month, style), month.made)}
        case Format.HTML:
            from followup_desktop.core.report.rules.html import page

            return {f"{name}.html": page(written(month, style))}
        case Format.XLSX:
            from followup_desktop.core.report.rules.xlsx import workbook

            return {f"{name}.xlsx": workbook(month, style)}
        case Format.CSV:
            return _csv_files(month, name, style)


def _csv_files(month: MonthFigures, name: str, style: Style) -> dict[str, bytes]:
    """Return the figures as the report's own CSV, and every other table beside it under its key."""
    files: dict[str, bytes] = {}
    for table in sheets(month):
        file = f"{name}.csv" if table.key == FIGURES else f"{name}-{table.key.replace('_', '-')}.csv"
        files[file] = csv_file(table, with_mark=style.csv_mark)
    return files
