"""The Routes page as the owner works with it."""

from datetime import date, timedelta
from unicodedata import normalize

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from followup_desktop.commands.promises import make_promise
from followup_desktop.commands.routes import add_stop
from followup_desktop.core.cases.queries import cases
from followup_desktop.core.feedback.queries import answers
from followup_desktop.core.history.model import Happening
from followup_desktop.core.history.queries import history
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.routes.model import NewStop
from followup_desktop.core.routes.queries import stops_of
from followup_desktop.ui.routes.adding import AddStopDialog
from tests.conftest import MONDAY

ZONE = "America/New_York"
TODAY = date(2026, 11, 23)


@pytest.fixture
def stop(desk):
    def put(customer, weekday=0, **more):
        return add_stop(desk, NewStop(customer, weekday, technician=more.pop("technician", "Luis"), **more)).result

    return put


@pytest.fixture
def three(add, stop, desk):
    """Maria, Carl and Ivy on Mondays; Sam on Tuesdays."""
    people = {
        "Maria": add("Maria Alvarez", stage="regular", street="7 Cove Rd"),
        "Carl": add("Carl Jensen", stage="regular", street="22 Cove Rd", access_note="New dog, ring first"),
        "Ivy": add("Ivy Chandra", stage="regular", street="5 Mill Ln"),
    }
    for person in people.values():
        stop(person)
    people["Sam"] = add("Sam Osei", stage="regular")
    stop(people["Sam"], 1)
    make_promise(desk, NewPromise("Send the filter quote", TODAY, None, ZONE, people["Maria"]))
    return people


def names(at):
    return [line.name for line in at.page.table.rows()]


def states(at):
    return [line.state_words for line in at.page.table.rows()]


def pages_of(path):
    """The words of each page, with ligatures and tabs as people type them."""
    return [" ".join(normalize("NFKC", page.extract_text()).split()) for page in PdfReader(path).pages]


@pytest.fixture
def stops(read):
    def look(day=TODAY):
        return [(stop.name, stop.state) for stop in read(stops_of, day, ZONE)]

    return look


@pytest.mark.row("D3", "F1")
def test_a_day_shows_its_stops_with_what_to_know_and_ask(opened, three):
    at = opened("routes")
    assert at.page.subtitle == "Monday 23 November · 3 stops · Luis"
    maria, carl, _ivy = at.page.table.rows()
    assert (maria.number, maria.name, maria.second) == (1, "Maria Alvarez", "7 Cove Rd")
    assert maria.known() == "Promised: send the filter quote, due today"
    assert maria.why == "Promise due today"
    assert carl.known() == "New dog, ring first"
    assert states(at) == ["Planned"] * 3


@pytest.mark.parametrize(
    ("key", "state", "words"),
    [
        (Qt.Key.Key_D, Happening.VISIT_DONE, "Done"),
        (Qt.Key.Key_M, Happening.VISIT_MISSED, "Missed"),
        (Qt.Key.Key_L, Happening.VISIT_LATE, "Late"),
    ],
)
def test_one_key_says_what_happened_and_goes_on_to_the_next(opened, three, stops, key, state, words):
    at = opened("routes")
    at.key(key)
    assert stops()[0] == ("Maria Alvarez", state)
    assert states(at) == [words, "Planned", "Planned"]
    assert at.page.table.selected_row().name == "Carl Jensen"


def test_undo_takes_a_mark_back(opened, three, stops):
    at = opened("routes")
    at.key(Qt.Key.Key_D)
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert states(at) == ["Planned"] * 3


def test_a_stop_is_marked_once(opened, three, stops):
    at = opened("routes")
    at.key(Qt.Key.Key_D)
    at.key(Qt.Key.Key_K)
    at.key(Qt.Key.Key_M)
    assert stops()[0] == ("Maria Alvarez", Happening.VISIT_DONE)
    assert at.problems[0].sentence().startswith("Maria Alvarez is marked already: visit done.")


def test_all_that_is_planned_is_marked_done_in_one_step(opened, three, stops, desk):
    at = opened("routes")
    at.key(Qt.Key.Key_M)
    at.press(at.page.all_done)
    assert [state for _name, state in stops()] == [Happening.VISIT_MISSED, Happening.VISIT_DONE, Happening.VISIT_DONE]
    assert at.page.subtitle == "Monday 23 November · 3 stops, 2 done · Luis"
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [state for _name, state in stops()] == [Happening.VISIT_MISSED, "planned", "planned"]


def test_a_day_that_has_not_come_cannot_be_marked(opened, three, stops):
    at = opened("routes")
    at.page.days._group.buttons()[1].click()
    at.settle()
    assert names(at) == ["Sam Osei"]
    for button in (at.page.done_button, at.page.missed_button, at.page.late_button, at.page.all_done):
        assert not button.isEnabled()
        assert button.toolTip() == "That day has not come yet"
    at.page.table.setFocus()
    at.key(Qt.Key.Key_D)
    assert stops(date(2026, 11, 24)) == [("Sam Osei", "planned")]


def test_an_earlier_day_can_still_be_marked(opened, three, stops):
    at = opened("routes")
    at.press(at.page.earlier)
    assert at.page.subtitle.startswith("Monday 16 November")
    assert states(at) == ["Not marked"] * 3
    at.page.table.setFocus()
    at.key(Qt.Key.Key_D)
    assert stops(TODAY - timedelta(days=7))[0] == ("Maria Alvarez", Happening.VISIT_DONE)
    assert stops()[0] == ("Maria Alvarez", "planned")


def test_weeks_go_forth_and_back(opened, three):
    at = opened("routes")
    at.press(at.page.later)
    assert at.page.day() == date(2026, 11, 30)
    at.press(at.page.earlier)
    assert at.page.day() == TODAY


def test_a_day_without_stops_gives_way_to_the_next_one_with_some_at_first(opened, add, stop):
    stop(add("Sam Osei"), 3)
    at = opened("routes")
    assert at.page.day() == date(2026, 11, 26)
    at.page.days._group.buttons()[0].click()
    at.settle()
    assert at.page.day() == TODAY
    assert "No stops on Mon 23 Nov" in at.texts()


def test_saturday_is_a_day_only_where_a_route_is_driven(opened, three, stop, add):
    at = opened("routes")
    assert [button.text() for button in at.page.days._group.buttons()] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    stop(add("Bo Nilsson"), 5)
    at._qtbot.waitUntil(lambda: at.page.days._group.buttons()[-1].text() == "Sat")


def test_enter_opens_the_customer(opened, three):
    at = opened("routes")
    at.key(Qt.Key.Key_J)
    at.key(Qt.Key.Key_Return)
    assert at.went == [("customers", {"customer_id": three["Carl"]})]


def test_a_stop_moves_and_undo_puts_it_back(opened, three):
    at = opened("routes")
    at.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(at) == ["Carl Jensen", "Maria Alvarez", "Ivy Chandra"]
    assert at.page.table.selected_row().name == "Maria Alvarez"
    at.press(at.page.up_button)
    assert names(at)[0] == "Maria Alvarez"
    at.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(at)[0] == "Maria Alvarez"


def test_a_stop_is_taken_off_and_comes_back(opened, three):
    at = opened("routes")
    at.press(at.page.off_button)
    assert names(at) == ["Carl Jensen", "Ivy Chandra"]
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(at) == ["Maria Alvarez", "Carl Jensen", "Ivy Chandra"]


@pytest.mark.row("F1")
def test_the_answer_is_entered_in_seconds(opened, three, read):
    at = opened("routes")
    question = at.page.table.selected_row().question
    at.key(Qt.Key.Key_A)
    assert at.page.answer.field.hasFocus()
    assert question in at.page.answer.field.placeholderText()
    at._qtbot.keyClicks(at.page.answer.field, "The cleaner squeaks")
    at.key(Qt.Key.Key_Return)
    said = read(history, three["Maria"])[0]
    assert (said.what, said.note, said.about, said.by) == (
        Happening.IN_PERSON, "The cleaner squeaks", question, "Luis",
    )  # fmt: skip
    assert not at.page.answer.isVisible()
    assert at.page.table.hasFocus()


@pytest.mark.row("F1")
def test_a_number_a_word_and_enter_take_an_answer_down_and_go_to_the_next(opened, three, read):
    at = opened("routes")
    at.key(Qt.Key.Key_4)
    assert "4 of 5" in at.page.answer.field.placeholderText()
    at.key(Qt.Key.Key_Return)
    assert at.page.table.selected_row().name == "Carl Jensen"
    at.key(Qt.Key.Key_2)
    at._qtbot.keyClicks(at.page.answer.field, "Too cold")
    at.key(Qt.Key.Key_Return)
    assert at.page.table.selected_row().name == "Ivy Chandra"
    [maria], [carl] = (read(answers, customer=three[who]) for who in ("Maria", "Carl"))
    assert (maria.score, maria.text, maria.how) == (4, "", "in_person")
    assert (carl.score, carl.text) == (2, "Too cold")


def test_escape_leaves_the_answer(opened, three, read):
    at = opened("routes")
    at.key(Qt.Key.Key_A)
    at.key(Qt.Key.Key_Escape)
    assert not at.page.answer.isVisible()
    assert at.page.table.hasFocus()


def test_an_empty_place_leads_to_the_first_stop(opened, add, read, stops):
    maria = add("Maria Alvarez")
    at = opened("routes")
    assert "No routes yet" in at.texts()
    at.press(at.page.empty.button)
    [dialog] = at.page.findChildren(AddStopDialog)
    dialog.driver.setText("Luis")
    dialog.save()
    assert "Nobody is chosen yet." in dialog.problem_banner.accessibleName()
    dialog.finder.show_customer(maria, "Maria Alvarez")
    dialog.save()
    at.settle()
    assert names(at) == ["Maria Alvarez"]
    assert at.page.subtitle == "Monday 23 November · 1 stop · Luis"


def test_a_customer_who_is_on_the_route_is_said_to_be(opened, three):
    at = opened("routes")
    at.press(at.page.add_button)
    [dialog] = at.page.findChildren(AddStopDialog)
    dialog.finder.show_customer(three["Maria"], "Maria Alvarez")
    dialog.save()
    at.settle()
    assert dialog.isVisible()
    assert "Maria Alvarez is on this route already." in dialog.problem_banner.accessibleName()
    dialog.reject()


def test_two_routes_of_a_day_are_counted_apart_and_can_be_looked_at_alone(opened, three, stop, desk, add):
    with desk.store.write("test", "", undoable=False) as work:
        from followup_desktop.core.routes import records

        north = records.route_on(work, 0, "North", "Ana")
    stop(add("Bo Nilsson"), 0, route=north)
    at = opened("routes")
    assert [(line.number, line.name) for line in at.page.table.rows()] == [
        (1, "Maria Alvarez"), (2, "Carl Jensen"), (3, "Ivy Chandra"), (1, "Bo Nilsson"),
    ]  # fmt: skip
    assert at.page.route.isVisible()
    action = next(action for action in at.page.route._menu.actions() if action.text() == "North")
    action.trigger()
    at.settle()
    assert names(at) == ["Bo Nilsson"]
    assert at.page.subtitle == "Monday 23 November · 1 stop · Ana"


def test_the_sheet_holds_every_stop_and_is_for_the_owner_alone(opened, three, tmp_path):
    at = opened("routes")
    path = tmp_path / "monday.pdf"
    at.page.write_sheet(path)
    at.settle()
    [text] = pages_of(path)
    for words in ("Monday 23 November · 3 stops · Luis", "Maria Alvarez", "7 Cove Rd", "New dog, ring first"):
        assert words in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == []


def test_a_sheet_that_cannot_be_written_says_so(opened, three, tmp_path):
    at = opened("routes")
    at.page.write_sheet(tmp_path / "nowhere" / "monday.pdf")
    at.settle()
    assert at.problems[0].happened == "The route sheet could not be written."


def test_a_long_day_fills_several_pages_and_breaks_no_stop(opened, add, stop, tmp_path):
    for number in range(30):
        stop(add(f"Customer {number:02}", notes="The key is with the neighbour. " * 6))
    at = opened("routes")
    at.page.write_sheet(tmp_path / "long.pdf")
    at.settle()
    pages = pages_of(tmp_path / "long.pdf")
    assert len(pages) > 1
    assert all("Know before you knock" in page for page in pages)
    assert all(sum(f"Customer {number:02}" in page for page in pages) == 1 for number in range(30))


def test_rows_are_as_tall_as_their_words(opened, three, add, stop):
    stop(add("Bo Nilsson", notes="The owner is away until January, the keys are with the neighbour. " * 2))
    at = opened("routes")
    heights = [at.page.table.rowHeight(number) for number in range(4)]
    assert heights[3] > heights[1]
    at.window.resize(900, 600)
    at.settle()
    assert at.page.table.rowHeight(3) >= heights[3]


def test_a_visit_marked_elsewhere_is_shown_at_once(opened, three, desk, log, clock):
    at = opened("routes")
    from followup_desktop.commands.history import close_stop

    clock.moment = MONDAY
    line = at.page.table.rows()[0]
    close_stop(desk, line.customer, int(line.stop), TODAY, Happening.VISIT_DONE)
    at._qtbot.waitUntil(lambda: states(at)[0] == "Done")


@pytest.mark.row("R1", "R4")
def test_a_missed_visit_leads_to_its_case_and_any_other_stop_asks_what_went_wrong(opened, three, read):
    at = opened("routes")
    at.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert at.wrong == [{"customer_id": three["Maria"], "how": "in_person"}]
    at.key(Qt.Key.Key_M)
    at.key(Qt.Key.Key_K)
    at.press(at.page.wrong_button)
    [case] = read(cases)
    assert (case.customer, case.how) == (three["Maria"], "visit")
    assert at.went == [("recovery", {"case_id": int(case.id)})]


@pytest.mark.row("F1")
def test_nobody_is_asked_anything_at_a_visit_that_was_missed(opened, three):
    at = opened("routes")
    assert at.page.table.rows()[0].question
    at.key(Qt.Key.Key_M)
    assert not at.page.table.rows()[0].question
