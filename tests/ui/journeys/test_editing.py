"""Changing a journey in the window: what it does before it is kept, versions, rehearsal, proposals."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from followup_desktop.base.settings import find
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.consent import set_consent
from followup_desktop.commands.journeys import NewVersion, save_journey, switch_journey
from followup_desktop.core.journeys.queries import of_customer
from followup_desktop.core.journeys.rules.writing import journey_text
from followup_desktop.ui.journeys.editor import JourneyEditor
from tests.conftest import MONDAY


@pytest.fixture
def ana(add, log):
    """Got a quote on Saturday."""
    key = add("Ana Pereira")
    log(key, "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    return key


@pytest.fixture
def at(opened, ana):
    """The page, with the quote journey shown."""
    shown = opened("journeys")
    shown.page.list.select("quote")
    return shown


def worked_out(at, qtbot):
    """Wait until what the form says has been worked out."""
    editor = at.page.pane.editor
    qtbot.waitUntil(lambda: not editor._pause.isActive(), timeout=3000)
    at.settle()


def edit(at, qtbot):
    at.press(at.page.pane.edit_button)
    worked_out(at, qtbot)
    return at.page.pane.editor


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def days(read, key):
    return {f.touchpoint: f.due.date() for f in read(of_customer, key, open_only=True)}


@pytest.mark.row("J4")
def test_what_a_change_does_is_said_before_it_is_kept_and_keeping_it_does_just_that(at, qtbot, read, ana):
    editor = edit(at, qtbot)
    before = days(read, ana)
    assert before["day_16"] == date(2026, 12, 7)
    editor.forms[2].due.number.setValue(12)
    worked_out(at, qtbot)
    beside = said(at.page.pane.side)
    assert "Ana Pereira" in beside
    assert any("7 Dec → Thu 3 Dec" in text for text in beside), beside
    assert "1 moved" in editor.effect.text()
    assert "Changed: Is it still of interest, day 16, when: day 12" in editor.changes.text()
    assert days(read, ana) == before  # nothing yet
    editor.note.setText("Sooner")
    at.press(editor.keep)
    assert at.said == ["Quote saved"]
    assert days(read, ana)["day_16"] == date(2026, 12, 3)
    assert not at.page.pane.is_editing()
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, at.page.list)
    assert days(read, ana) == before


@pytest.mark.row("J4", "Q4")
def test_what_would_be_held_back_is_said_with_its_reason(at, qtbot, add, log, desk):
    sam = add("Sam Osei")
    log(sam, "quote_sent", about="salt cell", at=MONDAY - timedelta(days=2))
    for channel in ("email", "text", "call", "card"):
        set_consent(desk, sam, channel, allowed=False)
    editor = edit(at, qtbot)
    editor.forms[0].due.number.setValue(4)
    worked_out(at, qtbot)
    beside = said(at.page.pane.side)
    assert sum("They said no to it" in text for text in beside) == 1, beside


@pytest.mark.row("J4")
def test_a_problem_is_said_at_its_touchpoint_and_it_cannot_be_kept(at, qtbot):
    editor = edit(at, qtbot)
    editor.forms[1].closes.number.setValue(3)
    worked_out(at, qtbot)
    assert editor.forms[1].trouble.text() == "It closes before it is due."
    assert not editor.forms[0].trouble.text()
    assert not editor.keep.isEnabled()
    editor.forms[1].closes.number.setValue(14)
    editor.name.setText("")
    editor.name.textEdited.emit("")
    worked_out(at, qtbot)
    assert editor.trouble.text() == "Its name is missing."
    assert editor.forms[1].trouble.text() == ""


@pytest.mark.row("J4")
def test_touchpoints_are_added_moved_and_taken_out(at, qtbot, read, ana):
    editor = edit(at, qtbot)
    first = [form.key() for form in editor.forms]
    at.press(editor.add)
    assert editor.forms[-1].name.text() == "New touchpoint"
    at.press(editor.forms[-1].up)
    at.press(editor.forms[0].remove)
    worked_out(at, qtbot)
    assert [form.key() for form in editor.forms] == [*first[1:-1], "touchpoint", first[-1]]
    text = editor.changes.text()
    assert "taken out" in text
    assert "New touchpoint: new" in text
    at.press(editor.keep)
    assert "touchpoint" in days(read, ana)
    assert "day_2" not in days(read, ana)


def test_the_last_touchpoint_cannot_be_taken_out(at, qtbot):
    editor = edit(at, qtbot)
    while len(editor.forms) > 1:
        at.press(editor.forms[0].remove)
    assert not editor.forms[0].remove.isEnabled()


@pytest.mark.row("J4")
def test_versions_say_what_they_do_otherwise_and_are_gone_back_to(at, qtbot, read, ana):
    editor = edit(at, qtbot)
    editor.forms[2].due.number.setValue(12)
    worked_out(at, qtbot)
    at.press(editor.keep)
    at.press(at.page.pane.versions_button)
    own, shipped = at.page.pane.side.rows()
    assert own.line.current
    assert "day 16, 9:00 am" in " ".join(shipped.line.lines)
    at.press(shipped.back)
    assert at.said[-1] == "Quote: the shipped version counts"
    assert days(read, ana)["day_16"] == date(2026, 12, 7)


@pytest.mark.row("J4")
def test_a_newer_shipped_version_is_shown_as_a_difference_and_can_be_declined(program, desk, opened, qtbot):
    from dataclasses import replace

    quote = next(journey for journey in program.journeys if journey.key == "quote")
    save_journey(desk, NewVersion("quote", journey_text(replace(quote, name="Our quote"))))
    newer = tuple(replace(j, version=2) if j.key == "quote" else j for j in program.journeys)
    program.library._read["pools"] = replace(program.shipped, journeys=newer)
    at = opened("journeys")
    at.page.list.select("quote")
    pane = at.page.pane
    assert pane.newer.isVisible()
    assert "Name: Quote (was Our quote)" in " ".join(said(pane.newer))
    at.press(pane.keep_mine)
    assert not pane.newer.isVisible()
    assert at.page.selected().name == "Our quote"


@pytest.mark.row("J1", "J4")
def test_a_journey_of_ones_own_is_made_of_another_and_begins_off(at, qtbot, read, program):
    at.press(at.page.pane.copy_button)
    worked_out(at, qtbot)
    editor = at.page.pane.editor
    assert editor.name.text() == "Quote, my own"
    at.press(editor.keep)
    assert at.page.selected().name == "Quote, my own"
    assert at.page.pane.switch.text() == "Switch on"
    at.press(at.page.new_button)
    worked_out(at, qtbot)
    editor.name.setText("After a storm")
    at.press(editor.keep)
    assert at.page.selected().name == "After a storm"


def test_what_was_begun_is_still_there_after_looking_at_another(at, qtbot):
    editor = edit(at, qtbot)
    editor.forms[2].due.number.setValue(12)
    worked_out(at, qtbot)
    at.page.list.select("repair")
    at.settle()
    assert not at.page.pane.is_editing()
    at.page.list.select("quote")
    at.settle()
    assert at.page.pane.is_editing()
    assert editor.forms[2].due.number.value() == 12
    at.press(editor.discard)
    at.press(at.page.pane.edit_button)
    assert editor.forms[2].due.number.value() == 16


@pytest.mark.row("X9")
def test_a_journey_is_tried_on_last_month(opened, add, log, clock, read):
    ben = add("Ben Osei")
    log(ben, "quote_sent", about="pump", at=MONDAY - timedelta(days=40))
    log(ben, "quote_won", at=MONDAY - timedelta(days=36))
    at = opened("journeys")
    at.page.list.select("quote")
    at.press(at.page.pane.try_button)
    beside = said(at.page.pane.side)
    assert at.page.pane.try_button.text() == "Try on October"
    assert "1 person would have had 1 contact." in beside
    assert any(text.startswith("Fri 16 Oct, email") for text in beside), beside
    assert any("Quote accepted on" in text for text in beside)


@pytest.mark.row("J7")
def test_more_is_proposed_with_its_reason_and_can_be_put_aside(opened, desk, add, log, program, clock):
    from followup_desktop.commands.messages import done

    key = add("Ana Pereira")
    referral = next(journey for journey in program.journeys if journey.key == "referral")
    switch_journey(desk, referral, on=False)
    clock.moment = MONDAY - timedelta(days=30)
    log(key, "purchase", about="salt cell", at=clock.now())
    with desk.store.read() as session:
        waiting = of_customer(session, key, open_only=True)
    done(desk, waiting[0].id, "call")
    clock.moment = MONDAY - timedelta(days=3)
    log(key, "purchase", about="cover", at=clock.now())
    with desk.store.read() as session:
        waiting = of_customer(session, key, open_only=True)
    done(desk, waiting[0].id, "call")
    log(key, "referral", note="Dee", at=clock.now())
    clock.moment = MONDAY
    at = opened("journeys")
    assert "1 proposed" in at.page.subtitle
    at.page.list.select("referral")
    pane = at.page.pane
    assert pane.proposal.isVisible()
    assert "It would have started 1 time in the last 90 days." in " ".join(said(pane.proposal))
    at.press(pane.proposal._action)
    assert not pane.proposal.isVisible()
    assert at.said[-1] == "Referral is not proposed for now"


@pytest.mark.parametrize("whole", [False, True], ids=["as it opens", "with all there is"])
def test_the_form_gives_every_journey_back_as_it_was(program, theme, qtbot, whole):
    editor = JourneyEditor(theme)
    qtbot.addWidget(editor)
    seen = []
    for trade, _label in find("business.trade").choices:
        shipped = program.library.shipped(trade)
        for journey in shipped.journeys:
            if journey not in seen:
                seen.append(journey)
                editor.show_journey(journey, sorted(shipped.template_keys))
                if whole:
                    for part in (editor, *editor.forms):
                        if part.further.text() == "More":
                            part.show_more()
                assert editor.journey() == journey


@pytest.mark.row("J4")
def test_what_is_seldom_changed_can_be_changed_too(at, qtbot, read, ana):
    editor = edit(at, qtbot)
    at.press(editor.further)
    editor._more.owns.setText("heater, salt cell")
    editor._more.agreement.choose("with")
    last = editor.forms[-1]
    at.press(last.further)
    last._more.follows.choose(editor.forms[0].key())
    last._more.rank.setValue(70)
    last._more.is_early.setChecked(True)
    worked_out(at, qtbot)
    text = editor.changes.text()
    assert "Changed: For: Only for who owns heater or salt cell; Only with an agreement" in text
    assert "priority: 70 (was" in text
    assert "seen before it is due" in text
    at.press(last.further)  # put away; what was changed there still counts
    assert editor.forms[-1].touchpoint().priority == 70
    at.press(editor.keep)
    assert not days(read, ana)  # she owns no heater we know of
    at.press(at.page.pane.edit_button)
    assert editor.forms[-1].touchpoint().follows == editor.forms[0].key()


@pytest.mark.row("J4")
def test_what_stands_under_more_that_is_wrong_is_said_at_its_touchpoint(at, qtbot):
    editor = edit(at, qtbot)
    first = editor.forms[0]
    at.press(first.further)
    first._more.follows.choose(editor.forms[1].key())
    first._more.follows.picked.emit()
    worked_out(at, qtbot)
    assert "none before it is called so" in first.trouble.text()
    assert not editor.keep.isEnabled()


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_the_form_fits_the_window(opened, ana, qtbot, size):
    at = opened("journeys", size)
    at.page.list.select("quote")
    editor = edit(at, qtbot)
    for part in (editor, *editor.forms):
        at.press(part.further)
    bar = at.page.pane._area.horizontalScrollBar()
    assert bar.maximum() == 0


def test_a_journey_is_changed_by_keys_alone(at, qtbot, read, ana):
    at.page.list.setFocus()
    at.key(Qt.Key.Key_E)
    worked_out(at, qtbot)
    editor = at.page.pane.editor
    assert editor.name.hasFocus()
    for _ in range(60):
        if at.window.focusWidget() is editor.forms[0].due.number:
            break
        at.key(Qt.Key.Key_Tab)
    assert at.window.focusWidget() is editor.forms[0].due.number
    at.key(Qt.Key.Key_Up)
    worked_out(at, qtbot)
    at.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at.said == ["Quote saved"]
    assert days(read, ana)["day_2"] == date(2026, 11, 24)


def test_what_answers_customers_cannot_be_switched_off(opened):
    at = opened("journeys")
    at.page.list.select("message")
    assert not at.page.pane.switch.isEnabled()
    assert at.page.pane._state.text() == "Always on"


@pytest.mark.row("J5")
def test_the_page_speaks_in_the_words_of_the_trade_once_it_is_chosen(opened, desk, qtbot):
    change_settings(desk, {"business.trade": "clinic"})
    at = opened("journeys")
    at.page.list.select("first_visit")
    assert "Starts when a first appointment is done." in at.texts()
    edit(at, qtbot)
    starts = at.page.pane.editor.starts
    assert starts.itemText(starts.findData("visit_missed")) == "an appointment was missed"
