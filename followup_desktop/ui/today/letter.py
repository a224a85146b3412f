"""A card or letter on paper: the address where a window envelope shows it, the words below."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.today.sheets import Letter

MARGIN_MM = 20.0
ADDRESS_MM, TEXT_MM = 45.0, 100.0
"""From the upper edge to the address and to the words: as DIN 5008 and ISO 269 DL windows have it."""
POINTS = 11


def letter_pdf(path: Path, letter: Letter) -> None:
    """Write a letter into a PDF that only its owner can read. Raises Problem where it cannot be written."""
    writer = QPdfWriter(os.fspath(path))
    writer.setPageLayout(_page())
    writer.setTitle("Letter")
    writer.setResolution(300)
    if not _draw(writer, letter):
        raise Problem("The letter could not be written.", "Its words are kept.", "Choose another place.")
    path.chmod(0o600)


def print_letter(parent: QWidget, letter: Letter) -> QPrintDialog:
    """Ask for a printer and print on it."""
    printer = QPrinter()
    printer.setPageLayout(_page())
    dialog = LetterDialog(printer, letter, parent)
    dialog.show()
    return dialog


class LetterDialog(QPrintDialog):
    """The system's print dialog, which prints the letter once a printer was chosen."""

    def __init__(self, printer: QPrinter, letter: Letter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self._printer, self._letter = printer, letter
        self.setWindowTitle("Print the letter")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        _draw(self._printer, self._letter)


def _page() -> QPageLayout:
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def _draw(device: QPagedPaintDevice, letter: Letter) -> bool:
    painter = QPainter()
    if not painter.begin(device):
        return False
    dot = device.logicalDpiX() / 25.4
    whole = QSizeF(device.width() / dot, device.height() / dot)
    font = QFont()
    font.setPointSize(POINTS)
    painter.setFont(font)
    across = whole.width() - 2 * MARGIN_MM
    address = QRectF(MARGIN_MM * dot, ADDRESS_MM * dot, across * dot, (TEXT_MM - ADDRESS_MM) * dot)
    painter.drawText(address, int(Qt.AlignmentFlag.AlignLeft), "\n".join(letter.address))
    height = whole.height() - TEXT_MM - MARGIN_MM
    words = QRectF(MARGIN_MM * dot, TEXT_MM * dot, across * dot, height * dot)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), letter.text)
    painter.end()
    return True
