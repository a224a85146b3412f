"""The coach beside the draft: as one types, by keyboard, with the reason, an example and other words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor

KEY = Qt.Key


def put(today, text):
    edit = today.page.pane.draft.text_edit
    edit.setFocus()
    edit.selectAll()
    edit.insertPlainText(text)
    today.page.pane.draft.advising.soon.timeout.emit()


def better(today):
    return {each.kind: each for each in today.page.pane.draft.advising.chips.advice() if not each.ok}


def underlined(today):
    edit = today.page.pane.draft.text_edit
    dashed = QTextCharFormat.UnderlineStyle.DashUnderline
    return [
        selection.cursor.selectedText()
        for selection in edit.extraSelections()
        if selection.format.underlineStyle() == dashed
    ]


def note(today):
    shown = today.page.pane.draft.advising.note
    return " ".join(shown._parts) if shown.isVisible() else ""


@pytest.mark.row("M4")
def test_what_the_coach_means_is_underlined_as_one_types(today):
    today.choose("Sam Osei")
    put(today, "Hi Sam,\n\nLuis fitted the heater this morning. Please do not hesitate to call.\n\nDana")
    assert "Please do not hesitate" in underlined(today)
    put(today, "Hi Sam,\n\nLuis fitted the heater this morning. Ring me on 555-0142 if it hums.\n\nDana")
    assert not [words for words in underlined(today) if "hesitate" in words]


@pytest.mark.row("M4")
def test_f3_goes_from_advice_to_advice_with_reason_and_example(today):
    today.choose("Sam Osei")
    put(today, "Hi Sam,\n\nHow was it? Shall we come again? Please do not hesitate to call.\n\nDana")
    wrong = [each for each in today.page.pane.draft.advising.chips.advice() if not each.ok]
    seen = []
    for _ in wrong:
        today.press(KEY.Key_F3)
        seen.append(note(today))
    assert any("Of two questions people answer the easier one" in words for words in seen)
    assert all("Not: “" in words and "Rather: “" in words for words in seen)
    assert len(set(seen)) == len(wrong)
    today.press(KEY.Key_F3)
    assert note(today) == seen[0]


@pytest.mark.row("M4")
def test_the_reason_goes_away_once_it_is_heeded(today):
    today.choose("Sam Osei")
    put(today, "Hi Sam,\n\nLuis fitted the heater this morning. How is it? Shall we come again?\n\nDana")
    draft = today.page.pane.draft
    draft.advising.chips.asked_why.emit(better(today)["one_question"])
    assert "Of two questions" in note(today)
    put(today, "Hi Sam,\n\nLuis fitted the heater this morning. How is it?\n\nDana")
    assert note(today) == ""


@pytest.mark.row("X4")
def test_the_name_of_another_customer_is_caught_as_it_is_typed(today):
    today.choose("Sam Osei")
    put(today, "Hi Sam,\n\nLuis fitted the heater this morning, as he did for Priya Nair.\n\nDana")
    today.qtbot.waitUntil(lambda: "another_name" in better(today))
    assert "Priya Nair" in underlined(today)


@pytest.mark.row("X5")
def test_said_before_offers_other_words_that_are_taken_with_one_press(today):
    from followup_desktop.commands.messages import done, write

    customer = today.choose("Sam Osei").view.beside.customer
    words = today.words()[1]
    earlier = write(today.desk, customer).result
    now = today.clock.moment
    today.clock.moment = now - timedelta(days=60)
    done(today.desk, earlier, "text", words)
    today.clock.moment = now
    today.page.reload()
    today.qtbot.waitUntil(lambda: "not_said_before" in better(today))
    draft = today.page.pane.draft
    draft.advising.chips.asked_why.emit(better(today)["not_said_before"])
    assert draft.advising.note._action.isVisible()
    draft.advising.note._action.click()
    assert today.words()[1] != words
    assert "not_said_before" not in better(today)
    assert draft.touched


def test_customer_text_in_a_reason_is_plain(today):
    today.choose("Sam Osei")
    put(today, "Hi <b>Sue</b>,\n\nLuis fitted the heater this morning.\n\nDana")
    draft = today.page.pane.draft
    draft.advising.chips.asked_why.emit(better(today)["name_right"])
    assert "<b>Sue" not in draft.advising.note._text.text()


def test_the_note_of_one_card_is_not_shown_beside_another(today):
    today.choose("Sam Osei")
    put(today, "Hi Sam,\n\nHow was it? Shall we come again?\n\nDana")
    today.press(KEY.Key_F3)
    assert note(today)
    today.choose("Ana Pereira")
    today.qtbot.waitUntil(lambda: "Ana" in today.words()[1])
    assert note(today) == ""


def test_typing_goes_on_where_it_was_while_the_coach_underlines(today):
    today.choose("Sam Osei")
    edit = today.page.pane.draft.text_edit
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    today.type(" asap")
    place = edit.textCursor().position()
    today.page.pane.draft.advising.soon.timeout.emit()
    assert edit.textCursor().position() == place
    assert not edit.textCursor().hasSelection()
