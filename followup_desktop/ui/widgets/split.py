"""A list beside the thing itself; where it is too narrow they take turns."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSplitter, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button

TURNS_PX = 760
LIST_SHARE, PANE_SHARE = 0.38, 0.5
"""How much of a narrow window the side of fixed width may take."""


class SplitPane(QWidget):
    """List and pane with a line between them that can be moved.

    Below 760 pixels, or where both do not fit, one of them is shown: the list, until `show_pane`.
    """

    moved = Signal(int)  # the list's new width

    def __init__(
        self, theme: Theme, list_: QWidget, pane: QWidget, *, list_px: int = 0, parent: QWidget | None = None
    ) -> None:
        """Give the list `list_px` pixels, or, negative, the pane that many; 0 means the width of the drawings."""
        super().__init__(parent)
        self._theme, self._list, self._pane = theme, list_, pane
        self._wanted = list_px or theme.tokens.list_px
        self._narrow, self._at_pane, self._alone = False, False, False
        self._back = Button(theme, "Back to the list", "flat", icon="arrow-left", size="small")
        self._back.clicked.connect(self.show_list)
        self._back.hide()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(pane, 1)
        self._right = right
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(list_)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0 if self._wanted < 0 else 1, 1)
        self._splitter.splitterMoved.connect(self._on_moved)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self._splitter)

    def width_of_list(self) -> int:
        """Return the width to remember (negative: of the pane)."""
        return self._wanted

    def set_width_of_list(self, width: int) -> None:
        """Take up a remembered width."""
        if width:
            self._wanted = width
            self._place()

    def is_narrow(self) -> bool:
        """Whether list and pane take turns."""
        return self._narrow

    @Slot()
    def show_pane(self) -> None:
        """Turn to the pane where they take turns: a row was opened."""
        self._at_pane = True
        self._take_turns()

    @Slot()
    def show_list(self) -> None:
        """Turn to the list where they take turns."""
        self._at_pane = False
        self._take_turns()
        self._list.setFocus()

    def show_pane_alone(self, alone: bool) -> None:
        """Give the pane all the room, or bring the list back."""
        self._alone = alone
        self._take_turns()
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Qt: room for one of the two; where there is no room for both they take turns."""
        return self._list.minimumSizeHint().expandedTo(self._right.minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: take turns or stand side by side."""
        super().resizeEvent(event)
        both = self._list.minimumSizeHint().width() + self._right.minimumSizeHint().width()
        narrow = self.width() < max(self._theme.px(TURNS_PX), both)
        if narrow != self._narrow:
            self._narrow = narrow
            self._stay_where_one_works()
            self._take_turns()
        self._place()

    def _stay_where_one_works(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self._at_pane = self._right.isAncestorOf(focused)

    def _take_turns(self) -> None:
        self._list.setVisible(not self._alone and (not self._narrow or not self._at_pane))
        self._right.setVisible(self._alone or not self._narrow or self._at_pane)
        self._back.setVisible(self._narrow and not self._alone)

    def _place(self) -> None:
        if not self._narrow and not self._alone and self.width() > 0:
            share = LIST_SHARE if self._wanted > 0 else PANE_SHARE
            width = min(self._theme.px(abs(self._wanted)), round(self.width() * share))
            left = width if self._wanted > 0 else self.width() - width
            self._splitter.setSizes([left, self.width() - left])

    @Slot(int, int)
    def _on_moved(self, position: int, _index: int) -> None:
        wanted = position if self._wanted > 0 else position - self.width()
        self._wanted = round(wanted / self._theme.scale)
        self.moved.emit(self._wanted)
