"""The first step: a file, and the imports of the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, moment_words
from followup_desktop.core.exchange.queries import PastImport
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import Line, ShortText, Text

SHOWN = 8
KINDS = (
    ("Jobber", "clients export, as CSV"),
    ("Google Contacts", "export as Google CSV"),
    ("QuickBooks Online", "Customer Contact List, as CSV"),
    ("A phone or mail program", "contact cards, .vcf"),
    ("Any list", "a CSV with a row of column names; from Excel, save as CSV"),
)


class PastRow(QWidget):
    """One import of the past: what it brought, and Undo."""

    undo = Signal(int)

    def __init__(self, theme: Theme, past: PastImport, now: datetime, zone: str) -> None:
        super().__init__()
        self.id = past.id
        what = f"{count_words(past.new, 'new', 'new')}, {past.changed} changed, {past.unchanged} as they were"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(5), 0, theme.px(5))
        row.setSpacing(theme.px(12))
        row.addWidget(ShortText(past.file_name, "strong"), 3)
        row.addWidget(ShortText(what, "muted"), 3)
        row.addWidget(ShortText(moment_words(past.at, now, zone), "muted"), 2)
        self.setAccessibleName(f"{past.file_name}, {what}{', undone' if past.undone else ''}")
        self.button = Button(theme, "Undo", size="small", name=f"Undo the import of {past.file_name}")
        self.button.clicked.connect(self._on_undo)
        if past.undone:
            self.button.hide()
            row.addWidget(Tag(theme, "undone"))
        else:
            row.addWidget(self.button)

    @Slot()
    def _on_undo(self) -> None:
        self.button.setEnabled(False)
        self.undo.emit(self.id)


class ChooseView(QScrollArea):
    """A button for a file, what files may be, and earlier imports."""

    choose = Signal()
    undo = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        px = theme.px
        self.setWidgetResizable(True)
        self.setAccessibleName("Choose a file")
        self.problem = Banner(theme, tone="danger")
        self.problem.hide()
        self.button = Button(theme, "Choose a file…", "primary", icon="upload-simple")
        self.button.clicked.connect(self.choose)
        self.past = Card(theme, "Earlier imports")
        self.past.hide()
        self._host: QWidget | None = None
        self.rows: list[PastRow] = []
        content = QWidget()
        content.setObjectName("page")
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), 0, px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.problem)
        column.addWidget(self._built_choice())
        column.addWidget(self.past)
        column.addStretch(1)
        self.setWidget(content)

    def show_problem(self, problem: Problem | None) -> None:
        """Say what is wrong with the file, or nothing."""
        if problem is not None:
            self.problem.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem.setVisible(problem is not None)

    def show_past(self, imports: Sequence[PastImport], now: datetime, zone: str) -> None:
        """Show the newest imports."""
        if self._host is not None:
            self.past.column.removeWidget(self._host)
            self._host.hide()
            self._host.deleteLater()
        self._host = QWidget()
        column = QVBoxLayout(self._host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [PastRow(self._theme, past, now, zone) for past in imports[:SHOWN]]
        for number, row in enumerate(self.rows):
            if number:
                column.addWidget(Line())
            row.undo.connect(self.undo)
            column.addWidget(row)
        if len(imports) > SHOWN:
            column.addWidget(Text(f"and {len(imports) - SHOWN} earlier", "muted"))
        self.past.column.addWidget(self._host)
        self.past.setVisible(bool(imports))

    def _built_choice(self) -> Card:
        px = self._theme.px
        card = Card(self._theme)
        card.setAccessibleName("A file with your customers")
        card.column.setContentsMargins(px(20), px(16), px(20), px(20))
        card.column.setSpacing(px(10))
        card.column.addWidget(Text("A file with your customers", "heading"))
        card.column.addWidget(
            Text(
                "Everything is checked and shown first. Drag the file into the window, or choose it.",
                "muted",
                wrap=True,
            )
        )
        card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        card.column.addSpacing(px(6))
        for name, what in KINDS:
            row = QHBoxLayout()
            row.setSpacing(px(12))
            label = Text(name)
            label.setFixedWidth(px(190))
            row.addWidget(label)
            row.addWidget(Text(what, "muted", wrap=True), 1)
            card.column.addLayout(row)
        return card
