"""Small fields of a journey's form: a choice, a stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.text import Text

LABEL_PX, LINE_PX, BETWEEN_PX = 86, 33, 28
UNITS = (("minute", "minutes"), ("hour", "hours"), ("day", "days"), ("week", "weeks"))
_LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(1), "week": timedelta(7)}


class Choice(QComboBox):
    """A list of choices; turning the wheel over it scrolls the page, not the choice."""

    picked = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(min(22, max((len(text) for _, text in choices), default=6)))
        for value, text in choices:
            self.addItem(text, value)
        self.activated.connect(self._on_activated)

    def value(self) -> str:
        """Return the value chosen."""
        return str(self.currentData() or "")

    def speak(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show other words for the same choices."""
        for value, text in choices:
            place = self.findData(value)
            if place >= 0:
                self.setItemText(place, text)

    def choose(self, value: str) -> None:
        """Choose without telling; what is not in the list is added, as it is."""
        if self.findData(value) < 0:
            self.addItem(value.replace("_", " "), value)
        self.setCurrentIndex(self.findData(value))

    def showPopup(self) -> None:
        """Qt: open the list, which has a name of its own; it is made only now."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: leave the wheel to the page."""
        event.ignore()

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.picked.emit()


class Number(QSpinBox):
    """A whole number; turning the wheel over it scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: leave the wheel to the page."""
        event.ignore()


class Stretch(QWidget):
    """A stretch of time: a number and its unit."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, *, least: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = Number(minimum=least, maximum=999)
        self.number.setAccessibleName(f"{name}, number")
        self.number.setFixedWidth(theme.px(72))
        self.number.lineEdit().setTextMargins(theme.px(7), 0, 0, 0)
        self.unit = Choice(f"{name}, unit", UNITS)
        self.unit.setFixedWidth(theme.px(98))
        self.number.valueChanged.connect(self._on_changed)
        self.unit.picked.connect(self._on_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.number)
        row.addWidget(self.unit)

    def value(self) -> timedelta:
        """Return the stretch."""
        return self.number.value() * _LENGTHS[self.unit.value()]

    def show_value(self, length: timedelta) -> None:
        """Show a stretch, in the largest unit that says it without a rest; weeks only where days would be many."""
        for widget in (self.number, self.unit):
            widget.blockSignals(True)
        unit = next(u for u in ("day", "hour", "minute") if not length % _LENGTHS[u])
        if unit == "day" and length >= timedelta(weeks=4) and not length % _LENGTHS["week"]:
            unit = "week"
        self.unit.choose(unit)
        self.number.setValue(length // _LENGTHS[unit])
        for widget in (self.number, self.unit):
            widget.blockSignals(False)

    @Slot()
    @Slot(int)
    def _on_changed(self, _number: int = 0) -> None:
        self.changed.emit()


class Optional(QWidget):
    """A tick and what it switches on, kept together in one line."""

    def __init__(self, theme: Theme, tick: QCheckBox, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(tick)
        row.addWidget(field)


def line_of(theme: Theme, label: str, widgets: Sequence[QWidget]) -> QWidget:
    """Return a line of a form: its label, and fields that go on in the next line where room is short."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    words = label_of(theme, label)
    fields = QWidget()
    flow = FlowLayout(fields, gap=theme.px(6))
    for widget in widgets:
        flow.addWidget(widget)
    row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(fields, 1)
    return line


def label_of(theme: Theme, label: str) -> Text:
    """Return the label at the left of a line, in the middle of its first row of fields."""
    words = Text(label, "muted")
    words.setFixedSize(theme.px(LABEL_PX), theme.px(LINE_PX))
    return words


def between(theme: Theme, words: str) -> Text:
    """Return words that stand between two fields of a line, in the middle of its height."""
    text = Text(words, "muted")
    text.setMinimumHeight(theme.px(BETWEEN_PX))
    return text
