"""The route sheet: the day's stops on paper, with room to write beside each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from followup_desktop.base.errors import Problem
from followup_desktop.ui.routes.lines import NOTHING, StopLine

LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PR"})
"""Regions whose printers hold Letter; everyone else's hold A4."""
TITLES = ("", "Customer", "Know before you knock", "Ask in person", "After the visit")
SHARES = (0.035, 0.215, 0.30, 0.25, 0.20)
POINTS = 9.0
RESOLUTION = 300
INK, FAINT, RULE = QColor("#1B1F24"), QColor("#5B6470"), QColor("#C9CFD6")
BOXES = "☐ done   ☐ missed   ☐ late"

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in a cell of the sheet."""

    text: str
    bold: bool = False
    faint: bool = False
    points: float = POINTS


def write_sheet(path: Path, title: str, lines: Sequence[StopLine], region: str) -> None:
    """Write the sheet of a day as PDF, for the owner alone to read; raises Problem where it cannot be written."""
    fresh = path.with_name(f".{path.name}.part")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        _print(fresh, title, lines, region)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise Problem(
            "The route sheet could not be written.", f"{error.strerror}.", "Choose another folder and try again."
        ) from error


def cells(line: StopLine) -> tuple[list[Words], ...]:
    """Return what stands in the five cells of a stop."""
    where = [Words(text, faint=True) for text in (line.second, line.phone) if text]
    known = [Words(tag.text, bold=True) for tag in line.tags] + [Words(note) for note in line.notes]
    asked = [Words(f"“{line.question}”", bold=True), Words(line.why, faint=True)] if line.question else []
    return (
        [Words(str(line.number), bold=True)],
        [Words(line.name, bold=True), *where],
        known or [Words(NOTHING)],
        asked or [Words(NOTHING)],
        [Words(BOXES if line.planned else line.state_words)],
    )


def _print(path: Path, title: str, lines: Sequence[StopLine], region: str) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Followup Desktop")
    writer.setResolution(RESOLUTION)
    size = QPageSize.PageSizeId.Letter if region in LETTER else QPageSize.PageSizeId.A4
    writer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Landscape, QMarginsF(36, 32, 36, 32)))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(0, "The file could not be opened")
    _Sheet(writer, painter, title).paint(lines)
    if not painter.end():
        raise OSError(0, "The file could not be finished")


class _Sheet:
    """The pages as they are filled: a stop never breaks over two of them."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, title: str) -> None:
        self._writer, self._painter, self._title = writer, painter, title
        self._width, self._height = float(painter.viewport().width()), float(painter.viewport().height())
        self._top, self._page = 0.0, 0
        self._page_has_rows = False
        self._pad = self._mm(1.6)

    def paint(self, lines: Sequence[StopLine]) -> None:
        """Fill as many pages as it takes."""
        self._begin_page()
        for line in lines:
            row = cells(line)
            tall = max(self._row_height(row), self._mm(13))
            if self._top + tall > self._height - self._mm(6) and self._page_has_rows:
                self._writer.newPage()
                self._begin_page()
            self._paint_row(row, tall)

    def _begin_page(self) -> None:
        self._page += 1
        self._top = 0.0
        self._page_has_rows = False
        number = Words(f"Page {self._page}", faint=True, points=POINTS - 1)
        self._paragraph(number, self._width - self._mm(20), self._width)
        tall = self._paragraph(Words(self._title, bold=True, points=POINTS + 5), 0, self._width - self._mm(24))
        self._top += tall + self._mm(3)
        self._paint_row(tuple([Words(words, faint=True, points=POINTS - 1)] for words in TITLES), self._mm(6))
        self._page_has_rows = False

    def _paint_row(self, row: Sequence[Sequence[Words]], tall: float) -> None:
        left, top = 0.0, self._top
        for words, share in zip(row, SHARES, strict=True):
            right = left + share * self._width
            self._top = top + self._pad
            for paragraph in words:
                self._top += self._paragraph(paragraph, left, right - self._pad)
            left = right
        self._top = top + tall
        self._painter.setPen(QPen(RULE, self._mm(0.2)))
        self._painter.drawLine(0, round(self._top), round(self._width), round(self._top))
        self._page_has_rows = True

    def _row_height(self, row: Sequence[Sequence[Words]]) -> float:
        heights = []
        for words, share in zip(row, SHARES, strict=True):
            width = share * self._width - self._pad
            heights.append(sum(self._measured(paragraph, width).height() for paragraph in words))
        return max(heights) + 2 * self._pad

    def _paragraph(self, words: Words, left: float, right: float) -> float:
        tall = self._measured(words, right - left).height()
        self._painter.setPen(FAINT if words.faint else INK)
        self._painter.drawText(QRectF(left, self._top, right - left, tall), _WRAP, words.text)
        return tall

    def _measured(self, words: Words, width: float) -> QRectF:
        font = QFont(self._painter.font())
        font.setPointSizeF(words.points)
        font.setBold(words.bold)
        self._painter.setFont(font)
        return self._painter.boundingRect(QRectF(0, 0, width, 1e6), _WRAP, words.text)

    def _mm(self, size: float) -> float:
        return size * RESOLUTION / 25.4
