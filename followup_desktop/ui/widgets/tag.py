"""Small coloured labels: tags, caps of keys, counts."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.ui.theme import Theme

Tone = Literal["good", "warning", "danger", "neutral", "accent"]

RETURN = "↵"


class Tag(QWidget):
    """A word or two on a soft ground, with an icon if wanted. The words carry the meaning, not the colour."""

    def __init__(
        self, theme: Theme, text: str = "", tone: Tone = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone, self._icon = theme, text, tone, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def show_text(self, text: str, tone: Tone = "neutral", icon: str = "") -> None:
        """Say something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as large as its words."""
        return tag_size(self._theme, self._text, icon=bool(self._icon))

    def minimumSizeHint(self) -> QSize:
        """Qt: never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        painter = QPainter(self)
        paint_tag(painter, QRectF(self.rect()), self._theme, self._text, self._tone, self._icon)
        painter.end()

    @Slot()
    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


class KeyCap(QWidget):
    """The cap of a key or chord: "Ctrl K"."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"Key {key}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Qt: as large as its words."""
        return key_size(self._theme, self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        painter = QPainter(self)
        paint_key(painter, QRectF(self.rect()), self._theme, self._key)
        painter.end()


def tag_font(theme: Theme) -> QFont:
    """Return the font of tags."""
    return theme.font("small", "button")


def tag_size(theme: Theme, text: str, *, icon: bool = False) -> QSize:
    """Return how large a tag is."""
    width = theme.metrics("small", "button").horizontalAdvance(text) + theme.px(12) + (theme.px(17) if icon else 0)
    return QSize(width + 1, theme.px(20 if icon else 18))


def paint_tag(painter: QPainter, rect: QRectF, theme: Theme, text: str, tone: str, icon: str = "") -> None:
    """Paint a tag into `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{tone}-soft"))
    radius = theme.tokens.radius_px["tag"]
    painter.drawRoundedRect(rect, radius, radius)
    inner = rect.adjusted(theme.px(6), 0, -theme.px(4), 0)
    if icon:
        size = theme.px(14)
        mark = theme.pixmap(icon, tone, 14, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(inner.left(), rect.center().y() - size / 2), mark)
        inner.adjust(theme.px(17), 0, 0, 0)
    painter.setPen(theme.colour(tone))
    painter.setFont(tag_font(theme))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def key_size(theme: Theme, key: str) -> QSize:
    """Return how large the cap of a key is."""
    width = theme.metrics("small").horizontalAdvance(key) + theme.px(11)
    return QSize(max(width, theme.px(18)), theme.px(17))


def paint_key(painter: QPainter, rect: QRectF, theme: Theme, key: str) -> None:
    """Paint the cap of a key into `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("control-line"))
    painter.setBrush(theme.colour("panel"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("muted"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


def paint_count(painter: QPainter, right: float, middle: float, theme: Theme, count: str, *, urgent: bool) -> float:
    """Paint a count that ends at `right`; red and round when urgent. Return its left edge."""
    font = theme.font("small", "strong")
    painter.setFont(font)
    width = theme.metrics("small", "strong").horizontalAdvance(count)
    height = theme.px(16)
    if urgent:
        width = max(width + theme.px(10), theme.px(19))
    rect = QRectF(right - width, middle - height / 2, width, height)
    if urgent:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger"))
        painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setPen(QColor(theme.colour("on-danger" if urgent else "muted")))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, count)
    return rect.left()
