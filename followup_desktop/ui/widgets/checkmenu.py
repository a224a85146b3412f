"""A button that opens a list of which several can be chosen: "they answer or leave"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import plain

MOST_LETTERS = 32


class _Staying(QMenu):
    """A menu that stays open while things in it are ticked; Escape or a press elsewhere closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: tick, and stay."""
        action = self.activeAction()
        if action is not None and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Space and Enter tick, and stay."""
        action = self.activeAction()
        if action is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            action.trigger()
        else:
            super().keyPressEvent(event)


class CheckMenu(Button):
    """Shows in words what is chosen; `says` words the chosen keys."""

    chosen = Signal()
    icon_at_right = True

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[tuple[str, str]],
        says: Callable[[frozenset[str]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", size="small", icon="caret-down", name=name, parent=parent)
        self._name, self._says = name, says
        self._menu = _Staying(self)
        for value, text in choices:
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setData(value)
            action.setCheckable(True)
        self._menu.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)
        self._more: frozenset[str] = frozenset()
        self.choose(())

    def values(self) -> frozenset[str]:
        """Return the keys chosen; those that cannot be chosen here are kept as they were."""
        ticked = {str(action.data()) for action in self._menu.actions() if action.isChecked()}
        return frozenset(ticked | self._more)

    def choose(self, values: Collection[str]) -> None:
        """Choose without telling."""
        offered = {str(action.data()) for action in self._menu.actions()}
        self._more = frozenset(values) - offered
        for action in self._menu.actions():
            action.setChecked(action.data() in values)
        self._word()

    def _word(self) -> None:
        words = self._says(self.values())
        self.setText((words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…").replace("&", "&&"))
        self.setToolTip(plain(words))
        self.setAccessibleName(f"{self._name}: {words}")
        self.updateGeometry()

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        self._word()
        self.chosen.emit()
