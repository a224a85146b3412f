"""Measures how long the window could not answer."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Slot

BEAT_MS = 8


class Heartbeat(QObject):
    """Beats every 8 ms on the window's thread and remembers the longest gap."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gaps: list[float] = []
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        """Begin to measure."""
        self._gaps.clear()
        self._since.start()
        self._timer.start()

    def stop(self) -> float:
        """End, and return the longest time in milliseconds in which nothing was answered."""
        if self._timer.isActive():
            self._on_beat()
            self._timer.stop()
        return self.longest_ms()

    def longest_ms(self) -> float:
        """Return the longest gap so far beyond a beat's own length."""
        return max(0.0, max(self._gaps, default=0.0) - BEAT_MS)

    def beats(self) -> int:
        """Return how often it beat."""
        return len(self._gaps)

    @Slot()
    def _on_beat(self) -> None:
        self._gaps.append(self._since.nsecsElapsed() / 1e6)
        self._since.restart()
