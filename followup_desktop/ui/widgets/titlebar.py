"""The bar at the top of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.text import ShortText, Text


class TitleBar(QFrame):
    """Title, what this place holds, and on the right the search box and the button of the page."""

    find_wanted = Signal()
    log_wanted = Signal()

    def __init__(
        self, theme: Theme, title: str, *, search: bool = True, log: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("bar")
        self.setFixedHeight(theme.px(theme.tokens.bar_px))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), 0, theme.px(16), 1)
        self._row.setSpacing(theme.px(12))
        self._title = Text(title, "title")
        self._subtitle = ShortText("", "muted")
        self._row.addWidget(self._title)
        self._row.addWidget(self._subtitle, 1)
        self.search_box = SearchField(theme, "Search customers and history", key="Ctrl K")
        self.search_box.setReadOnly(True)  # it opens the palette, where the answers appear
        if not search:
            self.search_box.hide()
        self.search_box.installEventFilter(self)
        self._row.addWidget(self.search_box)
        self._log = Button(theme, "Log something", icon="plus")
        self._log.setToolTip("Ctrl+N")
        if not log:
            self._log.hide()
        self._log.clicked.connect(self.log_wanted)
        self._row.addWidget(self._log)

    def subtitle(self) -> str:
        """Return what stands behind the title."""
        return self._subtitle.whole()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def set_subtitle(self, text: str) -> None:
        """Say what this place holds now."""
        self._subtitle.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put a button or field of the page at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a choice between title and subtitle: the month of Insights."""
        self._row.insertWidget(self._row.indexOf(self._subtitle), widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """Qt: the subtitle gives way first."""
        return QSize(self._theme.px(320), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a press or a key in the search box opens the palette."""
        if watched is self.search_box:
            pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent)
            if pressed or (event.type() == QEvent.Type.KeyPress and _opens(event)):
                self.find_wanted.emit()
                return True
        return super().eventFilter(watched, event)


def _opens(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) or event.text().isalnum()
