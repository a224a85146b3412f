import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from followup_desktop.base.changes import EVERYTHING
from followup_desktop.core.drafts.model import Span
from followup_desktop.core.drafts.queries import proposal
from followup_desktop.core.feedback.model import Scale
from followup_desktop.core.feedback.rules.tokens import links
from followup_desktop.ui.today.pane import question_of
from followup_desktop.ui.today.popover import later_choices
from followup_desktop.ui.widgets.facts import places
from tests.ui.today.scene import NOW

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def kept(today, follow_up):
    with today.desk.store.read() as session:
        found = proposal(session, follow_up, today.program.templates, today.clock.now())
    return (found.subject, found.text) if found.changed else None


def type_into_text(today, text):
    edit = today.page.pane.draft.text_edit
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    today.type(text)


def test_letters_typed_into_the_draft_do_nothing_else(today):
    today.choose("Sam Osei")
    type_into_text(today, " exs")
    assert today.words()[1].endswith(" exs")
    assert "Sam Osei" in today.names()
    assert today.page.doing.popover is None


def test_escape_goes_from_the_text_back_to_the_list(today):
    today.choose("Sam Osei")
    today.press(KEY.Key_Return)
    assert today.page.pane.draft.text_edit.hasFocus()
    today.press(KEY.Key_Escape)
    assert today.page.list.hasFocus()


def test_tab_goes_from_the_list_to_subject_text_and_actions(today):
    today.choose("Sam Osei")
    order = []
    for _ in range(4):
        today.press(KEY.Key_Tab)
        order.append(QApplication.focusWidget().accessibleName())
    assert order == ["Subject", "Message", "Send", "Save to Drafts"]


def test_what_was_typed_survives_a_restart(today, open_today):
    now = today.choose("Sam Osei")
    type_into_text(today, " One more thing.")
    words = today.words()
    today.close()
    again = open_today(today.path)
    again.choose("Sam Osei")
    again.qtbot.waitUntil(lambda: again.words() == words)
    assert kept(again, now.follow_up) == words


def test_what_was_typed_is_kept_after_a_moment(today):
    now = today.choose("Sam Osei")
    type_into_text(today, " One more thing.")
    today.page.pane.draft._keeping.timeout.emit()
    today.qtbot.waitUntil(lambda: kept(today, now.follow_up) == today.words())


def test_what_was_typed_is_there_on_coming_back_to_the_card(today):
    today.choose("Sam Osei")
    type_into_text(today, " One more thing.")
    words = today.words()
    today.choose("Ana Pereira")
    today.qtbot.waitUntil(lambda: today.words() != words)
    today.choose("Sam Osei")
    today.qtbot.waitUntil(lambda: today.words() == words)


def test_a_change_elsewhere_leaves_what_is_being_typed(today):
    today.choose("Sam Osei")
    type_into_text(today, " half a wor")
    words = today.words()
    place = today.page.pane.draft.text_edit.textCursor().position()
    today.runner.announce(EVERYTHING)
    before = today.page.sight.day
    today.qtbot.waitUntil(lambda: today.page.sight.day is not before)
    today.qtbot.wait(50)
    assert today.words() == words
    assert today.page.pane.draft.text_edit.textCursor().position() == place


def test_start_over_brings_a_fresh_draft(today):
    now = today.choose("Sam Osei")
    fresh = today.words()
    assert not today.page.pane.draft._over.isVisible()
    type_into_text(today, " One more thing.")
    assert today.page.pane.draft._over.isVisible()
    today.page.pane.draft._over.click()
    today.qtbot.waitUntil(lambda: today.words() == fresh)
    assert kept(today, now.follow_up) is None


def test_f2_goes_from_fact_to_fact_and_says_where_each_comes_from(today):
    today.choose("Sam Osei")
    today.press(KEY.Key_F2)
    draft = today.page.pane.draft
    first = draft.source()
    assert "comes from: " in first
    assert draft.text_edit.textCursor().selectedText() in first
    today.press(KEY.Key_F2)
    assert draft.source() != first


def test_a_short_fact_is_marked_as_a_whole_word_only(today):
    today.choose("Greta Lindqvist")
    edit = today.page.pane.draft.text_edit
    assert places(today.words()[1], "3") == [today.words()[1].index("3")]
    edit.set_text("On 30 November, 13 of 3")
    assert [fact for _ in range(2) if (fact := edit.go_to_next_fact()).text == "3"]
    assert edit.textCursor().selectionStart() == len("On 30 November, 13 of ")


def test_the_name_and_the_signature_are_not_marked_as_facts(today):
    today.choose("Sam Osei")
    keys = {fact.key for fact in today.page.pane.draft.text_edit._facts}
    assert keys
    assert not keys & {"customer.given_name", "owner.first_name", "business.name"}


def test_the_coach_answers_while_one_types(today):
    today.choose("Priya Nair")
    type_into_text(today, " Unfortunately the truck broke down.")
    chips = today.page.pane.draft.advising.chips
    today.page.pane.draft.advising.soon.timeout.emit()
    wrong = [advice for advice in chips.advice() if not advice.ok]
    assert any("Unfortunately" in advice.text for advice in wrong)
    pointed = next(advice for advice in wrong if advice.where is not None and "Unfortunately" in advice.text)
    chips.pointed.emit(pointed.where)
    assert "unfortunately" in today.page.pane.draft.text_edit.textCursor().selectedText().casefold()


def test_the_coach_names_four_kept_measures_and_counts_the_rest(today):
    today.choose("Priya Nair")
    chips = today.page.pane.draft.advising.chips
    today.qtbot.waitUntil(lambda: len(chips.advice()) > 5)
    shown = [chips._flow.itemAt(n).widget().advice.text for n in range(chips._flow.count())]
    kept_ = [advice for advice in chips.advice() if advice.ok]
    assert f"{len(kept_) - 4} more" in shown


def test_the_question_of_a_draft_can_be_asked_in_person():
    assert question_of("Hi Priya,\n\nWe came. Has the water been clear?\n\nDana") == "Has the water been clear?"
    assert question_of("Thank you.") == ""
    asked = "How was it?\n\n" + links("dana@example.com", Scale.CSAT, "0000ABCDEFGHJ", "en")
    assert question_of(asked) == "How was it?"


def test_the_links_below_a_question_are_one_short_line_as_long_as_nobody_sends_them(today):
    draft = today.page.pane.draft
    text = "How was it?\n\n" + links("dana@example.com", Scale.CSAT, "0000ABCDEFGHJ", "en") + "\n\nDana"
    draft.put("After the visit", text)
    assert "mailto" not in draft.text_edit.toPlainText()
    assert "[5, entirely]  [4]  [3]  [2]  [1, not at all]" in draft.text_edit.toPlainText()
    assert draft.words() == ("After the visit", text)
    assert not draft.is_unkept()
    draft.text_edit.select(Span("text", len(text) - 4, len(text)))
    assert draft.text_edit.textCursor().selectedText() == "Dana"


def test_the_days_offered_for_later():
    assert [choice.text for choice in later_choices(NOW.date())] == [
        "Tomorrow: Tuesday 24 November",
        "Next week: Monday 30 November",
        "In two weeks: Monday 7 December",
    ]


@pytest.mark.row("M3")
def test_a_missing_fact_is_told_in_place_and_its_sentence_appears(today):
    today.choose("Ana Pereira")
    around = today.page.pane.draft.around
    today.qtbot.waitUntil(lambda: "quote.until" in around.asks.values())
    around.asks.button("quote.until").click()
    today.qtbot.waitUntil(around.entry.isVisible)
    today.type("12 December")
    today.press(KEY.Key_Return)
    today.qtbot.waitUntil(lambda: "12 December" in today.words()[1])
    assert "quote.until" not in around.asks.values()
    assert not around.entry.isVisible()
    today.page.list.setFocus()
    today.press(KEY.Key_Z, CTRL)
    today.qtbot.waitUntil(lambda: "12 December" not in today.words()[1])


@pytest.mark.row("M3")
def test_f4_asks_for_the_first_missing_fact(today):
    today.choose("Ana Pereira")
    around = today.page.pane.draft.around
    today.qtbot.waitUntil(lambda: bool(around.asks.values()))
    today.press(KEY.Key_F4)
    today.qtbot.waitUntil(around.entry.isVisible)
    assert around.entry.field.hasFocus()


@pytest.mark.row("A8")
def test_a_file_is_enclosed_taken_out_and_brought_back(today, tmp_path):
    file = tmp_path / "Price list.pdf"
    file.write_bytes(b"%PDF-1.7 prices")
    now = today.choose("Sam Osei")
    around = today.page.pane.draft.around
    today.page.telling.enclose_file(str(file))
    today.qtbot.waitUntil(lambda: str(1) in around.files.values())
    [one] = today.page.sight.current.view.proposal.enclosures
    assert (one.name, one.file_name) == ("Price list", "Price list.pdf")
    around.files.button(str(one.id)).click()
    today.qtbot.waitUntil(lambda: str(1) not in around.files.values())
    today.press(KEY.Key_Z, CTRL)
    today.qtbot.waitUntil(lambda: str(1) in around.files.values())
    assert today.page.doing.mailing.handing.approved(today.page.sight.current.view).enclosures == (one.id,)
    assert now.follow_up == today.page.sight.current.follow_up


@pytest.mark.row("A8")
def test_an_eml_file_takes_the_enclosures_along_and_a_link_says_that_it_cannot(today, tmp_path):
    import email
    import email.policy

    file = tmp_path / "Price list.pdf"
    file.write_bytes(b"%PDF-1.7 prices")
    today.choose("Sam Osei")
    today.page.telling.enclose_file(str(file))
    today.qtbot.waitUntil(lambda: bool(today.page.sight.current.view.proposal.enclosures))
    today.page.doing.mailing.handing.go("mailto")
    assert "cannot take enclosures" in today.page.pane.problem.accessibleName()
    today.page.doing.mailing.handing.save_as(str(tmp_path / "x.eml"))
    today.until_gone("Sam Osei")
    written = email.message_from_bytes((tmp_path / "x.eml").read_bytes(), policy=email.policy.default)
    assert [part.get_filename() for part in written.iter_attachments()] == ["Price list.pdf"]


@pytest.mark.row("A8")
def test_what_cannot_be_enclosed_is_said_beside_the_draft(today, tmp_path):
    today.choose("Sam Osei")
    today.page.telling.enclose_file(str(tmp_path / "none.pdf"))
    today.qtbot.waitUntil(today.page.pane.problem.isVisible)
    assert "could not be read" in today.page.pane.problem.accessibleName()


@pytest.mark.row("M2")
def test_every_fact_says_where_it_came_from_also_the_names_and_those_in_the_subject(today):
    today.choose("Sam Osei")
    draft = today.page.pane.draft
    cursor = draft.text_edit.textCursor()
    for words in ("Sam", "Blue Heron Pools"):
        cursor.setPosition(draft.text_edit.text().index(words) + 1)
        fact = draft.text_edit.fact_at(cursor)
        assert fact.text == words
        assert fact.source
    assert "Heater" in today.words()[0]
    assert "“Heater” comes from: " in draft.subject_line.toolTip()
