"""The place called Customers, in a window on a real store."""

import pytest

from followup_desktop.ui.pages import PageEntry
from tests.ui.scene import open_window

CUSTOMERS = PageEntry(
    "customers", "Customers", "users-three", "Ctrl+3", "followup_desktop.ui.customers.page:CustomersPage"
)


@pytest.fixture
def desk(program):
    return program.desk


@pytest.fixture
def opened(qtbot, theme, runner, program, tmp_path):
    """Open the window: `window, page, asked = opened()`."""

    def make():
        window, asked = open_window(qtbot, theme, runner, program, tmp_path, CUSTOMERS)
        page = window.page("customers")
        qtbot.waitUntil(lambda: bool(page.subtitle) or page.empty.isVisible())
        return window, page, asked

    return make


@pytest.fixture
def names():
    """Return the names the list shows."""

    def shown(page):
        return [row.name for row in page.list.table.rows()]

    return shown
