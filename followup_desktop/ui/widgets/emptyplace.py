"""An empty place: says what belongs here and has the one button that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text


class EmptyPlace(QWidget):
    """Icon, heading, a sentence, and a button if there is something to do."""

    pressed = Signal()

    def __init__(
        self, theme: Theme, icon: str, heading: str, text: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.setAccessibleName(heading)
        self._mark = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._heading = Text(heading, "heading")
        self._text = Text(text, "muted", wrap=True)
        self.button = Button(theme, button, "primary")
        if not button:
            self.button.hide()
        self.button.clicked.connect(self.pressed)
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setFixedWidth(theme.px(360))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(20))
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(self._mark)
        column.addWidget(self._heading)
        middle = QHBoxLayout()  # an aligned label would not be asked how tall it is at its width
        middle.addStretch(1)
        middle.addWidget(self._text)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(theme.px(8))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def say(self, icon: str, heading: str, text: str, button: str = "") -> None:
        """Say something else."""
        self._icon = icon
        self._heading.setText(heading)
        self._text.setText(text)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(heading)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        self._mark.setPixmap(self._theme.pixmap(self._icon, "muted", 32))
