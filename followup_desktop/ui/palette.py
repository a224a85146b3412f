"""Ctrl+K: one line that finds customers, what happened, places and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.text import Line, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the palette can open: a customer, a place, a command. `words` are found besides the title."""

    title: str
    run: Callable[[], object]
    second: str = ""
    icon: str = ""
    key: str = ""
    words: str = ""


Search = Callable[[str, Callable[[Sequence[Entry]], None]], None]
"""Look for a text and hand what was found to the callback, later."""

PAUSE_MS = 30
"""A breath between two keys, so that a fast typist asks once."""


class Palette(QFrame):
    """A field over the window with its answers below. Enter opens, Escape closes."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        *,
        search: Search | None = None,
        entries: Callable[[], Sequence[Entry]],
        places: Callable[[], Sequence[Entry]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._search, self._entries, self._places = theme, search, entries, places
        self._shown: list[Entry] = []
        self._found: tuple[Entry, ...] = ()
        self._before: QWidget | None = None
        self.setObjectName("card")
        self.setAccessibleName("Find a customer or a command")
        self.field = SearchField(theme, "Search customers, history and commands")
        self.field.setMaximumWidth(16_777_215)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.list = GroupedList(theme, "What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.opened.connect(self._on_opened)
        self.list.clicked.connect(self._on_pressed)
        self._none = Text("Nothing found", "muted")
        self._none.setContentsMargins(theme.px(16), theme.px(10), 0, theme.px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        column.addWidget(self._none)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the field, empty, with the places and commands."""
        self._before = QApplication.focusWidget()
        self._found = ()
        self.field.clear()
        self._show_entries()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Close without opening anything; the focus goes back where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keys of the field, and the window's size."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if watched is self.field and event.type() == QEvent.Type.FocusOut and not self._has_focus():
            self.hide()
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _key(self, key: Qt.Key) -> bool:
        match key:
            case Qt.Key.Key_Down:
                self.list.next()
            case Qt.Key.Key_Up:
                self.list.previous()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on_opened(self.list.selected())
            case Qt.Key.Key_Escape:
                self.dismiss()
            case _:
                return False
        return True

    def _place(self) -> None:
        window = self._window
        width = min(self._theme.px(560), window.width() - self._theme.px(48))
        wanted = self.list.content_height() if self._shown else self._theme.px(38)
        height = min(wanted + self._theme.px(64), self._theme.px(440), window.height() - self._theme.px(120))
        self.setGeometry((window.width() - width) // 2, self._theme.px(56), width, height)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if not text.strip():
            self._found = ()
        self._show_entries()
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        text = self.field.text().strip()
        if text and self._search is not None:
            self._search(text, self._on_found)

    def _on_found(self, found: Sequence[Entry]) -> None:
        if self.isVisible() and self.field.text().strip():
            self._found = tuple(found)
            self._show_entries()

    def _show_entries(self) -> None:
        words = self.field.text().casefold().split()
        groups = (
            ("found", "Customers and history", self._found),
            ("places", "Places", _matching(self._places(), words)),
            ("commands", "Commands", _matching(self._entries(), words)),
        )
        self._shown = []
        shown = []
        for key, title, entries in groups:
            items = [self._item(entry) for entry in entries]
            if items:
                shown.append(Group(key, title, items, count=" "))
        self.list.show_groups(shown)
        if self._shown:
            self.list.select(0)
            self.list.scrollToTop()
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._place()

    def _item(self, entry: Entry) -> Item:
        self._shown.append(entry)
        number = len(self._shown) - 1
        return Item(number, entry.title, entry.second, note=entry.key, icon=entry.icon, plain=False)

    @Slot(object)
    def _on_opened(self, number: int | None) -> None:
        if number is not None and number < len(self._shown):
            entry = self._shown[number]
            self.dismiss()
            entry.run()

    @Slot()
    def _on_pressed(self) -> None:
        self._on_opened(self.list.selected())


def _matching(entries: Sequence[Entry], words: Sequence[str]) -> list[Entry]:
    return [
        entry
        for entry in entries
        if all(word in f"{entry.title} {entry.second} {entry.words}".casefold() for word in words)
    ]
