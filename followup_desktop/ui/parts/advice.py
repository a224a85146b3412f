"""What the coach says, as chips below a draft: kept measures in green, the others with what would be better.

What would be unlawful to send as it stands is red and comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.core.drafts.model import Advice
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.tag import tag_font
from followup_desktop.ui.widgets.text import plain

MORE = "more"
"""The chip that stands for measures kept but not named."""

SHOWN_KEPT = 4
"""Of the measures a draft keeps so many are named; the others are counted until one asks for them."""

FEW = 2
"""With more than so many things to better, those have the room; what is kept is only counted."""

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class AdviceChip(QWidget):
    """One advice: a check mark or a sign, and a few words, in two lines where one has no room."""

    pressed = Signal(object)  # Advice

    def __init__(self, theme: Theme, advice: Advice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.advice = theme, advice
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{'Good' if advice.ok else 'Not allowed' if advice.must else 'Better'}: {advice.text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain("Show them all" if advice.kind == MORE else "Say why, with an example"))
        if not advice.ok or advice.kind == MORE:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Qt: as large as its words in one line."""
        return QSize(self._metrics().horizontalAdvance(self.advice.text) + self._beside() + 2, self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """Qt: words may wrap."""
        return QSize(min(self._theme.px(80), self.sizeHint().width()), self._theme.px(20))

    def hasHeightForWidth(self) -> bool:
        """Qt: narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: how tall the words are at a width."""
        room = QRectF(0, 0, width - self._beside(), 10_000).toRect()
        words = self._metrics().boundingRect(room, int(_WRAPPED), self.advice.text)
        return max(self._theme.px(20), words.height() + self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        theme, tone = self._theme, "good" if self.advice.ok else "danger" if self.advice.must else "warning"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{tone}-soft"))
        radius = theme.tokens.radius_px["tag"]
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        mark = theme.pixmap("check" if self.advice.ok else "warning", tone, 14, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(6), theme.px(3), mark)
        painter.setPen(theme.colour(tone))
        painter.setFont(tag_font(theme))
        room = self.rect().adjusted(theme.px(23), 0, -theme.px(6), 0)
        painter.drawText(room, int(_WRAPPED), self.advice.text)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Space press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self.advice)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: show what it is about."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.advice)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(tag_font(self._theme))

    def _beside(self) -> int:
        return self._theme.px(29)


class AdviceChips(QWidget):
    """All advice about a draft, in lines of chips."""

    pointed = Signal(object)  # Span: the words an advice is about
    asked_why = Signal(object)  # Advice: say its reason, with an example

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Advice, ...] = ()
        self._whole = False
        self._flow = FlowLayout(self, gap=theme.px(6))
        self.setAccessibleName("Advice")
        theme.changed.connect(self._on_theme)

    def advice(self) -> tuple[Advice, ...]:
        """Return what is shown."""
        return self._shown

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Show this advice; chips that say the same as before stay where they are."""
        if tuple(advice) == self._shown:
            return
        self._shown = tuple(advice)
        self._fill()

    @Slot()
    def _on_theme(self) -> None:
        self._fill()

    def _fill(self) -> None:
        self._flow.clear()
        kept = [one for one in self._shown if one.ok]
        room = SHOWN_KEPT if len(self._shown) - len(kept) <= FEW else 0
        named = kept if self._whole or len(kept) <= room + 1 else kept[:room]
        better = sorted((one for one in self._shown if not one.ok), key=_lawful)
        for one in (*named, *_counted(kept[len(named) :], alone=not named), *better):
            chip = AdviceChip(self._theme, one)
            chip.pressed.connect(self._on_pressed)
            self._flow.addWidget(chip)
        self.setVisible(bool(self._shown))
        self.updateGeometry()

    @Slot(object)
    def _on_pressed(self, advice: Advice) -> None:
        if advice.kind == MORE:
            self._whole = True
            self._fill()
            return
        if advice.where is not None:
            self.pointed.emit(advice.where)
        self.asked_why.emit(advice)


def _lawful(advice: Advice) -> bool:
    return not advice.must


def _counted(kept: Sequence[Advice], *, alone: bool) -> list[Advice]:
    return [Advice(MORE, ok=True, text=f"{len(kept)} {'as they should be' if alone else 'more'}")] if kept else []
