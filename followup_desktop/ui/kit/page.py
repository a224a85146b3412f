"""The base of every page: title bar, content, reloading when something changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.changes import Changes
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.titlebar import TitleBar


class PageBase(QWidget):
    """A place in the rail. Subclasses set the class attributes, build their content and write `reload`.

    A page that is not visible does not look again when something changes; it notes it and looks when it is shown.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = ()
    """Kinds of record (table names) this page shows; empty means all."""
    with_bar: ClassVar[bool] = True
    with_search: ClassVar[bool] = True
    with_log: ClassVar[bool] = True

    subtitle_changed = Signal(str)
    badge_changed = Signal(str, int, bool)  # key of the place, number in the rail, whether it is urgent (red)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.theme, self.runner = context, context.theme, context.runner
        self.setObjectName("page")
        self.setAccessibleName(self.title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stale, self._visible = True, False
        self._actions: dict[str, Callable[[], object]] = {}
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.bar = TitleBar(context.theme, self.title, search=self.with_search, log=self.with_log)
        if not self.with_bar:  # never shown here: a widget without a parent would flash as a window of its own
            self.bar.hide()
        self.bar.find_wanted.connect(context.find)
        self.bar.log_wanted.connect(self._on_log)
        self.subtitle_changed.connect(self.bar.set_subtitle)
        self._column.addWidget(self.bar)
        context.runner.changed.connect(self._on_changed)

    @property
    def subtitle(self) -> str:
        """What stands behind the title."""
        return self.bar.subtitle()

    def set_subtitle(self, text: str) -> None:
        """Say beside the title what this place holds now."""
        self.subtitle_changed.emit(text)

    def set_badge(self, count: int, *, urgent: bool = False) -> None:
        """Say in the rail how much waits here; red when something is late."""
        self.badge_changed.emit(self.key, count, urgent)

    def set_content(self, content: QWidget) -> None:
        """Put the page's widget below its title, in place of the one before."""
        if self._content is content:
            return
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._column.addWidget(content, 1)

    def on(self, action: str, slot: Callable[[], object]) -> None:
        """Let a key of `ui/keys.py` do something on this page."""
        self._actions[action] = slot

    def act(self, action: str) -> bool:
        """Do what a key means here; say whether it meant anything."""
        slot = self._actions.get(action)
        if slot is not None:
            slot()
        return slot is not None

    def shown(self) -> None:
        """Note that the page came into view; look again if something changed meanwhile."""
        self._visible = True
        if self._stale:
            self._stale = False
            self.reload()

    def hidden(self) -> None:
        """Note that the page went out of view."""
        self._visible = False

    def take_focus(self) -> None:
        """Give the focus to what one works with here: the first list, table or field, or what fills an empty place."""
        focused = QApplication.focusWidget()
        if self._content is None:
            return
        # A place that is shown again takes up the focus it had, also on what is out of sight by now.
        if focused is not None and self._content.isAncestorOf(focused) and focused.isVisibleTo(self):
            return
        places = [place.button for place in self._content.findChildren(EmptyPlace)]
        fields = self._content.findChildren(QLineEdit)
        for widget in (*self._content.findChildren(QAbstractItemView), *fields, *places):
            if widget.isVisibleTo(self) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Ask the store again. Subclasses write this."""

    def focus_on(self, **focus: Any) -> None:
        """Show what `go(page, **focus)` asked for. Subclasses that can be opened at something write this."""

    def state(self) -> dict[str, Any]:
        """Return what to remember over a restart (plain JSON values)."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `state` returned before the restart."""

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.kinds and not changes.concerns(*self.kinds):
            return
        if self._visible:
            self.reload()
        else:
            self._stale = True

    @Slot()
    def _on_log(self) -> None:
        self.context.log()
