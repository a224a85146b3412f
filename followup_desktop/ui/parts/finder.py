"""Choosing one customer: type a part of the name, see who fits, press Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.text import ShortText, Text

MOST = 6
PAUSE_MS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A customer that fits what was typed."""

    id: int
    name: str
    second: str


def found_for(session: Session, context: Context, text: str) -> list[Found]:
    """Return the first few customers that fit."""
    zone = operators.business(session).zone
    lines = lists.find(session, context.clock.now(), zone, text, MOST)
    return [Found(int(line.id), line.name, _second(line.company, line.name, line.route, line.email)) for line in lines]


def _second(company: str, name: str, route: str, email: str) -> str:
    return " · ".join(part for part in (company if company != name else "", route, email) if part)


class CustomerFinder(QWidget):
    """A field to find a customer; the chosen one stands there by name until changed."""

    chosen = Signal(object)  # id of the customer, or None when the choice was taken back

    def __init__(self, context: Context, hint: str = "Name, company, address or phone") -> None:
        super().__init__()
        self._context = context
        self._found: list[Found] = []
        self._id: int | None = None
        theme = context.theme
        self.field = SearchField(theme, hint)
        self.field.setMaximumWidth(16_777_215)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.list = GroupedList(theme, "Customers that fit")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._on_pressed)
        self.list.hide()
        self._none = Text("Nobody fits", "muted")
        self._none.hide()
        self._name = ShortText("", "strong")
        self._second = ShortText("", "muted")
        self._change = Button(theme, "Change", "flat", size="small", name="Choose another customer")
        self._change.clicked.connect(self.take_back)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._name)
        row.addWidget(self._second, 1)
        row.addWidget(self._change)
        self._row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.field, self.list, self._none, self._row):
            column.addWidget(widget)
        self.setFocusProxy(self.field)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def customer(self) -> int | None:
        """Return who is chosen."""
        return self._id

    def name(self) -> str:
        """Return the name of who is chosen."""
        return self._name.whole() if self._id is not None else ""

    def show_customer(self, customer: int, name: str, second: str = "") -> None:
        """Choose someone without telling."""
        self._id = customer
        self._name.setText(name)
        self._second.setText(second)
        self._show(choosing=False)

    def fix(self) -> None:
        """Let nobody else be chosen."""
        self._change.hide()

    @Slot()
    def take_back(self) -> None:
        """Choose nobody, and look for someone."""
        self._id = None
        self.field.clear()
        self._show(choosing=True)
        self.field.setFocus()
        self.chosen.emit(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: arrows and Enter of the field go to the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            act = self._keys().get(Qt.Key(event.key())) if plain and self.list.isVisible() else None
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_Down: self.list.next,
            Qt.Key.Key_Up: self.list.previous,
            Qt.Key.Key_Return: self._on_pressed,
            Qt.Key.Key_Enter: self._on_pressed,
        }

    def _show(self, *, choosing: bool) -> None:
        self.field.setVisible(choosing)
        self.list.setVisible(choosing and bool(self._found))
        self._none.hide()
        self._row.setVisible(not choosing)

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        text = self.field.text().strip()
        if not text:
            self._show_found([])
            return
        context = self._context

        def question(session: Session) -> list[Found]:
            return found_for(session, context, text)

        self._context.runner.ask(self, question, self._show_found, newest="find")

    def _show_found(self, found: list[Found]) -> None:
        if self._id is not None:
            return
        self._found = found
        items = [Item(one.id, one.name, one.second or "–") for one in found]
        self.list.show_groups([Group("found", "Choose one", items, count=" ")] if items else [])
        self.list.setFixedHeight(min(self.list.content_height() + 2, self._context.theme.px(240)))
        self.list.setVisible(bool(items))
        self._none.setVisible(not items and bool(self.field.text().strip()))

    @Slot()
    def _on_pressed(self) -> None:
        found = next((one for one in self._found if one.id == self.list.selected()), None)
        if found is not None:
            self.show_customer(found.id, found.name, found.second)
            self.chosen.emit(found.id)
