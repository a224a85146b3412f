"""What changes next month: lines one writes down, and last month's, to be ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.core.insights.model import Checked, MonthFigures
from followup_desktop.core.insights.rules import month_after
from followup_desktop.core.insights.rules.plans import MOST_LETTERS, MOST_LINES
from followup_desktop.core.insights.rules.words import month_name
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Text


class ChangesCard(Card):
    """The plan for next month, and what became of last month's."""

    changed = Signal(object)  # the lines as they stand now
    ticked = Signal(str, bool)  # a line of last month, and whether it was done

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What we change next month")
        self.lines: tuple[str, ...] = ()
        self.checked: tuple[Checked, ...] = ()
        self.fields: list[QLineEdit] = []
        self.boxes: list[QCheckBox] = []
        self._hint = Text(
            "Two or three things, in your own words. The next report asks whether they were done.", "muted", wrap=True
        )
        self._host = QWidget()
        self.new = QLineEdit()
        self.new.setMaxLength(MOST_LETTERS)
        self.new.setPlaceholderText("Write what changes, then Enter")
        self.new.setAccessibleName("Something to change")
        self.new.returnPressed.connect(self._on_new)
        self._past_title = Text("", "strong", wrap=True)
        self._past = QWidget()
        for widget in (self._hint, self._host, self.new, self._past_title, self._past):
            self.column.addWidget(widget)
        self.column.insertSpacing(self.column.indexOf(self._past_title), theme.px(4))
        self.column.addStretch(1)

    def show_month(self, month: MonthFigures) -> None:
        """Show the plan made in a month, and what the month before had planned for it."""
        self.set_heading(f"What we change in {month_name(month_after(month.month))}")
        if month.changes_next != self.lines or not self.fields:
            self.lines = month.changes_next
            self._show_lines()
        self._hint.setVisible(not self.lines)
        self.new.setVisible(len(self.lines) < MOST_LINES)
        self._past_title.setText(f"What we wanted to change in {month_name(month.month)}")
        self._past_title.setVisible(bool(month.checked))
        if month.checked != self.checked:
            self.checked = month.checked
            self._show_past()

    def _show_lines(self) -> None:
        at_work = self._host.isAncestorOf(QApplication.focusWidget() or self)
        focused = next((number for number, field in enumerate(self.fields) if field.hasFocus()), MOST_LINES)
        host, self.fields = QWidget(), []
        column = _bare_column(host, self.theme)
        for number, text in enumerate(self.lines):
            field = QLineEdit(text)
            field.setMaxLength(MOST_LETTERS)
            field.setCursorPosition(0)
            field.setAccessibleName(f"Change {number + 1}")
            field.editingFinished.connect(partial(self._on_edited, number))
            away = Button(self.theme, "", "flat", icon="x", size="small", name=f"Take “{text}” away")
            away.setToolTip("Take away")
            away.clicked.connect(partial(self._on_away, number))
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(4))
            row.addWidget(field, 1)
            row.addWidget(away)
            column.addLayout(row)
            self.fields.append(field)
        self._replace(self._host, host)
        self._host = host
        if at_work:  # the field or button one worked with is gone: go on in its successor
            (self.fields[focused] if focused < len(self.fields) else self.new).setFocus()

    def _show_past(self) -> None:
        host, self.boxes = QWidget(), []
        column = _bare_column(host, self.theme)
        for one in self.checked:
            line = _TickLine(self.theme, one)
            line.box.toggled.connect(partial(self.ticked.emit, one.text))
            column.addWidget(line)
            self.boxes.append(line.box)
        self._replace(self._past, host)
        self._past = host

    def _replace(self, old: QWidget, new: QWidget) -> None:
        self.column.replaceWidget(old, new)
        old.hide()
        old.deleteLater()

    @Slot()
    def _on_new(self) -> None:
        text = self.new.text().strip()
        if text:
            self.new.clear()
            self._tell([*self.lines, text])

    def _on_edited(self, number: int) -> None:
        if number >= len(self.lines):  # a field that is going away lets go of the focus
            return
        text = " ".join(self.fields[number].text().split())
        if text != self.lines[number]:
            self._tell([*self.lines[:number], text, *self.lines[number + 1 :]])

    def _on_away(self, number: int) -> None:
        self._tell([*self.lines[:number], *self.lines[number + 1 :]])

    def _tell(self, lines: Sequence[str]) -> None:
        self.changed.emit(tuple(lines))


class _TickLine(QWidget):
    """A box and a sentence beside it that takes as many lines as it needs."""

    def __init__(self, theme: Theme, change: Checked) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setChecked(change.is_done)
        self.box.setAccessibleName(f"{change.text}: done")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(2))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(change.text, wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a press on the sentence is a press on the box."""
        if self.rect().contains(event.position().toPoint()):
            self.box.toggle()


def _bare_column(host: QWidget, theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(6))
    return column
