"""The second and third step: columns, what would happen, and every row to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import RowProblem
from followup_desktop.ui.importing import words
from followup_desktop.ui.importing.columns import ColumnsTable
from followup_desktop.ui.importing.looking import Preview
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.table import Column, RecordTable
from followup_desktop.ui.widgets.text import Text

HEADER_PX = 31


class ProblemsTable(RecordTable[RowProblem]):
    """Rows to look at: what is wrong, and what will happen."""

    def __init__(self, theme: Theme, outcome: str = "What will happen", parent: QWidget | None = None) -> None:
        columns = (
            Column[RowProblem]("row", "Row", lambda p: str(p.row), width=76),
            Column[RowProblem]("what", "What is wrong", lambda p: p.what, width=220, tip=lambda p: p.what),
            Column[RowProblem]("value", "Value", lambda p: p.value, width=160, tip=lambda p: p.value),
            Column[RowProblem](
                "outcome", outcome, lambda p: p.outcome, width=200, stretch=True, tip=lambda p: p.outcome
            ),
        )
        super().__init__(theme, "Rows to look at", columns, _identity, parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self.Shape.NoFrame)

    def tallest(self) -> int:
        """Return the height at which every row shows."""
        return table_height(self._theme, len(self.rows()))


class CheckedView(QWidget):
    """Everything that would happen, before it does."""

    back = Signal()
    import_wanted = Signal()
    stop = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        px = theme.px
        self.columns = ColumnsTable(theme)
        self.problems = ProblemsTable(theme)
        self._columns_panel, self._problems_panel = _framed(self.columns), _framed(self.problems)
        self.banner = Banner(theme)
        self.notes = Text("", "label", wrap=True)
        self.trouble = Banner(theme, tone="danger")
        self.trouble.hide()
        self.busy = BusyLine(theme)
        self.busy.cancelled.connect(self.stop)
        self.go_back = Button(theme, "Back")
        self.go = Button(theme, "Import", "primary")
        self.go_back.clicked.connect(self.back)
        self.go.clicked.connect(self.import_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.busy, 1)
        foot.addStretch(0)
        foot.addWidget(self.go_back)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), 0, px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self._columns_panel, 3)
        column.addWidget(self.trouble)
        column.addWidget(self.banner)
        column.addWidget(self.notes)
        column.addWidget(self._problems_panel, 2)
        column.addStretch(0)
        column.addLayout(foot)

    def show_preview(self, preview: Preview, *, with_columns: bool) -> None:
        """Show what an import would do."""
        self.trouble.hide()
        self.columns.show_columns(preview.columns)
        problems = listed(preview.problems)
        self.problems.show_rows(problems)
        self._fit(self._columns_panel, len(preview.columns), 3)
        self._fit(self._problems_panel, len(problems), 2)
        self._problems_panel.setVisible(bool(problems))
        self.show_columns(shown=with_columns and preview.has_columns)
        self.banner.say(words.summary(preview), words.NOTHING_YET)
        said = " ".join(part for part in (words.households(preview), *preview.notes) if part)
        self.notes.setText(said)
        self.notes.setVisible(bool(said))
        self.go.setText(words.import_words(preview))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(preview.to_import))

    def show_columns(self, *, shown: bool) -> None:
        """Show the columns (second step), or the rows alone (third step)."""
        self._columns_panel.setVisible(shown)

    def show_problem(self, problem: Problem) -> None:
        """Say what is in the way; nothing is imported until it is out of it."""
        self.trouble.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.trouble.show()

    def set_busy(self, says: str, *, can_stop: bool = True) -> None:
        """Say what is being done; nothing can be imported meanwhile."""
        self.go.setEnabled(False)
        self.columns.setEnabled(False)
        self.busy.start(says)

    def set_idle(self, *, ready: bool) -> None:
        """Say that it is over."""
        self.busy.finish()
        self.columns.setEnabled(True)
        self.go.setEnabled(ready)

    def _fit(self, panel: QWidget, rows: int, least: int) -> None:
        panel.setMaximumHeight(table_height(self._theme, rows))
        panel.setMinimumHeight(table_height(self._theme, min(rows, least)))


def table_height(theme: Theme, rows: int) -> int:
    """Return how tall a framed table of so many rows is."""
    return theme.px(HEADER_PX) + rows * theme.px(theme.tokens.row_px["table"]) + 8


def _framed(table: QWidget) -> QFrame:
    panel = Panel()
    panel.setObjectName("card")
    panel.column.setContentsMargins(1, 1, 1, 2)
    panel.column.addWidget(table)
    return panel


def _identity(problem: RowProblem) -> tuple[int, str, str]:
    return problem.row, problem.what, problem.value


def listed(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Return the problems once each, as a table needs them."""
    return list({_identity(problem): problem for problem in problems}.values())
