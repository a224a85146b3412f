"""A form built from settings: one field a setting, its help below, and what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.errors import Problem
from followup_desktop.base.settings import Kind, Setting, Settings, Value, format_value, parse
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text, restyle


class Field(QWidget):
    """One setting: label, field, help, and the problem with what was entered."""

    entered = Signal(str, object)  # key, value; only what can be meant

    def __init__(self, theme: Theme, setting: Setting, value: Value, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting, self._value = setting, value
        self._wrong = Text("", "label", tone="danger", wrap=True)
        self._wrong.hide()
        self._control = self._built(theme)
        self._control.setAccessibleName(setting.label)
        self._control.setAccessibleDescription(setting.help)
        self._control.installEventFilter(self)
        if isinstance(self._control, QAbstractSpinBox):
            self._control.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(4))
        if setting.kind is not Kind.TOGGLE:
            label = Text(setting.label, "strong")
            label.setBuddy(self._control)
            column.addWidget(label)
        column.addLayout(self._row(theme))
        column.addWidget(self._wrong)
        if setting.help:
            column.addWidget(Text(setting.help, "label", wrap=True))
        self.show_value(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a wheel that scrolls the page does not change what it passes over."""
        if event.type() == QEvent.Type.Wheel and watched is self._control and not self._control.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def value(self) -> Value:
        """Return the last value that could be meant."""
        return self._value

    def problem(self) -> str:
        """Return what is wrong with what stands in the field, or nothing."""
        return self._wrong.text() if not self._wrong.isHidden() else ""

    def show_value(self, value: Value) -> None:
        """Show a value without telling."""
        self._value = value
        control = self._control
        control.blockSignals(True)
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QSpinBox):
            control.setValue(int(str(value)))
        elif isinstance(control, QTimeEdit):
            control.setTime(QTime.fromString(format_value(self.setting, value), "HH:mm"))
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(max(0, control.findData(value)))
        elif isinstance(control, QLineEdit):
            control.setText(format_value(self.setting, value))
        control.blockSignals(False)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say beside the field what is wrong, or nothing."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self._control.setProperty("wrong", bool(text))
        restyle(self._control)

    def _row(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if isinstance(self._control, QLineEdit):
            self._control.setMaximumWidth(theme.px(380))
            row.addWidget(self._control, 1)
        else:
            row.addWidget(self._control)
        if self.setting.unit:
            row.addWidget(Text(self.setting.unit, "muted"))
        if self.setting.kind is Kind.PATH:
            choose = Button(theme, "Choose…", icon="folder-open", name=f"Choose {self.setting.label}")
            choose.clicked.connect(self._on_choose)
            row.addWidget(choose)
        row.addStretch(1 if not isinstance(self._control, QLineEdit) else 0)
        return row

    def _built(self, theme: Theme) -> QWidget:
        match self.setting.kind:
            case Kind.NUMBER:
                return self._spin(theme)
            case Kind.CHOICE:
                return self._combo(theme)
            case Kind.TOGGLE:
                return self._check()
            case Kind.TIME:
                return self._clock(theme)
            case _:
                return self._line()

    def _line(self) -> QWidget:
        line = QLineEdit()
        line.editingFinished.connect(self._on_line)
        return line

    def _spin(self, theme: Theme) -> QWidget:
        spin = QSpinBox(minimum=self.setting.minimum, maximum=self.setting.maximum)
        spin.setKeyboardTracking(False)
        spin.setFixedWidth(theme.px(110))
        spin.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
        spin.valueChanged.connect(self._on_value)
        return spin

    def _combo(self, theme: Theme) -> QWidget:
        combo = QComboBox()
        combo.setMinimumWidth(theme.px(180))
        combo.view().setAccessibleName(self.setting.label)
        for value, label in self.setting.choices:
            combo.addItem(label, value)
        combo.currentIndexChanged.connect(self._on_choice)
        return combo

    def _check(self) -> QWidget:
        check = QCheckBox(self.setting.label)
        check.toggled.connect(self._on_value)
        return check

    def _clock(self, theme: Theme) -> QWidget:
        edit = QTimeEdit()
        edit.setKeyboardTracking(False)
        edit.setFixedWidth(theme.px(110))
        edit.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
        edit.timeChanged.connect(self._on_time)
        return edit

    def _accept(self, text: str) -> None:
        try:
            value = parse(self.setting, text)
        except Problem as problem:
            self.show_problem(f"{problem.happened} {problem.to_do}")
            return
        self.show_problem("")
        if value != self._value:
            self._value = value
            self.entered.emit(self.setting.key, value)

    @Slot()
    def _on_line(self) -> None:
        if isinstance(self._control, QLineEdit):
            self._accept(self._control.text())

    @Slot(object)
    def _on_value(self, value: Value) -> None:
        self._accept(format_value(self.setting, value))

    @Slot(int)
    def _on_choice(self, _index: int) -> None:
        if isinstance(self._control, QComboBox):
            self._accept(str(self._control.currentData()))

    @Slot(QTime)
    def _on_time(self, time: QTime) -> None:
        self._accept(time.toString("HH:mm"))

    @Slot()
    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.setting.label, str(self._value))
        if chosen and isinstance(self._control, QLineEdit):
            self._control.setText(chosen)
            self._accept(chosen)


class SettingsForm(QWidget):
    """The fields of some settings, one below the other. What is entered is kept at once."""

    def __init__(
        self, theme: Theme, settings: Sequence[Setting], values: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values = values
        self._fields: dict[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for setting in settings:
            field = Field(theme, setting, values.value(setting.key))
            field.entered.connect(values.change)
            self._fields[setting.key] = field
            column.addWidget(field)
        column.addStretch(1)

    def field(self, key: str) -> Field:
        """Return the field of a setting."""
        return self._fields[key]

    def reload(self) -> None:
        """Show the values as they are kept now."""
        for key, field in self._fields.items():
            if not field.problem():
                field.show_value(self._values.value(key))
