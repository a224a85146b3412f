"""A card or letter on paper: the address where a window envelope shows it, the words below, and its envelope.

Run as a program it writes one for the command line: `python -m followup_desktop.ui.today.letter FILE.pdf`, the letter
as JSON on standard input.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextLayout,
    QTextLine,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.today.sheets import Letter

MARGIN_MM = 20.0
ADDRESS_MM, TEXT_MM, AGAIN_MM = 45.0, 100.0, 25.0
"""From the upper edge to the address and to the words, as DIN 5008 and ISO 269 DL windows have it; and to the words of
every further page."""
POINTS, SMALL = 11, 9
DL_MM, NUMBER_TEN_MM = QSizeF(220, 110), QSizeF(241.3, 104.8)
"""The envelopes a folded letter goes into: ISO 269 DL, and No. 10 where paper is Letter."""
LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PR"})
"""Regions whose printers hold Letter paper; everyone else's hold A4."""


def letter_pdf(path: Path, letter: Letter) -> None:
    """Write a letter, and its envelope on a last page, into a PDF that only its owner can read.

    Raises Problem where it cannot be written.
    """
    writer = QPdfWriter(os.fspath(path))
    writer.setTitle("Letter")
    writer.setResolution(300)
    writer.setPageLayout(page_of(letter))
    painter = QPainter()
    drawn = painter.begin(writer) and _draw_letter(painter, writer, letter)
    if drawn and letter.address:
        writer.setPageLayout(envelope_of(letter))
        drawn = writer.newPage()
        _draw_envelope(painter, writer, letter)
    if not (drawn and painter.end()):
        raise Problem("The letter could not be written.", "Its words are kept.", "Choose another place.")
    path.chmod(0o600)


def print_letter(parent: QWidget, letter: Letter, *, envelope: bool = False) -> QPrintDialog:
    """Ask for a printer and print the letter on it, or its envelope."""
    printer = QPrinter()
    printer.setPageLayout(envelope_of(letter) if envelope else page_of(letter))
    dialog = LetterDialog(printer, letter, parent, envelope=envelope)
    dialog.show()
    return dialog


class LetterDialog(QPrintDialog):
    """The system's print dialog, which prints the letter or the envelope once a printer was chosen."""

    def __init__(self, printer: QPrinter, letter: Letter, parent: QWidget, *, envelope: bool = False) -> None:
        super().__init__(printer, parent)
        self._printer, self._letter, self._envelope = printer, letter, envelope
        self.setWindowTitle("Print the envelope" if envelope else "Print the letter")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        painter = QPainter()
        if painter.begin(self._printer):
            (_draw_envelope if self._envelope else _draw_letter)(painter, self._printer, self._letter)
            painter.end()


def page_of(letter: Letter) -> QPageLayout:
    """Return the paper of a letter: that of its region, without margins of its own."""
    paper = QPageSize.PageSizeId.Letter if letter.region in LETTER_REGIONS else QPageSize.PageSizeId.A4
    return _layout(QPageSize(paper))


def envelope_of(letter: Letter) -> QPageLayout:
    """Return the envelope a letter of its region goes into, folded in three."""
    size = NUMBER_TEN_MM if letter.region in LETTER_REGIONS else DL_MM
    return _layout(QPageSize(size, QPageSize.Unit.Millimeter, "Envelope", QPageSize.SizeMatchPolicy.ExactMatch))


def _layout(size: QPageSize) -> QPageLayout:
    upright = QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def _draw_letter(painter: QPainter, device: QPagedPaintDevice, letter: Letter) -> bool:
    """Draw the address and the words; what does not fit goes on on a page of its own."""
    mm = device.logicalDpiX() / 25.4
    font = _font(POINTS)
    painter.setFont(font)
    across = device.width() - 2 * MARGIN_MM * mm
    address = QRectF(MARGIN_MM * mm, ADDRESS_MM * mm, across, (TEXT_MM - ADDRESS_MM) * mm)
    painter.drawText(address, int(Qt.AlignmentFlag.AlignLeft), "\n".join(letter.address))
    top, bottom = TEXT_MM * mm, device.height() - MARGIN_MM * mm
    for line in _laid(letter.text, font, device, across):
        if top + line.height() > bottom:
            if not device.newPage():
                return False
            top = AGAIN_MM * mm
        line.draw(painter, QPointF(MARGIN_MM * mm, top))
        top += line.height()
    return True


def _draw_envelope(painter: QPainter, device: QPagedPaintDevice, letter: Letter) -> None:
    """Draw who sends it, small and above, and where it goes, in the lower half at the right."""
    mm = device.logicalDpiX() / 25.4
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    painter.setFont(_font(SMALL))
    sender = QRectF(12 * mm, 10 * mm, device.width() * 0.42, 30 * mm)
    painter.drawText(sender, left, "\n".join(letter.sender))
    painter.setFont(_font(POINTS + 1))
    where = QRectF(device.width() * 0.46, device.height() * 0.48, device.width() * 0.5, device.height() * 0.46)
    painter.drawText(where, left, "\n".join(letter.address))


def _laid(text: str, font: QFont, device: QPagedPaintDevice, across: float) -> Iterator[QTextLine]:
    """Return the words line by line, each laid at its own upper edge."""
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph or " ", font, device)
        layout.beginLayout()
        made = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(across)
            made.append(line)
        layout.endLayout()
        yield from made


def _font(points: int) -> QFont:
    font = QFont()
    font.setPointSize(points)
    return font


def main(path: str) -> int:
    """Write the letter that stands on standard input as JSON; return the exit code."""
    given = json.load(sys.stdin)
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert app
    letter = Letter(tuple(given["address"]), given["text"], tuple(given["sender"]), given["region"])
    try:
        letter_pdf(Path(path), letter)
    except Problem as problem:
        sys.stderr.write(f"{problem.sentence()}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
