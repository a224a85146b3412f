"""Labels: always plain text, so that nothing a customer wrote is ever read as markup."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

Role = Literal["body", "muted", "small", "label", "strong", "heading", "title", "big", "figure"]
Tone = Literal["", "good", "warning", "danger", "accent", "muted"]


class Text(QLabel):
    """A piece of plain text in one of the roles of the theme."""

    def __init__(
        self, text: str = "", role: Role = "body", *, tone: Tone = "", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Colour it good, warning, danger, accent, muted, or as usual."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)

    def make_copyable(self) -> None:
        """Let the text be selected with mouse and keyboard."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )


class ShortText(Text):
    """One line that ends in an ellipsis where room is short; the whole text is the tooltip then."""

    def __init__(self, text: str = "", role: Role = "body", *, tone: Tone = "", parent: QWidget | None = None) -> None:
        self._whole = text
        super().__init__(text, role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Qt: show `text`, shortened to the room there is."""
        self._whole = text
        self._fit()
        self.updateGeometry()

    def whole(self) -> str:
        """Return the text without the ellipsis."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Qt: the room the whole text would like."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: shorten again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 0))
        QLabel.setText(self, shown)
        self.setAccessibleName(self._whole)
        self.setToolTip(plain(self._whole) if shown != self._whole else "")


class Line(QFrame):
    """A one-pixel line."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


def plain(text: str) -> str:
    """Return text as a tooltip shows it literally (tooltips are read as markup otherwise)."""
    return f"<span>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</span>" if text else ""


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
