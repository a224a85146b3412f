from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from followup_desktop.base.changes import EVERYTHING
from followup_desktop.commands import customers, messages
from followup_desktop.commands import outbox as outbox_commands
from followup_desktop.core.customers.model import Person
from followup_desktop.core.drafts.queries import proposal
from followup_desktop.core.drafts.tables import PhraseChangeRow
from followup_desktop.core.history.queries import history
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.messages import queries as outbox
from followup_desktop.core.messages.model import Fate, MessageState
from tests.outbox.steps import became
from tests.ui.today import scene

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def mailing(open_today, tmp_path):
    """Today with a mail account, whose servers nobody runs."""
    made = scene.small(tmp_path / "mailing.db")
    made.account()
    made.program.close()
    return open_today(tmp_path / "mailing.db")


def newest(today, who):
    return today.ask(history, who, 1)[0]


def test_done_takes_the_card_away_and_the_next_one_is_selected(today):
    now = today.choose("Greta Lindqvist")
    today.press(KEY.Key_E)
    today.until_gone("Greta Lindqvist")
    assert today.outcome(now.follow_up) == "done_in_person"
    assert today.selected() == "Sam Osei"
    today.until_said("Said in person: Greta Lindqvist")


def test_undo_brings_the_card_back_and_selects_it(today):
    today.choose("Greta Lindqvist")
    today.press(KEY.Key_E)
    today.until_gone("Greta Lindqvist")
    today.press(KEY.Key_Z, CTRL)
    today.until_there("Greta Lindqvist")
    today.qtbot.waitUntil(lambda: today.selected() == "Greta Lindqvist")
    assert today.names().index("Greta Lindqvist") == 2


def test_later_asks_until_when_and_a_digit_answers(today):
    now = today.choose("Ana Pereira")
    today.press(KEY.Key_S)
    popover = today.page.doing.popover
    assert popover.buttons[0].text() == "Tomorrow: Tuesday 24 November"
    today.qtbot.keyClick(popover, KEY.Key_2)
    today.until_gone("Ana Pereira")
    until = today.ask(journeys.follow_up, now.follow_up).later_until
    assert until == datetime(2026, 11, 30, 5, tzinfo=UTC)


def test_later_takes_any_day(today):
    now = today.choose("Ana Pereira")
    today.press(KEY.Key_S)
    popover = today.page.doing.popover
    popover.day.setDate(date(2026, 12, 2))
    popover.go.click()
    today.until_gone("Ana Pereira")
    assert today.ask(journeys.follow_up, now.follow_up).later_until.day == 2


def test_skip_asks_why_and_keeps_the_reason(today):
    now = today.choose("Ana Pereira")
    today.press(KEY.Key_X)
    today.qtbot.keyClick(today.page.doing.popover, KEY.Key_1)
    today.until_gone("Ana Pereira")
    assert today.outcome(now.follow_up) == "skipped"


def test_skip_takes_a_reason_in_ones_own_words(today):
    today.choose("Maria Alvarez")
    today.press(KEY.Key_X)
    popover = today.page.doing.popover
    popover.why.setText("She sold the house")
    today.qtbot.keyClick(popover.why, KEY.Key_Return)
    today.until_gone("Maria Alvarez")
    today.until_said("Skipped: Maria Alvarez")


def test_escape_closes_a_question_and_nothing_happens(today):
    today.choose("Ana Pereira")
    today.press(KEY.Key_X)
    today.qtbot.keyClick(today.page.doing.popover, KEY.Key_Escape)
    assert "Ana Pereira" in today.names()


def test_a_call_shows_number_and_words_and_keeps_what_was_said(today):
    now = today.choose("Greta Lindqvist")
    today.press(KEY.Key_C)
    sheet = today.page.pane.call
    today.qtbot.waitUntil(lambda: today.page.pane.shows(sheet))
    assert sheet.number.text().startswith("(555) 010-")
    assert "Dana" in sheet.sheet.text("say")
    sheet.note.setPlainText("Gate has a new latch")
    today.press(KEY.Key_R)
    today.until_gone("Greta Lindqvist")
    assert today.outcome(now.follow_up) == "done_call"
    assert newest(today, now.card.customer).note == "Gate has a new latch"


def test_whoever_has_a_number_only_is_shown_as_a_text_to_send(open_today, tmp_path):
    made = scene.small(tmp_path / "texts.db")
    tom = made.at(hours=20).customer("Tom Becker", email="")
    made.log(tom, "purchase", about="cover", amount=18900)
    made.end().program.close()
    today = open_today(tmp_path / "texts.db")
    today.choose("Tom Becker")
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane.text))
    assert today.page.list.hasFocus()


def test_nobody_answered_and_it_comes_back_tomorrow(today):
    now = today.choose("Greta Lindqvist")
    today.press(KEY.Key_C)
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane.call))
    today.press(KEY.Key_N)
    today.until_gone("Greta Lindqvist")
    found = today.ask(journeys.follow_up, now.follow_up)
    assert (found.state, found.later_until) == ("open", datetime(2026, 11, 24, 5, tzinfo=UTC))


def test_escape_leaves_the_call_for_the_draft(today):
    today.choose("Greta Lindqvist")
    today.press(KEY.Key_C)
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane.call))
    today.press(KEY.Key_Escape)
    assert today.page.pane.shows(today.page.pane.draft)
    assert today.page.list.hasFocus()


def test_a_text_can_be_copied_and_is_noted_as_sent(today):
    now = today.choose("Greta Lindqvist")
    today.press(KEY.Key_T)
    sheet = today.page.pane.text
    today.qtbot.waitUntil(lambda: today.page.pane.shows(sheet))
    sheet.copy_words.click()
    assert QApplication.clipboard().text() == sheet.words.text()
    sheet.words.set_text(sheet.words.text().replace("Thank you for saying it", "I am glad you said it"))
    today.press(KEY.Key_R)
    today.until_gone("Greta Lindqvist")
    assert today.outcome(now.follow_up) == "done_text"
    assert today.ask(replaced_words) == [("text", "Thank you for saying", "I am glad you said")]


def replaced_words(session):
    return [(row.channel, row.before, row.after) for row in session.query(PhraseChangeRow)]


def test_the_seldom_ways_have_their_keys_too(today):
    now = today.choose("Sam Osei")
    today.press(KEY.Key_I)
    today.until_gone("Sam Osei")
    assert today.outcome(now.follow_up) == "done_in_person"


@pytest.mark.row("M7", "A5")
def test_a_card_has_words_and_an_address_to_print_and_is_noted(today, tmp_path):
    now = today.choose("Sam Osei")
    today.press(KEY.Key_L)
    sheet = today.page.pane.card
    today.qtbot.waitUntil(lambda: today.page.pane.shows(sheet))
    assert "Palm Ct" in sheet.address.text()
    assert "Sam" in sheet.words.text()
    today.page.doing.by_hand.save_letter(str(tmp_path / "card.pdf"))
    letter, envelope = PdfReader(tmp_path / "card.pdf").pages
    assert "Sam" in letter.extract_text()
    on_it = " ".join(envelope.extract_text().split())
    assert on_it.startswith("Blue Heron Pools")
    assert "Palm Ct" in on_it
    assert round(float(envelope.mediabox.width)) == 684, "a No. 10 envelope is nine and a half inches wide"
    sheet.envelope_button.click()
    dialog = today.page.doing.by_hand._print_dialog
    assert dialog.windowTitle() == "Print the envelope"
    dialog.reject()
    today.page.pane.card.yes.click()
    today.until_gone("Sam Osei")
    assert today.outcome(now.follow_up) == "done_card"


@pytest.mark.row("M7")
def test_a_call_sheet_says_what_to_say_to_ask_and_to_note(today):
    today.choose("Sam Osei")
    today.press(KEY.Key_C)
    call = today.page.pane.call
    today.qtbot.waitUntil(lambda: today.page.pane.shows(call))
    for part in ("say", "ask", "note"):
        assert call.sheet.text(part)


def test_every_action_shows_its_key(today):
    pane = today.page.pane
    shown = {action: pane.button(action).key() or pane.button(action).toolTip() for action in pane._buttons}
    assert shown == {
        "send": "Ctrl ↵", "save_draft": "Ctrl D", "call": "C", "text": "T", "done": "E", "later": "S", "skip": "X",
        "in_person": "I", "card": "L", "facts": "F2", "advice": "F3", "keep_found": "F6",
            "send_later": "Ctrl Shift ↵",
        "put_right": "Ctrl Shift R", "stop_journey": "Ctrl Shift X",
    }  # fmt: skip


def test_seldom_actions_stand_in_a_menu_with_their_keys(today):
    row = today.page.pane.action_row
    row._fill_menu()
    assert [action.text() for action in row._menu.actions()][-7:] == [
        "Said in person\tI",
        "Card or letter\tL",
        "Show the next fact\tF2",
        "Show the next advice\tF3",
        "Keep what it promises\tF6",
        "Something went wrong\tCtrl Shift R",
        "Stop this journey\tCtrl Shift X",
    ]


def test_sending_counts_down_and_undo_brings_card_and_words_back(mailing):
    now = mailing.choose("Sam Osei")
    mailing.page.pane.draft.text_edit.setFocus()
    mailing.type("Sam, ")
    words = mailing.words()
    mailing.press(KEY.Key_Return, CTRL)
    mailing.until_said("Sending to Sam in 10 s")
    mailing.until_gone("Sam Osei")
    (waiting,) = mailing.ask(outbox.outbox)
    assert (waiting.state, waiting.to_name) == (MessageState.QUEUED, "Sam Osei")
    assert mailing.woken
    assert mailing.page.list.hasFocus()
    mailing.window.undo_bar.take_back()
    mailing.until_there("Sam Osei")
    mailing.qtbot.waitUntil(lambda: mailing.selected() == "Sam Osei" and mailing.words() == words)
    assert mailing.outcome(now.follow_up) == ""
    assert mailing.ask(outbox.outbox) == []


def test_what_leaves_after_the_quiet_hours_says_when(mailing):
    mailing.clock.moment = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)  # half past seven in the morning there
    mailing.page.reload()
    mailing.choose("Maria Alvarez")
    mailing.press(KEY.Key_Return, CTRL)
    mailing.until_said("Goes to Maria Alvarez today, 8:00 am, after the quiet hours")


def test_the_same_message_covers_what_else_is_ticked(mailing):
    ana = next(card for card in mailing.page.sight.day.queue.cards if card.name == "Ana Pereira")
    messages.write(mailing.desk, ana.customer)
    mailing.runner.announce(EVERYTHING)
    mailing.choose("Ana Pereira")
    mailing.qtbot.waitUntil(lambda: len(mailing.page.pane.draft.also.boxes) == 1)
    box = mailing.page.pane.draft.also.boxes[0]
    assert box.accessibleName() == f"Also covers: {ana.why_here}"
    box.click()
    mailing.press(KEY.Key_Return, CTRL)
    mailing.until_gone("Ana Pereira")
    assert mailing.outcome(ana.leading.id) == "covered"


def test_without_an_address_the_text_is_kept_and_it_is_said_beside_the_draft(mailing):
    now = mailing.choose("Maria Alvarez")
    customers.edit_customer(mailing.desk, now.card.customer, Person(given_name="Maria", family_name="Alvarez"))
    mailing.page.pane.draft.take_over("Filter", "Words of my own")
    mailing.press(KEY.Key_Return, CTRL)
    problem = mailing.page.pane.problem
    mailing.qtbot.waitUntil(problem.isVisible)
    assert "no email address for Maria Alvarez" in problem.accessibleName()
    assert mailing.words() == ("Filter", "Words of my own")
    assert mailing.selected() == "Maria Alvarez"


def test_a_server_that_is_away_leaves_the_words_and_says_so(mailing):
    mailing.choose("Sam Osei")
    words = mailing.words()
    mailing.press(KEY.Key_D, CTRL)
    mailing.qtbot.waitUntil(mailing.page.pane.problem.isVisible, timeout=15_000)
    assert mailing.words() == words
    assert "Sam Osei" in mailing.names()


def test_without_an_account_sending_offers_other_ways_and_keeps_the_text(today):
    today.choose("Sam Osei")
    today.page.pane.draft.take_over("Heater", "Words of my own")
    today.press(KEY.Key_Return, CTRL)
    ways = today.page.pane.ways
    assert today.page.pane.shows(ways)
    ways.button("copy").click()
    assert QApplication.clipboard().text() == "Words of my own"
    today.press(KEY.Key_Escape)
    assert today.page.pane.shows(today.page.pane.draft)
    assert today.words() == ("Heater", "Words of my own")
    assert "Sam Osei" in today.names()


@pytest.mark.row("A2")
def test_the_message_can_be_saved_as_a_file_that_mail_programs_send(today, tmp_path):
    now = today.choose("Sam Osei")
    today.page.pane.draft.take_over("Heater", "Words of my own")
    today.press(KEY.Key_Return, CTRL)
    path = tmp_path / "Sam.eml"
    today.page.doing.mailing.handing.save_as(str(path))
    today.until_gone("Sam Osei")
    raw = path.read_bytes()
    assert b"To: Sam Osei <" in raw
    assert b"Words of my own" in raw
    assert b"X-Unsent: 1" in raw
    assert path.stat().st_mode & 0o777 == 0o600
    assert today.outcome(now.follow_up) == "sent"


@pytest.mark.row("A2")
def test_a_folder_that_cannot_be_written_keeps_everything(today, tmp_path):
    today.choose("Sam Osei")
    today.page.doing.mailing.handing.save_as(str(tmp_path / "none" / "Sam.eml"))
    today.qtbot.waitUntil(today.page.pane.problem.isVisible)
    assert "could not be written" in today.page.pane.problem.accessibleName()
    assert "Sam Osei" in today.names()


@pytest.mark.row("A2")
def test_the_mail_program_gets_the_message_filled_in(today, tmp_path, monkeypatch):
    given = tmp_path / "given"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{given}"\n', "utf-8")
    opener.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    now = today.choose("Sam Osei")
    today.page.pane.draft.take_over("Heater", "Words of my own")
    today.press(KEY.Key_Return, CTRL)
    today.page.pane.ways.button("mailto").click()
    today.until_gone("Sam Osei")
    assert given.read_text("utf-8").endswith("?subject=Heater&body=Words%20of%20my%20own%0D%0A")
    assert today.outcome(now.follow_up) == "sent"


def test_two_presses_of_a_key_settle_one_card(today):
    today.choose("Greta Lindqvist")
    today.press(KEY.Key_E)
    today.press(KEY.Key_E)
    today.until_gone("Greta Lindqvist")
    assert len(today.names()) == 4


def test_a_promise_can_be_made_to_whom_one_looks_at(today):
    now = today.choose("Greta Lindqvist")
    today.press(KEY.Key_P)
    assert today.promised == [{"customer_id": now.card.customer, "event": now.view.proposal.follow_up.event}]


def test_a_message_of_which_nobody_knows_is_asked_about(open_today, tmp_path):
    made = scene.small(tmp_path / "unsure.db")
    made.account()
    (sam,) = (c for c in _cards(made) if c.name == "Sam Osei")
    found = _proposal(made, sam.leading.id)
    sent = messages.send(made.desk, messages.Approved(sam.leading.id, found.subject, found.text)).result
    made.clock.moment = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
    became(made.desk, sent, Fate.LEAVES)
    outbox_commands.looked(made.desk, sent, ask=True)
    made.program.close()
    today = open_today(tmp_path / "unsure.db")
    notices = today.page.notices
    assert notices.unsure.isVisible()
    assert notices.unsure.accessibleName().startswith("1 message needs you. We cannot tell whether")
    notices.did.click()
    today.qtbot.waitUntil(lambda: not notices.isVisible())
    assert today.ask(outbox.message, sent).state == MessageState.ACCEPTED, "its copy is seen to next"


def test_a_refused_message_is_said_and_its_words_come_back(open_today, tmp_path):
    made = scene.small(tmp_path / "refused.db")
    made.account()
    (sam,) = (c for c in _cards(made) if c.name == "Sam Osei")
    sent = messages.send(made.desk, messages.Approved(sam.leading.id, "Heater", "Words of my own")).result
    made.clock.moment = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
    became(made.desk, sent, Fate.REFUSED, "550 no such mailbox")
    made.program.close()
    today = open_today(tmp_path / "refused.db")
    assert "1 message was refused." in today.page.notices.refused.accessibleName()
    today.qtbot.mouseClick(today.page.notices.refused._action, Qt.MouseButton.LeftButton)
    today.qtbot.waitUntil(today.page.pane.problem.isVisible)
    assert today.selected() == "Sam Osei"
    assert "550 no such mailbox" in today.page.pane.problem.accessibleName()
    today.qtbot.mouseClick(today.page.pane.problem._action, Qt.MouseButton.LeftButton)
    assert today.words() == ("Heater", "Words of my own")


def _cards(made):
    from followup_desktop.core.queue.queries.today import queue

    with made.desk.store.read() as session:
        return queue(session, made.clock.now()).cards


def _proposal(made, follow_up):
    with made.desk.store.read() as session:
        return proposal(session, follow_up, made.program.templates, made.clock.now())


@pytest.mark.row("R1", "A4")
def test_on_the_phone_something_went_wrong_and_a_case_opens_in_their_words(today):
    key = today.choose("Sam Osei").follow_up
    today.press(Qt.Key.Key_C)
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane.call))
    today.press(Qt.Key.Key_W)
    call = today.page.pane.call
    assert call.asked.isVisible()
    assert call.note.hasFocus()
    today.type("The heater clicks all night")
    call.wrong.click()
    today.until_said("a case is open")
    assert today.outcome(key) == "done_call"
    from followup_desktop.core.cases.queries import cases

    case = next(each for each in today.ask(cases) if each.name == "Sam Osei")
    assert (case.what, case.how) == ("The heater clicks all night", "phone")
    today.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    today.qtbot.waitUntil(lambda: not [each for each in today.ask(cases) if each.name == "Sam Osei"])
    assert today.outcome(key) == ""
