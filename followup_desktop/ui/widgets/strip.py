"""A strip across the window: something that is so for every place, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import ShortText, Text


class Strip(QFrame):
    """Bold words, plain words, and one thing to press. Hidden until it is needed."""

    pressed = Signal()

    def __init__(self, theme: Theme, lead: str, body: str, *, action: str, icon: str = "swimming-pool") -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setObjectName("strip")
        self.setAccessibleName(f"{lead} {body}".strip())
        self.setFixedHeight(theme.px(36))
        self._mark = QLabel()
        self.button = Button(theme, action, "link")
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(Text(lead, "strong"))
        row.addWidget(ShortText(body), 1)
        row.addWidget(self.button)
        self.hide()
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        self._mark.setPixmap(self._theme.pixmap(self._icon, "warning", 18))
