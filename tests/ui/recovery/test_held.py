"""Whether it held: said on the card of what they wrote; and a closed case stays in sight beside Undo."""

from datetime import timedelta

import pytest

from followup_desktop.commands import cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.cases.queries import case
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.promises.queries import promise
from tests.conftest import MONDAY

FINE = "All fine, it has stayed blue ever since. Thank you for asking"


@pytest.fixture
def tom(add, log, clock, read, desk):
    """Tom Becker's case was put right five days ago; return it."""
    key = add("Tom Becker", email="tom@example.com")
    clock.moment = MONDAY - timedelta(days=8)
    log(key, "complaint", note="Green water")
    made = int(read(all_cases)[0].id)
    clock.moment = MONDAY - timedelta(days=5)
    cases.put_right(desk, made, "Luis drained it")
    clock.moment = MONDAY
    log(key, "message_in", about="Re: The pool", note=FINE)
    return made


@pytest.mark.row("R7", "F4")
@pytest.mark.parametrize(("answer", "state"), [("held", CaseState.CLOSED), ("not_held", CaseState.OPEN)])
def test_the_card_of_what_they_wrote_takes_whether_it_held(opened, tom, read, answer, state):
    at = opened("today")
    answered = at.page.pane.answered
    assert "Did it hold?" in at.texts()
    at.press(answered.choices.button(answer))
    assert read(case, tom).state is state
    if state is CaseState.CLOSED:
        assert "it has held since" in at.page.pane.draft.text_edit.text()
        assert not answered.choices.isVisibleTo(answered)


@pytest.mark.row("R7")
def test_a_closed_case_stays_in_sight_beside_undo(opened, tom, add, log):
    log(add("Ann Aster"), "complaint", note="Late")
    at = opened("recovery")
    at.page.list.select(tom)
    at.settle()
    at.page.close_case()
    at.settle()
    assert at.page.list.selected() == tom


@pytest.mark.row("R3", "R7")
def test_what_was_assured_stands_with_its_step_and_is_kept_there(opened, tom, read, desk):
    cases.reopen_case(desk, tom)
    at = opened("recovery")
    at.page.list.select(tom)
    at.settle()
    steps = at.page.pane.steps
    steps.promise.setText("brush the pool tomorrow 4 pm")
    at.press(steps.promise_button)
    (line,) = steps._assurances
    at.press(line.kept_button)
    assert read(promise, line._promise).state is PromiseState.KEPT
    assert "Brush the pool, kept" in at.texts()


def test_the_keys_stay_with_what_was_pressed(opened, tom, desk):
    cases.reopen_case(desk, tom)
    cases.offer(desk, tom, "credit")
    at = opened("recovery")
    at.page.list.select(tom)
    at.settle()
    steps = at.page.pane.steps
    steps._lines[0].give_button.setFocus()
    at.press(steps._lines[0].give_button)
    assert steps.window().focusWidget() is steps._lines[0].give_button
