"""The last step: what happened, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.ui.importing import words
from followup_desktop.ui.importing.checked import ProblemsTable, listed
from followup_desktop.ui.importing.looking import Brought, Preview
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.text import Text


class DoneView(QWidget):
    """What an import did, with Undo, and what to look at next."""

    undo = Signal()
    today = Signal()
    customers = Signal()
    another = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._good = True
        px = theme.px
        self._mark = QLabel()
        self.heading, self.says = Text("", "heading", wrap=True), Text("", "muted", wrap=True)
        self.trouble = Banner(theme, tone="danger")
        self.trouble.hide()
        self.see_today = Button(theme, "See today", "primary", icon="sun")
        self.see_customers = Button(theme, "See customers", icon="users-three")
        self.take_back = Button(theme, "Undo the import", icon="arrow-counter-clockwise")
        self.next = Button(theme, "Import another file", "flat")
        self.look_at = Text("", "strong")
        self.problems = ProblemsTable(theme, "What happened")
        self._panel = Panel()
        self._panel.setObjectName("card")
        self._panel.column.setContentsMargins(1, 1, 1, 2)
        self._panel.column.addWidget(self.problems)
        for button, signal in (
            (self.see_today, self.today),
            (self.see_customers, self.customers),
            (self.take_back, self.undo),
            (self.next, self.another),
        ):
            button.clicked.connect(signal)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._mark)
        head.addWidget(self.heading, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for button in (self.see_today, self.see_customers, self.take_back, self.next):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(8), px(20), px(16))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addWidget(self.says)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
        column.addSpacing(px(8))
        column.addWidget(self.look_at)
        column.addWidget(self._panel, 1)
        column.addStretch(0)
        theme.changed.connect(self._on_theme)

    def show_done(self, preview: Preview, brought: Brought) -> None:
        """Say what happened."""
        self._good = True
        self.heading.setText(f"{preview.path.name} is in")
        self.says.setText(words.done_words(brought))
        problems = listed(preview.problems)
        self.look_at.setText(f"{count_words(len(problems), 'row', 'rows')} to look at")
        self.problems.show_rows(problems)
        self._panel.setMaximumHeight(self.problems.tallest())
        self._show_parts(with_problems=bool(problems), undone=False)

    def show_undone(self, preview: Preview) -> None:
        """Say that it was taken back."""
        self._good = False
        self.heading.setText("The import was undone")
        self.says.setText(f"Nothing of {preview.path.name} is left; what it had changed is as it was.")
        self._show_parts(with_problems=False, undone=True)

    def show_problem(self, problem: Problem) -> None:
        """Say why it could not be taken back."""
        self.take_back.setEnabled(True)
        self.trouble.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.trouble.show()

    def _show_parts(self, *, with_problems: bool, undone: bool) -> None:
        self.trouble.hide()
        self.take_back.setEnabled(True)
        self.take_back.setVisible(not undone)
        self.see_today.setVisible(not undone)
        self.look_at.setVisible(with_problems)
        self._panel.setVisible(with_problems)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        icon = ("check-circle", "good") if self._good else ("arrow-counter-clockwise", "muted")
        self._mark.setPixmap(self._theme.pixmap(*icon, 24))
