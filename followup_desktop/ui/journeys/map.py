"""The map of stages: who stands where, which journeys serve them, and where there is nothing yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from followup_desktop.base.wording import count_words
from followup_desktop.core.journeys.model import Journey
from followup_desktop.core.journeys.rules.stages import RENEWAL, WENT_WRONG, Place
from followup_desktop.ui.journeys.reading import JourneysView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.tag import Tag, paint_tag, tag_font, tag_size
from followup_desktop.ui.widgets.text import Text, plain

MOST = 3
"""So many journeys are named in a place; the rest is counted."""
NOTHING = "Nothing here yet"


class Chip(QAbstractButton):
    """A journey on the map; pressing it shows the journey."""

    def __init__(self, theme: Theme, journey: Journey, *, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.journey, self.on = theme, journey, on
        self.setText(journey.name)
        self.setAccessibleName(f"{journey.name}, {'on' if on else 'off'}")
        self.setToolTip(plain(f"{journey.name}, {'on' if on else 'off'}: {journey.objective}"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: as large as its words."""
        return tag_size(self._theme, self.text())

    def minimumSizeHint(self) -> QSize:
        """Qt: a few letters; the rest is in its tip."""
        return QSize(self._theme.px(40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: a tag as wide as the place, ringed while it has the focus."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        words = QFontMetrics(tag_font(self._theme)).elidedText(
            self.text() if self.on else f"{self.text()}, off",
            Qt.TextElideMode.ElideRight,
            max(20, self.width() - self._theme.px(11)),
        )
        paint_tag(painter, rect, self._theme, words, "accent" if self.on else "neutral")
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.end()


class PlaceCard(Card):
    """One place on the map."""

    chosen = Signal(str)  # key of a journey

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        px = theme.px
        self.column.setContentsMargins(px(10), px(10), px(10), px(10))
        self.column.setSpacing(px(4))
        self._title = Text("", "strong", wrap=True)
        self._people = Text("", "small")
        self._rest = Text("", "small")
        self._nothing = Tag(theme, NOTHING, "warning")
        self._chips: list[Chip] = []
        for widget in (self._title, self._people, self._nothing, self._rest):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_place(self, place: Place, view: JourneysView, *, compact: bool) -> None:
        """Show a place; in a low window only how many journeys serve it."""
        self._title.setText(place.title)
        self.setAccessibleName(place.title)
        self._people.setText(_people(place, view))
        self._people.setVisible(bool(self._people.text()))
        self._nothing.setVisible(not place.served(view.off))
        shown = () if compact else place.journeys[:MOST]
        self._show_chips(shown, view)
        self._rest.setText(_rest(place, len(shown), compact=compact))
        self._rest.setVisible(bool(self._rest.text()))
        self._rest.setToolTip(plain(", ".join(journey.name for journey in place.journeys[len(shown) :])))

    def chips(self) -> list[Chip]:
        """Return the journeys named here."""
        return list(self._chips)

    def _show_chips(self, journeys: Sequence[Journey], view: JourneysView) -> None:
        wanted = [(journey.key, journey.key not in view.off) for journey in journeys]
        if wanted == [(chip.journey.key, chip.on) for chip in self._chips]:
            return
        for chip in self._chips:
            self.column.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(self.theme, journey, on=journey.key not in view.off) for journey in journeys]
        at = self.column.indexOf(self._nothing)
        for chip in reversed(self._chips):
            chip.clicked.connect(self._on_chip)
            self.column.insertWidget(at, chip)

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.chosen.emit(chip.journey.key)


class StageMap(QWidget):
    """All places side by side."""

    chosen = Signal(str)  # key of a journey

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Map of stages")
        self._compact = False
        self._shown: tuple[Sequence[Place], JourneysView] | None = None
        self.cards = [PlaceCard(theme) for _ in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for card in self.cards:
            card.chosen.connect(self.chosen)
            row.addWidget(card, 1)

    def show_map(self, places: Sequence[Place], view: JourneysView) -> None:
        """Show the places."""
        self._shown = places, view
        for card, place in zip(self.cards, places, strict=True):
            card.show_place(place, view, compact=self._compact)

    def set_compact(self, compact: bool) -> None:
        """Show journeys by name, or, in a low window, only how many there are."""
        if compact != self._compact:
            self._compact = compact
            if self._shown is not None:
                self.show_map(*self._shown)


def _people(place: Place, view: JourneysView) -> str:
    if place.key == WENT_WRONG:
        return count_words(view.open_cases, "open case", "open cases")
    if place.key == RENEWAL:
        return ""
    return count_words(sum(view.people.get(stage, 0) for stage in place.stages), "person", "people")


def _rest(place: Place, shown: int, *, compact: bool) -> str:
    left = len(place.journeys) - shown
    if not left:
        return ""
    return count_words(left, "journey", "journeys") if compact else f"and {left} more"
