"""Row 15: the month's report as PDF, in a process of its own, and the second one in the same process.

Beside Qt's own PDF writer, drawing the same text, tables and charts by hand. WeasyPrint and LibreOffice are peers where
they are installed.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from followup_desktop.core.insights.model import MonthFigures
from followup_desktop.core.report.model import Format
from followup_desktop.core.report.rules import render
from tests.bench.pairing import Figure, Setting, paired
from tests.bench.processes import running, whole
from tests.core.report.sample import october

ROW = "15"
SECOND_GOAL = 0.25
WEASY_GOAL = 0.15
OFFICE_GOAL = 0.75
PAIRS = 20


def measure(setting: Setting) -> Sequence[Figure]:
    """Make the report in one process after another, in turn with the others."""
    pairs = setting.pairs(PAIRS)
    ours = whole([sys.executable, "-m", "tests.bench.programs.typst_report"])
    painter = paired(ours, whole([sys.executable, "-m", "tests.bench.programs.painter_report"]), pairs)
    reports = _Reports()
    second = paired(reports.second, reports.first, pairs)
    figures = [
        Figure(ROW, "the report, one process / drawn with Qt's PDF writer", painter.ratio, None, painter.note()),
        Figure(ROW, "the second report / the first", second.ratio, SECOND_GOAL, second.note()),
    ]
    return [*figures, _weasyprint(ours, setting), _office(ours, setting)]


class _Reports:
    """The first and the second report of one process, told by it; a process for each pair."""

    def __init__(self) -> None:
        self._took: list[float] = []

    def second(self) -> float:
        """Start a process, let it make both, and return what the second took."""
        with running("typst_report", "2") as made:
            self._took = made.heard("made")[1]
        return self._took[1]

    def first(self) -> float:
        """Return what the first took, with loading everything it needs."""
        return self._took[0]


def _weasyprint(ours: object, setting: Setting) -> Figure:
    what = "the report, one process / weasyprint"
    if importlib.util.find_spec("weasyprint") is None:
        return Figure(ROW, what, None, WEASY_GOAL, "weasyprint is not installed")
    page = setting.folder / "report.html"
    page.write_bytes(next(iter(render(october(), [Format.HTML]).values())))
    other = whole([sys.executable, "-m", "weasyprint", str(page), str(setting.folder / "weasy.pdf")])
    pairs = paired(ours, other, setting.pairs(7))  # type: ignore[arg-type]
    return Figure(ROW, what, pairs.ratio, WEASY_GOAL, pairs.note())


def _office(ours: object, setting: Setting) -> Figure:
    what = "the report, one process / LibreOffice, its tables alone"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return Figure(ROW, what, None, OFFICE_GOAL, "LibreOffice is not installed")
    table = _table(october(), setting.folder)
    other = whole([office, "--headless", "--convert-to", "pdf", "--outdir", str(setting.folder), str(table)])
    pairs = paired(ours, other, setting.pairs(7))  # type: ignore[arg-type]
    return Figure(ROW, what, pairs.ratio, OFFICE_GOAL, pairs.note())


def _table(month: MonthFigures, folder: Path) -> Path:
    path = folder / "report.csv"
    path.write_bytes(b"\n".join(render(month, [Format.CSV]).values()))
    return path
