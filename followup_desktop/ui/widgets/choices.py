"""A list to choose one thing from."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Choices(QComboBox):
    """A list that leaves the wheel to what it stands in: who scrolls past it chooses nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: let what it stands in scroll."""
        event.ignore()
