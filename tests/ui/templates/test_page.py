"""The Templates page over a real store: reading, writing, trying, going back."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands.templates import save_template
from followup_desktop.core.drafts.model import Place
from followup_desktop.core.drafts.queries import templates_now

THANKS = Place("thank_you/repair")
MINE = """Subject: The {{ event.what|default('repair') }}

{% if customer.given_name %}Dear {{ customer.given_name }},{% else %}Hello,{% endif %}

{% if visit.technician %}{{ visit.technician }} was there.{% endif %}
All is well.

{{ owner.first_name }}
"""
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(add, log):
    """Three customers: one of whom everything is known, one with little, one between."""
    full = add("Priya Nair")
    log(full, "visit_done", visit="repair", about="pump", by="Luis", note="It ran without a drop.")
    log(add("Sam Osei"), "visit_done", visit="repair", about="heater")
    log(add("", company="Lakeside HOA", email="l@example.com"), "visit_done", visit="repair")
    return full


@pytest.fixture
def at(opened, people):
    """The page at the thanks for a repair."""
    at = opened("templates")
    at.page.focus_on(place=THANKS)
    at.settle()
    wait(at)
    return at


def wait(at):
    at._qtbot.waitUntil(lambda: not at.page.pane._looking.isActive())
    at.settle()


def write(at, text):
    at.page.pane.editor.setPlainText(text)
    at.page.pane._looking.timeout.emit()
    at.settle()


def source(desk, program, place=THANKS):
    with desk.store.read() as session:
        return next((t.source for t in templates_now(session, program.templates) if t.place == place), None)


@pytest.mark.row("M1")
def test_a_template_is_tried_on_three_customers_from_most_to_least_known(at):
    pane = at.page.pane
    assert pane.who.values() == ["0", "1", "2"]
    assert "Priya" in pane.says()
    assert "Luis" in pane.says()
    pane.who.button("2").click()
    assert "Hello," in pane.says()
    assert "Left out: " in pane._known.text()
    known = [sample.known for sample in pane._view.samples]
    assert known == sorted(known, reverse=True)


@pytest.mark.row("M1")
def test_what_is_typed_is_tried_at_once_saved_by_key_and_undone(at, desk, program):
    shipped = source(desk, program)
    write(at, MINE)
    assert at.page.pane.says().startswith("The pump\n\nDear Priya,\n\nLuis was there. All is well.")
    assert at.page.pane._state.text() == "Not saved"
    at.page.act("send")
    at.settle()
    assert source(desk, program) == MINE
    assert at.page.pane._state.text() == "Yours, version 1"
    assert at.said[-1] == "Template saved: Thank you, repair"
    at.page.list.setFocus()
    at.key(Qt.Key.Key_Z, CTRL)
    assert source(desk, program) == shipped
    assert at.page.pane._state.text() == "As shipped"


@pytest.mark.row("M1")
def test_a_mistake_is_said_in_words_at_its_line_and_cannot_be_saved(at, desk, program):
    before = source(desk, program)
    write(at, MINE.replace("visit.technician", "visit.technicain"))
    pane = at.page.pane
    assert "Line 5: unknown field visit.technicain on line 5: did you mean visit.technician?" in pane.wrong.text()
    assert not pane.save.isEnabled()
    pane.problems.button("5").click()
    assert pane.editor.textCursor().blockNumber() == 4
    at.page.act("send")
    at.settle()
    assert source(desk, program) == before
    write(at, "Hi there,\n\nno subject.")
    assert "the first line is the subject" in pane.wrong.text()


@pytest.mark.row("M1")
def test_versions_can_be_seen_compared_and_gone_back_to(at, desk, program):
    save_template(desk, THANKS, MINE)
    save_template(desk, THANKS, MINE.replace("Dear", "Good morning"))
    at._qtbot.waitUntil(lambda: at.page.pane._view.template.version == 2)
    wait(at)
    pane = at.page.pane
    pane.go_back_to(1)
    pane._looking.timeout.emit()
    at.settle()
    assert pane.editor.text() == MINE
    assert "+ All is well." in pane.changes.toPlainText()
    at.press(pane.save)
    assert source(desk, program) == MINE
    at.press(pane.back)
    assert pane._state.text() == "As shipped"
    at.page.list.setFocus()
    at.key(Qt.Key.Key_Z, CTRL)
    assert source(desk, program) == MINE


@pytest.mark.row("M1")
def test_another_channel_language_and_segment_get_words_of_their_own(at, desk, program):
    place = Place(THANKS.key, "email", "es", "stage:regular")
    pane = at.page.pane
    pane.language.choose("es")
    pane.segment.choose("stage:regular")
    pane.segment.chosen.emit("stage:regular")
    at.settle()
    wait(at)
    assert pane._state.text() == "None yet"
    assert "Hola" in pane.editor.text(), "it begins with the nearest there is"
    write(at, MINE.replace("Dear", "Querida"))
    at.press(pane.save)
    assert source(desk, program, place) == MINE.replace("Dear", "Querida")
    assert "Put this one away" in pane.back.text()


@pytest.mark.row("M1")
def test_facts_are_inserted_with_their_meaning(at):
    pane = at.page.pane
    pane._on_insert()
    groups = {action.text(): action.menu() for action in pane._menu.actions()}
    visit = next(a for a in groups["Visit"].actions() if a.data() == ("field", "visit.technician"))
    assert "who was there" in visit.text()
    pane._menu.close()
    pane.editor.show_text("Hi ")
    pane.editor.moveCursor(pane.editor.textCursor().MoveOperation.End)
    pane._on_chosen(visit)
    assert pane.editor.text() == "Hi {{ visit.technician }}"
    pane.editor.selectAll()
    pane.only_if.click()
    assert pane.editor.text() == "{% if visit.technician %}Hi {{ visit.technician }}{% endif %}"


@pytest.mark.row("M1")
def test_what_was_not_saved_is_there_again(at):
    write(at, MINE)
    at.page.focus_on(place=Place("check_in/repair"))
    at.settle()
    wait(at)
    assert at.page.pane.editor.text() != MINE
    state = at.page.state()
    assert ["thank_you/repair", "email", "en", "", MINE] in state["unsaved"]
    at.page._unsaved.clear()
    at.page.restore(state)
    at.page.focus_on(place=THANKS)
    at.settle()
    wait(at)
    assert at.page.pane.editor.text() == MINE


@pytest.mark.row("M5")
def test_a_change_the_owner_keeps_making_is_shown_taken_undone_and_declined(at, desk, program, people):
    from followup_desktop.core.drafts import records

    save_template(desk, THANKS, MINE)
    with desk.store.write("test.changes", "", undoable=False) as work:
        for number in (101, 102, 103):
            records.note_changes(work, people, number, THANKS, [("All is well.", "All is as it should be.")])
    at._qtbot.waitUntil(lambda: len(at.page.pane._view.voice) == 1)
    wait(at)
    assert {"− All is well.", "+ All is as it should be.", "3 times you changed this by hand"} <= set(at.texts())
    write(at, MINE + "P.S.\n")
    at.page.pane.taken.emit(0)
    at.settle()
    assert "not saved yet" in at.page.pane.problem.accessibleName()
    write(at, MINE)
    at.page.pane.taken.emit(0)
    at.settle()
    assert source(desk, program) == MINE.replace("All is well.", "All is as it should be.")
    assert at.page.pane.voice.isHidden()
    at.page.list.setFocus()
    at.key(Qt.Key.Key_Z, CTRL)
    assert source(desk, program) == MINE
    assert len(at.page.pane._view.voice) == 1
    at.page.pane.declined.emit(0)
    at.settle()
    assert at.page.pane._view.voice == ()


@pytest.mark.row("A8")
def test_a_file_goes_with_every_mail_of_a_template(at, tmp_path, desk, program):
    file = tmp_path / "Care.pdf"
    file.write_bytes(b"%PDF care")
    at.page.enclose_file(str(file))
    at.settle()
    at._qtbot.waitUntil(lambda: len(at.page.pane.files.values()) == 2)
    [one] = at.page.pane._view.enclosures
    at.page.pane.files.button(str(one.id)).click()
    at.settle()
    assert at.page.pane.files.values() == ["add"]


def test_the_list_names_journeys_and_what_is_yours(at, desk):
    save_template(desk, THANKS, MINE)
    at._qtbot.waitUntil(lambda: "1 yours" in at.page.subtitle)
    rows = [row for row in at.page.list._list_model.rows.items if getattr(row, "id", "") == THANKS.key]
    assert (rows[0].title, rows[0].note) == ("Repair", "yours")
    assert rows[0].second


def test_without_a_customer_it_says_so(opened):
    at = opened("templates")
    at.page.focus_on(place=THANKS)
    at.settle()
    wait(at)
    assert "There is no customer to try it on yet." in at.texts()
