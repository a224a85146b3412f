"""A row of buttons that always fits: what has no room goes into a menu."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button


class ActionRow(QWidget):
    """The actions of a pane, some at the left and some at the right.

    Where it is narrow, first the icons go, then the buttons at the right from the inside, then those at the left from
    their end, into "More". The first button always stays.
    """

    def __init__(self, theme: Theme, name: str = "Actions", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left: list[Button] = []
        self._right: list[Button] = []
        self._seldom: list[Button] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._more = Button(theme, "More", icon="dots-three")
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._on_triggered)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        self._row.addWidget(self._more)

    def add(self, button: Button) -> Button:
        """Put a button at the left."""
        self._row.insertWidget(len(self._left), button)
        self._left.append(button)
        self._order_focus()
        self._fit()
        return button

    def add_right(self, button: Button) -> Button:
        """Put a button at the right."""
        self._row.addWidget(button)
        self._right.append(button)
        self._order_focus()
        self._fit()
        return button

    def add_to_menu(self, button: Button) -> Button:
        """Offer a seldom action in "More", however much room there is."""
        button.setParent(self)
        button.hide()
        self._seldom.append(button)
        self._more.setText("")
        self._more.setAccessibleName("More actions")
        self._fit()
        return button

    def minimumSizeHint(self) -> QSize:
        """Qt: the first button and the menu."""
        first = self._left[0].sizeHint().width() if self._left else 0
        return QSize(first + self._gap() + self._more.sizeHint().width(), self._theme.px(33))

    def sizeHint(self) -> QSize:
        """Qt: room for all."""
        return QSize(self._needed(self._left + self._right), self._theme.px(33))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: fit."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: fit."""
        super().showEvent(event)
        self._fit()

    def fit(self) -> None:
        """Fit the buttons in anew, after the page changed which there are or what they say."""
        self.updateGeometry()
        self._fit()

    def in_order(self) -> list[Button]:
        """Return the buttons and the menu as they stand, from left to right."""
        return [*self._left, self._more, *self._right]

    def hidden_actions(self) -> list[Button]:
        """Return the buttons that are in the menu now."""
        return [button for button in self._left + self._right if button.isHidden() and button.property("folded")]

    def _order_focus(self) -> None:
        """Let the focus go from left to right, in whatever order they were put in."""
        for before, after in pairwise(self.in_order()):
            QWidget.setTabOrder(before, after)

    def _gap(self) -> int:
        return self._row.spacing()

    def _needed(self, buttons: list[Button]) -> int:
        return sum(button.sizeHint().width() + self._gap() for button in buttons) - self._gap()

    def _fit(self) -> None:
        if self.width() <= 0:
            return
        buttons = [button for button in self._left + self._right if self._wanted(button)]
        room = self.width() - self._room_for_more(buttons, buttons)
        self._show_marks(buttons, shown=True)
        if self._needed(buttons) > room:
            self._show_marks(buttons, shown=False)
        kept = list(buttons)
        order = [button for button in (*self._right, *reversed(self._left[1:])) if button in buttons]
        while len(kept) > 1 and order and self._needed(kept) + self._room_for_more(kept, buttons) > self.width():
            kept.remove(order.pop(0))
        for button in buttons:
            button.setProperty("folded", button not in kept)
            button.setVisible(button in kept)
        self._more.setVisible(bool(self._seldom) or len(kept) < len(buttons))

    def _wanted(self, button: Button) -> bool:
        """Whether the page wants it: hidden by the page itself is not hidden by want of room."""
        return not button.isHidden() or bool(button.property("folded"))

    def _room_for_more(self, kept: list[Button], buttons: list[Button]) -> int:
        shown = bool(self._seldom) or len(kept) < len(buttons)
        return self._gap() + self._more.sizeHint().width() if shown else 0

    def _show_marks(self, buttons: list[Button], *, shown: bool) -> None:
        for button in buttons[1:]:
            button.show_mark(shown)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for button in (*self.hidden_actions(), *self._seldom):
            words = f"{button.text()}\t{button.key()}" if button.key() else button.text()
            action = self._menu.addAction(words)
            action.setEnabled(button.isEnabled())
            action.setData(button)

    def _on_triggered(self, action: QAction) -> None:
        button = action.data()
        if isinstance(button, Button):
            button.click()
