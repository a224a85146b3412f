"""A second start brings the window of the first to the front of a real screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget

from tests.fakes.program import python

pytestmark = pytest.mark.desktop


def colour_at(x, y):
    return QColor(QGuiApplication.primaryScreen().grabWindow(0, x, y, 1, 1).toImage().pixel(0, 0)).name()


@pytest.fixture
def cover(qtbot):
    """Another program's window, red, over everything."""
    cover = QWidget()
    cover.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    cover.setStyleSheet("background: #ff0000")
    cover.setGeometry(0, 0, 600, 400)
    qtbot.addWidget(cover)
    return cover


@pytest.mark.parametrize("window", ["hidden", "shown"])
def test_a_second_start_raises_the_window_of_the_first(qtbot, run, bus, cover, tmp_path, window):
    first = run(python("second_start.py", tmp_path / "data"), WINDOW=window)
    qtbot.waitUntil(lambda: first.lines == ["first"])
    if window == "shown":
        qtbot.waitUntil(lambda: colour_at(200, 150) == "#00ff00")
    cover.show()
    cover.raise_()
    qtbot.waitUntil(lambda: colour_at(200, 150) == "#ff0000")
    second = run(python("second_start.py", tmp_path / "data", "show"))
    qtbot.waitUntil(lambda: colour_at(200, 150) == "#00ff00")
    qtbot.waitUntil(lambda: not second.running)
    assert (second.code, first.running) == (0, True)
