"""The small windows that write something down, over a window on a real store."""

import pytest

from tests.ui.scene import open_window


@pytest.fixture
def desk(program):
    return program.desk


@pytest.fixture
def window(qtbot, theme, runner, program, tmp_path):
    """A window with stand-ins for its places; `window.asked` is what was asked of it."""
    opened, asked = open_window(qtbot, theme, runner, program, tmp_path)
    opened.asked = asked
    return opened


@pytest.fixture
def small(qtbot, window):
    """Open a small window over it: `small(LogDialog, customer_id=7)`."""

    def show(kind, **about):
        dialog = kind(window.context, window, **about)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show
