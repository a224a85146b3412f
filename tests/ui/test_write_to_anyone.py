"""Writing to anyone at any time, from the customer and from the palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.everything import running

__all__ = ["running"]


def card_of(running):
    page = running.window.page("today")
    current = page.sight.current
    return None if current is None or current.view is None else current.card


@pytest.mark.row("J3")
def test_the_palette_writes_to_whom_it_found(running, qtbot):
    window = running.window
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.palette_box
    qtbot.keyClicks(box.field, "ben")
    qtbot.waitUntil(lambda: any(entry.title == "Write to Ben Abel" for entry in box._found), timeout=5000)
    titles = [entry.title for entry in box._shown]
    for _ in range(titles.index("Write to Ben Abel")):
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card_of(running) is not None, timeout=5000)
    assert window.current() == "today"
    assert (card_of(running).name, card_of(running).leading.source) == ("Ben Abel", "ad_hoc")


@pytest.mark.row("J3")
def test_w_beside_a_customer_opens_the_draft_with_the_words_at_hand(running, qtbot):
    window = running.window
    window.go("customers", customer_id=1)
    page = window.page("customers")
    qtbot.waitUntil(lambda: page.selected() == 1 and not running.runner._waiting, timeout=5000)
    window.page("customers").take_focus()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: card_of(running) is not None, timeout=5000)
    assert window.current() == "today"
    assert card_of(running).name == "Ana Abel"
    edit = window.page("today").pane.draft.text_edit
    qtbot.waitUntil(edit.hasFocus, timeout=5000)
    assert edit.text().startswith("Hi Ana,")
