"""A filter built condition by condition: what to go by, how to compare, with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QMenu,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.wording import list_words
from followup_desktop.core.segments.model import BY_KEY, FIELDS, OPS, Condition, Conditions, Field, Kind, Offered, Op
from followup_desktop.core.segments.rules import MOST_DAYS
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout

OP_WORDS: dict[Op, str] = {
    Op.IS: "is",
    Op.IS_NOT: "is not",
    Op.HAS: "says",
    Op.HAS_NOT: "does not say",
    Op.MORE_THAN: "longer ago than",
    Op.LESS_THAN: "in the last",
    Op.NEVER: "never",
    Op.BEFORE: "before",
    Op.AFTER: "from this day on",
    Op.AT_LEAST: "at least",
    Op.AT_MOST: "at most",
    Op.HAD: "yes:",
    Op.HAD_NOT: "no:",
    Op.YES: "yes",
    Op.NO: "no",
}


def indent(theme: Theme, field: QAbstractSpinBox) -> None:
    """Give a number or date the margin that other fields have."""
    field.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)


class StayingMenu(QMenu):
    """A menu that stays open while one ticks: several of a list are chosen in one go."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: tick, and stay."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


class ChecksButton(Button):
    """A button that opens a list to tick, and names what is ticked."""

    changed = Signal()
    icon_at_right = True

    def __init__(self, theme: Theme, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(theme, "Choose", icon="caret-down", name=name)
        self._name = name
        self._menu = StayingMenu(self)
        self._menu.triggered.connect(self._on_triggered)
        for value, label in choices:
            action = self._menu.addAction(label.replace("&", "&&") or "–")
            action.setData(value)
            action.setCheckable(True)
        if not choices:
            self._menu.addAction("There is none yet").setEnabled(False)
        self.setMenu(self._menu)

    def values(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return tuple(str(action.data()) for action in self._menu.actions() if action.isChecked())

    def show_values(self, values: Sequence[str]) -> None:
        """Tick these without telling."""
        for action in self._menu.actions():
            action.setChecked(action.data() in values)
        self._say()

    def _say(self) -> None:
        named = [action.text() for action in self._menu.actions() if action.isChecked()]
        words = list_words(named[:2]).replace(" and ", " or ") if named else "Choose"
        self.setText(f"{words} +{len(named) - 2}" if len(named) > 2 else words)
        self.setAccessibleName(f"{self._name}: {self.text().replace('&&', '&')}")
        self.updateGeometry()

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        self._say()
        self.changed.emit()


class ConditionRow(QWidget):
    """One condition."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, offered: Offered, condition: Condition, today: date) -> None:
        super().__init__()
        self._theme, self._offered, self._today = theme, offered, today
        self._value: QWidget | None = None
        # All of them have their parent from the start: one without would flash as a window of its own.
        self.field = QComboBox(self)
        for each in FIELDS:
            self.field.addItem(each.label, each.key)
        self.op = QComboBox(self)
        self.name = QComboBox(self)
        self.name.addItems(offered.columns)
        self.within = QSpinBox(self, minimum=0, maximum=MOST_DAYS, value=condition.within)
        self.within.setSpecialValueText("ever")
        self.within.setPrefix("in the last ")
        self.within.setSuffix(" days")
        self.remove = Button(theme, "", "flat", icon="x", name="Take this condition out", parent=self)
        self.remove.setToolTip("Take this condition out")
        for widget, words in (
            (self.field, "What to go by"),
            (self.op, "How it compares"),
            (self.name, "Which of your own columns"),
            (self.within, "In the last how many days"),
        ):
            widget.setAccessibleName(words)
            widget.installEventFilter(self)
        indent(theme, self.within)
        self._flow = FlowLayout(self, gap=theme.px(6))
        self._fill(condition)
        self.field.currentIndexChanged.connect(self._on_field)
        self.op.currentIndexChanged.connect(self._on_op)
        self.name.currentIndexChanged.connect(self._on_value)
        self.within.valueChanged.connect(self._on_value)
        self.remove.clicked.connect(self.removed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a wheel that scrolls the page does not change what it passes over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def condition(self) -> Condition:
        """Return what was entered; it may lack its value yet."""
        field = BY_KEY[str(self.field.currentData())]
        return Condition(
            field=field.key,
            op=Op(self.op.currentData()),
            values=self._values(),
            name=self.name.currentText() if field.named else "",
            within=self.within.value() if field.kind is Kind.HAPPENED else 0,
        )

    def is_whole(self) -> bool:
        """Whether it can be asked: nothing is missing."""
        condition = self.condition()
        field = BY_KEY[condition.field]
        needs = field.kind is not Kind.YES and condition.op is not Op.NEVER
        return bool((condition.values or not needs) and (condition.name or not field.named))

    def _values(self) -> tuple[str, ...]:
        value = self._value
        if isinstance(value, ChecksButton):
            return value.values()
        if isinstance(value, QSpinBox):
            return (str(value.value()),)
        if isinstance(value, QDateEdit):
            return (value.date().toString(Qt.DateFormat.ISODate),)
        if isinstance(value, QLineEdit) and value.text().strip():
            return (value.text().strip(),)
        return ()

    def _fill(self, condition: Condition) -> None:
        field = BY_KEY[condition.field]
        self.field.setCurrentIndex(self.field.findData(field.key))
        self._show_ops(field, condition.op)
        if condition.name and self.name.findText(condition.name) < 0:
            self.name.addItem(condition.name)
        self.name.setCurrentText(condition.name or self.name.itemText(0))
        self._show_value(field, condition.op, condition.values)

    def _show_ops(self, field: Field, op: Op | None = None) -> None:
        self.op.blockSignals(True)
        self.op.clear()
        for each in OPS[field.kind]:
            self.op.addItem(OP_WORDS[each], each)
        self.op.setCurrentIndex(max(0, self.op.findData(op)))
        self.op.blockSignals(False)

    def _show_value(self, field: Field, op: Op, values: Sequence[str] = ()) -> None:
        """Lay the row out anew: what stands behind the comparison depends on it."""
        before = self._value
        self._value = None if field.kind is Kind.YES or op is Op.NEVER else self._editor(field, values)
        while self._flow.count():
            self._flow.takeAt(0)
        if before is not None:
            before.hide()
            before.deleteLater()
        shown: list[QWidget | None] = [self.field, self.name if field.named else None, self.op, self._value]
        shown += [self.within if field.kind is Kind.HAPPENED else None, self.remove]
        for widget in (self.field, self.name, self.op, self.within, self.remove):
            widget.setVisible(widget in shown)
        for one in shown:
            if one is not None:
                self._flow.addWidget(one)
                one.show()
        self.updateGeometry()

    def _editor(self, field: Field, values: Sequence[str]) -> QWidget:
        editor: QWidget
        if field.kind is Kind.CHOICE or (field.kind is Kind.HAPPENED and not field.free):
            checks = ChecksButton(self._theme, field.label, self._offered.of(field))
            checks.show_values(values)
            checks.changed.connect(self._on_value)
            editor = checks
        elif field.kind in (Kind.DAYS, Kind.NUMBER):
            editor = self._spin(field, values)
        elif field.kind is Kind.DAY:
            editor = self._day(values)
        else:
            line = QLineEdit(values[0] if values else "")
            line.setPlaceholderText("filter" if field.free else "salt")
            line.setFixedWidth(self._theme.px(150))
            line.textChanged.connect(self._on_value)
            editor = line
        editor.setParent(self)
        editor.setAccessibleName(f"{field.label}, compared with")
        editor.installEventFilter(self)
        return editor

    def _spin(self, field: Field, values: Sequence[str]) -> QSpinBox:
        days = field.kind is Kind.DAYS
        spin = QSpinBox(minimum=1, maximum=MOST_DAYS if days else 5)
        spin.setSuffix(" days" if days else "")
        spin.setValue(int(values[0]) if values else 60 if days else 4)
        spin.valueChanged.connect(self._on_value)
        indent(self._theme, spin)
        return spin

    def _day(self, values: Sequence[str]) -> QDateEdit:
        edit = QDateEdit()
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("d MMM yyyy")
        day = date.fromisoformat(values[0]) if values else self._today
        edit.setDate(QDate(day.year, day.month, day.day))
        edit.dateChanged.connect(self._on_value)
        indent(self._theme, edit)
        return edit

    @Slot()
    def _on_field(self) -> None:
        field = BY_KEY[str(self.field.currentData())]
        self._show_ops(field)
        self._show_value(field, OPS[field.kind][0])
        self.changed.emit()

    @Slot()
    def _on_op(self) -> None:
        field, op = BY_KEY[str(self.field.currentData())], Op(self.op.currentData())
        if (op is Op.NEVER) != (self._value is None and field.kind is not Kind.YES):
            self._show_value(field, op)
        self.changed.emit()

    @Slot()
    def _on_value(self) -> None:
        self.changed.emit()


class ConditionsEditor(QWidget):
    """The conditions of a filter, one below the other."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offered, self._today = Offered({}, ()), date.min
        self.rows: list[ConditionRow] = []
        self.add = Button(theme, "Add a condition", icon="plus", size="small")
        self.add.clicked.connect(self._on_add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_conditions(self, conditions: Conditions, offered: Offered, today: date) -> None:
        """Show a filter."""
        self._offered, self._today = offered, today
        for row in list(self.rows):
            self._take_out(row)
        for condition in conditions:
            self._put_in(condition)

    def conditions(self) -> Conditions:
        """Return the conditions that can be asked; one whose value is missing yet does not narrow anything."""
        return tuple(row.condition() for row in self.rows if row.is_whole())

    def _put_in(self, condition: Condition) -> ConditionRow:
        row = ConditionRow(self._theme, self._offered, condition, self._today)
        row.changed.connect(self.changed)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        row.show()
        return row

    def _take_out(self, row: ConditionRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    @Slot()
    def _on_add(self) -> None:
        used = {row.condition().field for row in self.rows}
        field = next((each for each in FIELDS if each.key not in used), FIELDS[0])
        row = self._put_in(Condition(field.key, OPS[field.kind][0]))
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _on_removed(self) -> None:
        row = self.sender()
        if isinstance(row, ConditionRow):
            self._take_out(row)
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()
