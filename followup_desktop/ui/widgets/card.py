"""Cards: a frame with a heading; a figure with what it counts; a card one can choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.text import Line, Text, Tone, restyle


class Card(QFrame):
    """A framed panel. Put things into `column`; `head` is the row of the heading."""

    def __init__(self, theme: Theme, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        self.column.setSpacing(theme.px(6))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        self._heading = Text(heading, "strong")
        if not heading:
            self._heading.hide()
        self.head.addWidget(self._heading)
        self.head.addStretch(1)
        self.column.addLayout(self.head)
        self._row_host: QWidget | None = None

    def show_rows(self, rows: Sequence[QWidget], *below: QWidget, at: int = -1) -> None:
        """Show these rows in place of the last ones, with lines between them, and `below` them what else there is.

        They stand last in the card, or, with `at`, at that place of its column.
        """
        if self._row_host is not None:
            self.column.removeWidget(self._row_host)
            self._row_host.hide()
            self._row_host.deleteLater()
        self._row_host = QWidget()
        column = QVBoxLayout(self._row_host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, row in enumerate(rows):
            if number:
                column.addWidget(Line())
            column.addWidget(row)
        for widget in below:
            column.addWidget(widget)
        self.column.insertWidget(at, self._row_host)

    def set_heading(self, heading: str) -> None:
        """Change the heading."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self.setAccessibleName(heading)


class Panel(QFrame):
    """A plain panel without margins: the ground of lists and tables. Put things into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)


class ToolRow(QFrame):
    """The row of choices and buttons above a list or table, with a line below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setFixedHeight(theme.px(48))
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 1)
        for part in (self._left, self._right):
            part.setSpacing(theme.px(8))
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)

    def add(self, widget: QWidget) -> None:
        """Put something at the left."""
        self._left.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        """Put something at the right."""
        self._right.addWidget(widget)


class FactsCard(Card):
    """A card of lines "what · how much", with a thin line between them. `shares` divide its width among the two."""

    def __init__(
        self, theme: Theme, heading: str = "", parent: QWidget | None = None, *, shares: tuple[int, int] = (1, 1)
    ) -> None:
        super().__init__(theme, heading, parent)
        self._shares = shares
        self._grid_host: QWidget | None = None

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Replace the lines."""
        if self._grid_host is not None:
            self.column.removeWidget(self._grid_host)
            self._grid_host.hide()
            self._grid_host.deleteLater()
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(self.theme.px(4))
        grid.setHorizontalSpacing(self.theme.px(12))
        for column, share in enumerate(self._shares):
            grid.setColumnStretch(column, share)
        for number, (what, how) in enumerate(facts):
            grid.addWidget(Text(what, wrap=True), 2 * number, 0)
            grid.addWidget(Text(how, "muted", wrap=True), 2 * number, 1)
            if number < len(facts) - 1:
                grid.addWidget(Line(), 2 * number + 1, 0, 1, 2)
        self._grid_host = host
        self.column.insertWidget(1, host)


class Figure(Card):
    """A number with what it counts: "47 of 49", "September 41 of 46". Press it to see the records behind it."""

    opened = Signal()

    def __init__(self, theme: Theme, label: str, figure: str = "–", note: str = "", tone: Tone = "") -> None:
        super().__init__(theme)
        self._label = Text(label, "muted", wrap=True)
        self._figure = Text(figure, "figure")
        self._note = Text(note, "label", tone=tone, wrap=True)
        self.column.setSpacing(theme.px(4))
        for text in (self._label, self._figure, self._note):
            self.column.addWidget(text)
        self.column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_figure(figure, note, tone)

    def show_figure(self, figure: str, note: str, tone: Tone = "") -> None:
        """Show another number."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.set_tone(tone)
        self.setAccessibleName(f"{self._label.text()}: {figure}. {note}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: write the number smaller where room is short."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        fits = self.theme.metrics("figure", "title").horizontalAdvance(self._figure.text()) <= room
        role = "figure" if fits else "title"
        if role != self._figure.property("role"):
            self._figure.setProperty("role", role)
            restyle(self._figure)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: open."""
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class ChoiceCard(Card):
    """A large card to press: the first minute's three ways in."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str, heading: str, text: str, *, first: bool = False) -> None:
        super().__init__(theme)
        self._icon = icon
        self._mark = Text()
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("chosen", first)
        self.column.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(18))
        self.column.addWidget(self._mark)
        self.column.addSpacing(theme.px(8))
        self.column.addWidget(Text(heading, "strong"))
        self.column.addWidget(Text(text, "muted", wrap=True))
        self.column.addStretch(1)
        self.setFixedWidth(theme.px(240))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: press."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: press with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _on_theme(self) -> None:
        self._mark.setPixmap(self.theme.pixmap(self._icon, "accent", 26))
        restyle(self)
        # Wrapped words are as high as they need to be at this width, which a row of cards does not ask about.
        self.setMinimumHeight(max(self.theme.px(154), self.column.totalHeightForWidth(self.width())))
