"""Shows that something runs, how far it is, and lets the owner stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import ShortText

PATIENCE_MS = 100
"""What is over sooner is not shown at all."""


class BusyLine(QWidget):
    """A line that appears when something takes longer than 100 ms."""

    cancelled = Signal()

    def __init__(self, theme: Theme, *, cancel: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = ShortText("", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(theme.px(160))
        self._cancel = Button(theme, "Cancel", "flat", size="small")
        if not cancel:
            self._cancel.hide()
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        row.setSpacing(theme.px(10))
        row.addWidget(self._bar)
        row.addWidget(self._says, 1)
        row.addWidget(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def start(self, says: str) -> None:
        """Begin; shown after 100 ms."""
        self._says.setText(says)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(says)
        self._cancel.setEnabled(True)
        self._patience.start()

    @Slot(int, int, str)
    def step(self, done: int, total: int, says: str = "") -> None:
        """Show how far it is; a `total` of 0 means unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if says:
            self._says.setText(says)

    def is_under_way(self) -> bool:
        """Whether it was begun and has not ended."""
        return self._patience.isActive() or not self.isHidden()

    def is_stopping(self) -> bool:
        """Whether Cancel was pressed."""
        return not self._cancel.isEnabled()

    @Slot()
    def finish(self) -> None:
        """End."""
        self._patience.stop()
        self.hide()

    @Slot()
    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._says.setText("Stopping…")
        self.cancelled.emit()
