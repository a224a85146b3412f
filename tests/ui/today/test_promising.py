"""Promises found in a draft as one types: kept with one key, refused, taken back, and never offered twice."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.promises.queries import open_promises, promise


def put(today, text):
    edit = today.page.pane.draft.text_edit
    edit.setFocus()
    edit.selectAll()
    edit.insertPlainText(text)
    today.page.pane.draft.advising.soon.timeout.emit()


def offered(today):
    return today.page.pane.draft.found.words()


def kept(today):
    with today.desk.store.read() as session:
        return open_promises(session)


@pytest.fixture
def before(today):
    return len(kept(today))


@pytest.mark.row("X1")
def test_a_promise_in_the_draft_is_offered_as_one_types_and_kept_with_one_key(today, before):
    put(today, "The pump is in.")
    assert offered(today) == ""
    put(today, "Hi.\n\nI'll drop by on Thursday at 3 p.m.\n\nDana")
    assert offered(today) == "Keep as a promise: Drop by · Thursday, 3:00 pm"
    today.qtbot.keyClick(today.page.pane.draft.text_edit, Qt.Key.Key_F6)
    today.qtbot.waitUntil(lambda: len(kept(today)) == before + 1)
    today.qtbot.waitUntil(lambda: offered(today) == "")
    made = next(one for one in kept(today) if one.line == "I'll drop by on Thursday at 3 p.m.")
    assert (made.what, made.customer_id) == ("drop by", today.page.pane.customer())
    put(today, "Hi.\n\nI'll drop by on Thursday at 3 p.m. Does that suit you?\n\nDana")
    assert offered(today) == ""


@pytest.mark.row("X1")
def test_it_goes_when_the_sentence_goes_and_what_was_kept_can_be_taken_back(today, before):
    put(today, "I'll drop by on Thursday.")
    put(today, "The pump is in.")
    assert offered(today) == ""
    put(today, "I'll drop by on Thursday.")
    today.qtbot.mouseClick(today.page.pane.draft.found.keep_button, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: len(kept(today)) == before + 1)
    today.qtbot.waitUntil(lambda: offered(today) == "")
    made = max(one.id for one in kept(today))
    put(today, "The pump is in.")
    assert "no longer in this draft" in offered(today)
    today.page.act("keep_found")
    today.qtbot.waitUntil(lambda: len(kept(today)) == before)
    with today.desk.store.read() as session:
        assert promise(session, made).state is PromiseState.WITHDRAWN
    assert offered(today) == ""


@pytest.mark.row("X1")
def test_words_of_our_own_that_name_no_day_are_no_promise_to_keep(today):
    today.choose("Maria Alvarez")
    assert "You will hear from me when it is done" in today.page.pane.draft.text_edit.text()
    assert offered(today) == ""
    put(today, today.page.pane.draft.text_edit.text() + "\n\nI'll have the papers with you.")
    assert offered(today) == "Keep as a promise: Have the papers with you · by when?"


@pytest.mark.row("X1")
def test_what_is_no_promise_is_remembered_and_what_names_no_day_is_asked(today, before):
    put(today, "I'll have the papers with you.")
    assert offered(today) == "Keep as a promise: Have the papers with you · by when?"
    today.page.act("keep_found")
    assert today.promised == [
        {
            "customer_id": today.page.pane.customer(),
            "text": "have the papers with you ",
            "sentence": "I'll have the papers with you.",
        }
    ]
    today.qtbot.mouseClick(today.page.pane.draft.found.refuse_button, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(lambda: offered(today) == "")
    put(today, "I'll have the papers with you. Good?")
    assert offered(today) == ""
    assert len(kept(today)) == before


@pytest.mark.row("P1")
def test_something_is_promised_from_a_call_and_while_typing(today):
    today.qtbot.keyClick(today.page.pane.draft.text_edit, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    today.page.act("call")
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane.call))
    today.qtbot.mouseClick(today.page.pane.call.promise, Qt.MouseButton.LeftButton)
    assert today.promised == [{"customer_id": today.page.pane.customer()}] * 2
