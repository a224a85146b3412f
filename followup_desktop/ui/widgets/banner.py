"""A sentence on a soft ground: why something is here, what will happen, what went wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import restyle

Tone = Literal["accent", "good", "warning", "danger"]

_ICONS = {"accent": "info", "good": "check-circle", "warning": "warning", "danger": "warning-circle"}


class Banner(QFrame):
    """Bold lead, plain body, muted rest, and perhaps one thing to press."""

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        lead: str = "",
        body: str = "",
        rest: str = "",
        *,
        tone: Tone = "accent",
        icon: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._tone, self._icon = theme, tone, icon
        self._parts = (lead, body, rest)
        self.setObjectName("banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._action = Button(theme, action, "link")
        if not action:
            self._action.hide()
        self._action.clicked.connect(self.pressed)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(self._text)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(9), theme.px(16), theme.px(9))
        row.setSpacing(theme.px(10))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def say(self, lead: str = "", body: str = "", rest: str = "", *, tone: Tone = "accent", icon: str = "") -> None:
        """Say something else."""
        self._parts, self._tone, self._icon = (lead, body, rest), tone, icon
        self._on_theme()

    def offer(self, action: str) -> None:
        """Offer one thing to press below the sentence; nothing with an empty text."""
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))

    @Slot()
    def _on_theme(self) -> None:
        self.setProperty("tone", self._tone)
        restyle(self)
        self._mark.setPixmap(self._theme.pixmap(self._icon or _ICONS[self._tone], self._tone, 17))
        lead, body, rest = (_escaped(part) for part in self._parts)
        muted = self._theme.hex("muted")
        pieces = (lead and f"<b>{lead}</b>", body, rest and f'<span style="color:{muted}">{rest}</span>')
        self._text.setText(" ".join(piece for piece in pieces if piece))
        self.setAccessibleName(" ".join(part for part in self._parts if part))


def _escaped(text: str) -> str:
    # The one label with markup of its own: whatever is put in is escaped first.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
