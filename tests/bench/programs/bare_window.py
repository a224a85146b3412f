"""The floor of a start: a window with a table of 50 rows. It says when it is painted, and stays while one listens."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

ROWS, COLUMNS = 50, 5


class Watch(QObject):
    """Tells of the first paint."""

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self._table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        print("ready", time.monotonic_ns(), flush=True)


def main() -> None:
    app = QApplication(sys.argv)
    window, table, model = QMainWindow(), QTableView(), QStandardItemModel(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row},{column}"))
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1280, 800)
    watch = Watch(table)
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, watch)
    ended.activated.connect(app.quit)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
