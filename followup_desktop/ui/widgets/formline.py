"""One line of a form: a label, its field, and what is wrong with it beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.text import Text, restyle


class FormLine(QWidget):
    """A field below its label; what is wrong with what was entered stands below the field."""

    def __init__(
        self, theme: Theme, label: str, control: QWidget, help_: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control, self._wrong = control, Text("", "label", tone="danger", wrap=True)
        self._label = Text(label, "label")
        self._label.setBuddy(control)
        control.setAccessibleName(label)
        control.setAccessibleDescription(help_)
        self._wrong.hide()
        self._hint = Text("", "label", tone="warning", wrap=True)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._label)
        column.addWidget(control)
        column.addWidget(self._wrong)
        column.addWidget(self._hint)
        if help_:
            column.addWidget(Text(help_, "label", wrap=True))

    def set_label(self, label: str) -> None:
        """Call the field something else."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def problem(self) -> str:
        """Return what is said to be wrong, or nothing."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def hint(self) -> str:
        """Return what is worth a second look, or nothing."""
        return "" if self._hint.isHidden() else self._hint.text()

    def show_hint(self, text: str) -> None:
        """Say what is worth a second look; nothing is wrong with it."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def show_problem(self, text: str) -> None:
        """Say what is wrong, or, with an empty text, nothing."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.control.setProperty("wrong", bool(text))
        restyle(self.control)
