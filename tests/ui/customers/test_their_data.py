"""Erasing somebody in the window: the name is typed first, the proof is shown, and the list goes on without them."""

import pytest
from PySide6.QtWidgets import QFileDialog

from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.ui.customers.their_data import EraseDialog
from tests.ui.customers.test_person import beside

pytestmark = pytest.mark.row("G5")
__all__ = ["beside"]


@pytest.fixture
def wendell(add):
    return add("Wendell Price", email="wendell@price.example", phone="(555) 201-0142")


def test_somebody_is_erased_once_their_name_was_typed(wendell, add, beside, read, qtbot):
    ivy = add("Ivy Moss", notes="Knows Wendell Price")
    window, page, _asked = beside(wendell)
    page.pane.choose_tab("consent")
    page.pane.consent.data.erase.click()
    [dialog] = window.findChildren(EraseDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.save_button.isEnabled()
    dialog.name.setText("Wendell")
    assert not dialog.save_button.isEnabled()
    dialog.name.setText("wendell price")
    dialog.save_button.click()
    qtbot.waitUntil(dialog.proof.isVisible)
    assert "erased all that its customer records held" in dialog.proof.accessibleName()
    assert not dialog.save_button.isVisible()
    qtbot.waitUntil(lambda: [row.id for row in page.list.table.rows()] == [ivy])
    assert [each.value for each in read(consent.suppressions)] == ["wendell@price.example", "+15552010142"]
    dialog.reject()
    qtbot.waitUntil(lambda: page.selected() in (None, ivy))
    assert len(read(customers.erasures)) == 1


def test_their_data_is_saved_as_a_page(wendell, beside, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "Wendell Price.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    _window, page, _asked = beside(wendell)
    page.pane.choose_tab("consent")
    page.pane.consent.data.save.click()
    qtbot.waitUntil(file.exists)
    assert "wendell@price.example" in file.read_text()
