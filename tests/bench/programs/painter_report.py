"""The same report drawn by hand with Qt's PDF writer: its texts, tables and charts, without any care for the look."""

from __future__ import annotations

import os

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from followup_desktop.core.report.model import Style, Written
from followup_desktop.core.report.rules.writing import written
from tests.core.report.sample import october

DPI = 288
WRAP = int(Qt.TextFlag.TextWordWrap)


class Page:
    """Draws from top to bottom, page after page."""

    def __init__(self, writer: QPdfWriter) -> None:
        self._writer, self._painter = writer, QPainter(writer)
        self._width, self._height, self._at = float(writer.width()), float(writer.height()), 0.0

    def text(self, words: str, size: int, *, bold: bool = False) -> None:
        """Draw a paragraph."""
        font = QFont("Inter", size)
        font.setBold(bold)
        self._painter.setFont(font)
        needed = self._painter.boundingRect(QRectF(0, 0, self._width, 1e6), WRAP, words).height()
        self._room(needed)
        self._painter.drawText(QRectF(0, self._at, self._width, needed), WRAP, words)
        self._at += needed + 10

    def row(self, cells: list[str]) -> None:
        """Draw a row of a table."""
        self._painter.setFont(QFont("Inter", 8))
        height, width = 60.0, self._width / max(len(cells), 1)
        self._room(height)
        for place, cell in enumerate(cells):
            box = QRectF(place * width, self._at, width, height)
            self._painter.drawRect(box)
            self._painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), cell)
        self._at += height

    def drawing(self, svg: str) -> None:
        """Draw a chart."""
        drawn = QSvgRenderer(QByteArray(svg.encode()))
        size = drawn.defaultSize()
        height = self._width * size.height() / max(size.width(), 1)
        self._room(height)
        drawn.render(self._painter, QRectF(0, self._at, self._width, height))
        self._at += height + 10

    def end(self) -> None:
        """Close the file."""
        self._painter.end()

    def _room(self, height: float) -> None:
        if self._at + height > self._height:
            self._writer.newPage()
            self._at = 0.0


def draw(page: Page, value: object) -> None:
    """Draw everything a report holds, in its order."""
    if isinstance(value, str):
        page.drawing(value) if value.startswith("<svg ") else page.text(value, 9)
    elif isinstance(value, tuple | list) and value and all(isinstance(cell, str) for cell in value):
        page.row([cell for cell in value if not cell.startswith("<svg ")])
    elif isinstance(value, tuple | list):
        for each in value:
            draw(page, each)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            draw(page, getattr(value, name))


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication([])
    report: Written = written(october(), Style("en_US"))
    store = QBuffer()
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(store)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(DPI)
    page = Page(writer)
    draw(page, report)
    page.end()
    print(store.size(), flush=True)
    del app


if __name__ == "__main__":
    main()
