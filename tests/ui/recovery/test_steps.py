"""The five steps, the loop and the counts on the Recovery page."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands import cases
from followup_desktop.core.cases.model import Closing, Step
from followup_desktop.core.cases.queries import case, causes, whole
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.core.promises.queries import open_promises
from followup_desktop.ui.recovery.counts import BehindRow
from tests.conftest import MONDAY


@pytest.fixture
def tom(add, log, clock, read):
    """Tom Becker complained two days ago; return his case."""
    clock.moment = MONDAY - timedelta(days=2)
    log(add("Tom Becker"), "complaint", note="Green water")
    clock.moment = MONDAY
    return int(read(all_cases)[0].id)


def written(at, field, words):
    field.setFocus()
    field.clear()
    at._qtbot.keyClicks(field, words)
    at.key(Qt.Key.Key_Return, widget=field)


@pytest.mark.row("R1")
def test_a_step_has_words_to_use_and_keeps_what_is_noted(opened, tom, read):
    at = opened("recovery")
    assert "“I am sorry. That is on us.”" in at.texts()
    written(at, at.page.pane.steps.rows[Step.ALIGN].note, "Embarrassed before the family")
    noted = read(whole, tom).steps[1]
    assert noted.note == "Embarrassed before the family"
    assert noted.done_at is not None
    assert at.page.pane.steps.rows[Step.ALIGN].mark.text() == "✓"
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, widget=at.page.list)
    assert read(whole, tom).steps[1].note == ""


@pytest.mark.row("R1", "M4")
def test_the_coach_stands_beside_the_apology_and_its_words_go_into_the_letter(opened, tom, read, program):
    at = opened("recovery")
    field = at.page.pane.steps.rows[Step.APOLOGISE].note
    field.setText("I am sorry, but the truck broke down.")
    said = {advice.kind: advice.ok for advice in at.page.pane.steps.coach.advice()}
    assert said["no_excuses"] is False
    written(at, field, "I am sorry your pool was green on Saturday, and that is on us.")
    assert {advice.kind: advice.ok for advice in at.page.pane.steps.coach.advice()}["no_excuses"] is True
    from followup_desktop.core.drafts.queries import proposal

    at.page.write()
    at.settle()
    key = at.went[-1][1]["follow_up_id"]
    with program.desk.store.read() as session:
        draft = proposal(session, key, program.templates, program.clock.now())
    assert "I am sorry your pool was green on Saturday, and that is on us." in draft.text


@pytest.mark.row("R2")
def test_an_offer_is_noted_given_and_a_wrong_cost_is_said_beside_it(opened, tom, read):
    at = opened("recovery")
    steps = at.page.pane.steps
    at.press(steps.chips.button("credit"))
    steps.cost.setText("25.5o")
    at.press(steps.offer_button)
    assert "not one clear amount" in steps.offer_problem.text()
    assert read(whole, tom).offers == ()
    steps.cost.setText("40")
    at.press(steps.offer_button)
    assert "Credit, $40, not given yet" in at.texts()
    at.press(steps._lines[0].give_button)
    assert read(whole, tom).offers[0].given_at is not None


@pytest.mark.row("R3")
def test_an_assurance_becomes_a_promise_and_what_is_missing_is_asked(opened, tom, read):
    at = opened("recovery")
    steps = at.page.pane.steps
    written(at, steps.promise, "drain and shock")
    assert read(open_promises) == []
    assert steps._understood.text()
    written(at, steps.promise, "drain and shock tomorrow 5pm")
    [promise] = read(open_promises)
    assert (promise.what, promise.customer) == ("drain and shock", "Tom Becker")
    assert read(whole, tom).promises == (int(promise.id),)


@pytest.mark.row("R3")
def test_an_assurance_may_name_whom_it_is_given_to(opened, tom, read):
    at = opened("recovery")
    written(at, at.page.pane.steps.promise, "ring Tom with the hour tomorrow 10am")
    [promise] = read(open_promises)
    assert promise.customer == "Tom Becker"


@pytest.mark.row("R5")
def test_the_loop_is_closed_and_the_letter_says_what_was_changed(opened, tom, read, program):
    at = opened("recovery")
    loop = at.page.pane.loop
    assert not loop.tell_button.isEnabled()
    loop.cause.setCurrentText("Chemistry drift")
    written(at, loop.fields["standard"], "Chlorine 1 to 3 at every visit")
    written(at, loop.fields["prevention"], "Luis sends a photo of the test strip")
    found = read(case, tom)
    assert (found.cause, found.standard) == ("Chemistry drift", "Chlorine 1 to 3 at every visit")
    at.press(loop.tell_button)
    key = at.went[-1][1]["follow_up_id"]
    from followup_desktop.core.drafts.queries import proposal

    with program.desk.store.read() as session:
        draft = proposal(session, key, program.templates, program.clock.now())
    assert "this is different now: Luis sends a photo of the test strip." in draft.text
    at.press(loop.told_button)
    assert read(case, tom).told_at is not None


@pytest.mark.row("R6", "X12", "X14")
def test_causes_and_the_ledger_lead_to_what_is_behind_them(opened, tom, desk, clock, add, log, read):
    cases.close_the_loop(desk, tom, Closing("Gate or access", prevention="Photo of the latch"))
    cases.put_right(desk, tom)
    clock.moment = MONDAY + timedelta(days=1)
    log(add("Priya Nair"), "complaint", note="Gate open")
    again = int(max(found.id for found in read(all_cases)))
    cases.close_the_loop(desk, again, Closing("gate or access"))
    cases.offer(desk, again, "gift", None, given=True)
    at = opened("recovery")
    at.page.list.select(("cause", "Gate or access"))
    at.settle()
    assert "Priya Nair: Gate open" in at.texts()
    assert any("came back" in text for text in at.texts())
    at.page.list.select(("ledger", ""))
    at.settle()
    assert "Priya Nair: gift" in at.texts()
    at.press(at.page.counts.findChildren(BehindRow)[0].open_button)
    assert at.page.list.selected() == again
    assert "Priya Nair: gate open" in at.texts()


@pytest.mark.row("R4")
def test_what_is_typed_stays_when_something_else_changes(opened, tom, desk):
    at = opened("recovery")
    field = at.page.pane.steps.rows[Step.ASK].note
    field.setText("A new tile")
    cases.note_step(desk, tom, Step.INTENT, "Tired", done=True)
    at.settle()
    assert field.text() == "A new tile"


@pytest.mark.row("R6")
def test_a_cause_is_renamed_merged_and_taken_off_the_list_in_the_window(opened, tom, desk, read, clock, add, log):
    cases.close_the_loop(desk, tom, Closing("Gate open", prevention="Photo of the latch"))
    cases.put_right(desk, tom)
    clock.moment = MONDAY + timedelta(days=1)
    log(add("Priya Nair"), "complaint", note="Gate open again")
    again = int(max(found.id for found in read(all_cases)))
    cases.close_the_loop(desk, again, Closing("Latch"))
    at = opened("recovery")
    at.page.list.select(("cause", "Latch"))
    at.settle()
    counts = at.page.counts
    at.press(counts.rename_button)
    counts.entry.field.setText("The latch")
    at.key(Qt.Key.Key_Return, widget=counts.entry.field)
    assert read(case, again).cause == "The latch"
    next(action for action in counts.menu.actions() if action.data() == "Gate open").trigger()
    at.settle()
    assert read(case, again).cause == "Gate open"
    assert at.page.list.selected() == ("cause", "Gate open")
    assert "Cases of the last 90 days: 2. It came back in 1 case after something was done to stop it." in at.texts()
    assert "The latch" not in read(causes)
    at.press(counts.remove_button)
    assert "Gate open" not in read(causes)
    at.press(counts.again_button)
    assert "Gate open" in read(causes)
    for _ in range(4):
        at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, widget=at.page.list)
    assert read(case, again).cause == "Latch"


@pytest.mark.row("R6")
def test_a_name_that_is_taken_is_refused_in_words(opened, tom, desk, read):
    cases.close_the_loop(desk, tom, Closing("Latch"))
    at = opened("recovery")
    at.page.list.select(("cause", "Latch"))
    at.settle()
    at.page.counts.renamed.emit("Latch", "gate  or access")
    at.settle()
    assert "already" in at.problems[-1].happened
    assert read(case, tom).cause == "Latch"
