"""The route sheet: the day's stops on paper, with room to write beside each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from followup_desktop.base.errors import Problem
from followup_desktop.ui.routes.lines import NOTHING, StopLine

LETTER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PR"})
"""Regions whose printers hold Letter; everyone else's hold A4."""
TITLES = ("", "Customer", "Know before you knock", "Ask in person", "After the visit")
WIDTHS = (4, 22, 30, 26, 18)
POINTS = 9.0
RESOLUTION = 300


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


def _print(path: Path, title: str, lines: Sequence[StopLine], region: str) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Followup Desktop")
    writer.setResolution(RESOLUTION)
    size = QPageSize.PageSizeId.Letter if region in LETTER else QPageSize.PageSizeId.A4
    writer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Landscape, QMarginsF(36, 32, 36, 32)))
    document = sheet_document(title, lines)
    document.documentLayout().setPaintDevice(writer)
    area = writer.pageLayout().paintRectPixels(RESOLUTION)
    document.setPageSize(QSizeF(area.width(), area.height()))
    document.print_(writer)


def sheet_document(title: str, lines: Sequence[StopLine]) -> QTextDocument:
    """Return the sheet as a document. Everything is inserted as plain text."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont()
    font.setPointSizeF(POINTS)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    cursor.insertText(title, _format(POINTS + 5, bold=True))
    cursor.insertBlock(QTextBlockFormat(), _format())
    table = cursor.insertTable(len(lines) + 1, len(TITLES), _table_format())
    for column, words in enumerate(TITLES):
        _write(table, 0, column, [(words, _format(POINTS - 1, muted=True))])
    for number, line in enumerate(lines, 1):
        _write_line(table, number, line)
    return document


def _write_line(table: QTextTable, row: int, line: StopLine) -> None:
    muted = _format(muted=True)
    where = [(line.second, muted), (line.phone, muted)]
    known = [(tag.text, _format(bold=True)) for tag in line.tags] + [(note, _format()) for note in line.notes]
    _write(table, row, 0, [(str(line.number), _format(bold=True))])
    _write(table, row, 1, [(line.name, _format(bold=True)), *where])
    _write(table, row, 2, known or [(NOTHING, _format())])
    asked = [(f"“{line.question}”", _format(bold=True)), (line.why, muted)] if line.question else [(NOTHING, _format())]
    _write(table, row, 3, asked)
    _write(table, row, 4, [("☐ done   ☐ missed   ☐ late" if line.planned else line.state_words, _format())])


def _write(table: QTextTable, row: int, column: int, pieces: list[tuple[str, QTextCharFormat]]) -> None:
    cursor = table.cellAt(row, column).firstCursorPosition()
    first = True
    for text, form in pieces:
        if text:
            if not first:
                cursor.insertBlock()
            cursor.insertText(text, form)
            first = False


def _format(points: float = POINTS, *, bold: bool = False, muted: bool = False) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontPointSize(points)
    form.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    form.setForeground(Qt.GlobalColor.darkGray if muted else Qt.GlobalColor.black)
    return form


def _table_format() -> QTextTableFormat:
    form = QTextTableFormat()
    form.setHeaderRowCount(1)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, width) for width in WIDTHS])
    form.setCellPadding(4)
    form.setCellSpacing(0)
    form.setBorder(0.5)
    form.setBorderCollapse(True)
    form.setBorderBrush(Qt.GlobalColor.lightGray)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    return form
