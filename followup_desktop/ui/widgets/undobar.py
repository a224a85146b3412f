"""The bar at the bottom: what was done, with Undo; what went wrong, with Details."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import ShortText, Text

DONE_MS = 10_000
"""How long a done thing stays; undoing it later is still possible with the key."""


class UndoBar(QFrame):
    """One line across the foot of the window; hidden when there is nothing to say."""

    undo = Signal()  # take the last command back
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._details, self._take_back = "", _nothing
        self._says, self._seconds = "", 0
        self.setObjectName("foot")
        self.setAccessibleName("What was done")
        self.setFixedHeight(theme.px(48))
        self._mark = QLabel()
        self._lead = ShortText("", "strong")
        self._rest = ShortText("", "muted")
        self._undo = Button(theme, "Undo", key="Ctrl Z", size="small")
        self._copy = Button(theme, "Details", icon="copy", size="small", name="Copy the details")
        self._copy.setToolTip("Copies the technical details")
        self._copied = Text("Copied", "muted")
        self._close = Button(theme, "", "flat", icon="x", size="small", name="Dismiss")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 1, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self._lead)
        row.addWidget(self._rest, 1)
        row.addWidget(self._copied)
        for button in (self._copy, self._undo, self._close):
            row.addWidget(button)
        self._leave = QTimer(self, singleShot=True, interval=DONE_MS)
        self._leave.timeout.connect(self.dismiss)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._on_tick)
        self._undo.clicked.connect(self.take_back)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.dismiss)
        self.hide()

    def show_done(self, says: str, *, undoable: bool = True) -> None:
        """Say what was done; Undo takes it back."""
        self._show("check-circle", "good", says, "", undoable=undoable)
        self._take_back = self.undo.emit
        self._leave.start()

    def show_problem(self, happened: str, kept: str = "", to_do: str = "", details: str = "") -> None:
        """Say what happened, what was kept and what to do; stays until dismissed."""
        self._show("warning-circle", "danger", happened, f"{kept} {to_do}".strip(), undoable=False)
        self._details = details
        self._copy.setVisible(bool(details))

    def count_down(self, says: str, seconds: int, undo: Callable[[], None]) -> None:
        """Count the seconds until something leaves the computer; Undo stops it by calling `undo`."""
        self._show("hourglass", "accent", "", "", undoable=True)
        self._take_back, self._says, self._seconds = undo, says, seconds
        self._show_seconds()
        self._tick.start()

    def is_counting(self) -> bool:
        """Whether something is about to leave the computer."""
        return self._tick.isActive()

    def can_take_back(self) -> bool:
        """Whether what the bar says can be undone."""
        return self._take_back is not _nothing

    @Slot()
    def take_back(self) -> None:
        """Do what the Undo button does."""
        take_back = self._take_back
        self.dismiss()
        take_back()

    @Slot()
    def dismiss(self) -> None:
        """Take the bar away."""
        self._leave.stop()
        self._tick.stop()
        self._take_back = _nothing
        self.hide()
        self.dismissed.emit()

    def _show(self, icon: str, tone: str, lead: str, rest: str, *, undoable: bool) -> None:
        self._leave.stop()
        self._tick.stop()
        self._take_back = _nothing
        self._mark.setPixmap(self._theme.pixmap(icon, tone, 18))
        self._lead.setText(lead)
        self._rest.setText(" · ".join(rest.split("\n")))  # one line is all there is room for
        self._undo.setVisible(undoable)
        self._copy.setVisible(False)
        self._copied.setVisible(False)
        self.setAccessibleDescription(f"{lead} {rest}".strip())
        self.show()

    def _show_seconds(self) -> None:
        self._lead.setText(f"{self._says} in {self._seconds} s")
        self.setAccessibleDescription(self._lead.whole())

    @Slot()
    def _on_tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self.dismiss()
        else:
            self._show_seconds()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copied.setVisible(True)


def _nothing() -> None:
    """There is nothing to take back."""
