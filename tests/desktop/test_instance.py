"""A second start brings the window of the first to the front of a real screen."""

import pytest

from tests.desktop.conftest import colour_at
from tests.fakes.program import python

pytestmark = pytest.mark.desktop


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
