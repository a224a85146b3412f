"""The Campaigns page as the owner works with it."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands import campaigns as commands
from followup_desktop.core.campaigns.model import Said
from followup_desktop.core.segments.model import Condition, Op
from followup_desktop.ui.campaigns.conditions import ChecksButton
from followup_desktop.ui.campaigns.form import PAUSE_MS
from followup_desktop.ui.campaigns.pane import lines_of

NAMES = ("Ana Abel", "Ben Cole", "Cleo Dart", "Dov Ezra")


@pytest.fixture
def people(add):
    return {name.split()[0]: add(name, city="Austin" if name < "C" else "Leander") for name in NAMES}


@pytest.fixture
def repaired(people, log):
    """Ana has had a repair: her thanks for it lead her card."""
    return log(people["Ana"], "visit_done", visit="repair", about="pump", by="Luis")


def breathe(at, qtbot):
    """Wait until what would happen was asked about the last change."""
    qtbot.wait(PAUSE_MS + 50)
    at.settle()


def type_in(at, widget, text, qtbot):
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def fill(at, qtbot):
    type_in(at, at.page.form.topic, "Before the leaves come down", qtbot)
    type_in(at, at.page.form.words, "The oaks drop in the next two weeks.", qtbot)
    type_in(at, at.page.form.ask, "Shall I add a visit?", qtbot)
    breathe(at, qtbot)


@pytest.mark.row("J2")
def test_a_campaign_is_written_looked_at_and_begun(opened, people, queue, qtbot):
    at = opened("campaigns")
    assert at.page.empty.isVisible()
    at.press(at.page.empty.button)
    assert at.window.focusWidget() is at.page.form.topic
    breathe(at, qtbot)
    assert not at.page.form.start_button.isEnabled()
    assert "What is it about?" in at.texts()
    fill(at, qtbot)
    said = at.texts()
    assert "4 customers" in said
    assert "Ana Abel, Ben Cole, Cleo Dart and Dov Ezra" in said
    assert "4 customers get it, from today to Thursday. Each message waits on Today for you to read and send." in said
    assert len(at.page.form.samples) == 3
    assert any("The oaks drop in the next two weeks." in text and "Shall I add a visit?" in text for text in said)

    at.page.form.days.setValue(1)
    breathe(at, qtbot)
    at.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at.said[-1] == "“Before the leaves come down” started: 4 customers"
    assert sorted(card.name for card in queue().cards) == list(NAMES)
    at.settle()
    said = at.texts()
    assert "Before the leaves come down" in said
    assert "0 of 4 customers heard from you · 4 on Today" in said
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert queue().cards == ()
    assert at.page.empty.isVisible()


@pytest.mark.row("J2")
def test_the_same_is_said_in_the_other_language_where_it_is_wanted(opened, people, qtbot):
    at = opened("campaigns")
    at.press(at.page.empty.button)
    fill(at, qtbot)
    form = at.page.form
    assert form.other.isHidden()
    assert form.new_campaign().other == {}
    at.press(form.also)
    assert at.window.focusWidget() is form.other_topic
    assert "Topic, in Spanish" in at.texts()
    type_in(at, form.other_topic, "Antes de las hojas", qtbot)
    breathe(at, qtbot)
    assert "What do you want to tell them?" in at.texts()
    assert not form.start_button.isEnabled()
    form.other_words.setPlainText("Los robles sueltan la hoja.")
    breathe(at, qtbot)
    assert form.start_button.isEnabled()
    assert form.new_campaign().other["es"] == Said("Antes de las hojas", "Los robles sueltan la hoja.")


@pytest.mark.row("J2")
def test_what_would_not_work_is_said_and_what_was_typed_stays(opened, people, qtbot):
    at = opened("campaigns")
    at.press(at.page.empty.button)
    fill(at, qtbot)
    at.page.form.purpose.setCurrentIndex(at.page.form.purpose.findData("review_request"))
    at.page.form.conditions.show_conditions(
        (Condition("rating", Op.AT_MOST, ("5",)),), at.page._view.offered, at.page._view.today
    )
    at.page.form.conditions.changed.emit()
    breathe(at, qtbot)
    assert "Review sites forbid asking only the happy ones." in at.texts()
    assert not at.page.form.start_button.isEnabled()
    assert at.page.form.topic.text() == "Before the leaves come down"


@pytest.mark.row("D6")
def test_a_segment_is_built_condition_by_condition_with_a_live_count_and_saved(opened, people, repaired, qtbot):
    at = opened("campaigns")
    at.press(at.page.empty.button)
    form = at.page.form
    at.press(form.conditions.add)
    (row,) = form.conditions.rows
    assert at.window.focusWidget() is row.field
    row.field.setCurrentIndex(row.field.findData("city"))
    at.settle()
    assert "4 customers" in at.texts()  # nothing is chosen yet: it does not narrow anything
    assert isinstance(row._value, ChecksButton)
    austin = next(action for action in row._value._menu.actions() if action.data() == "Austin")
    austin.trigger()
    at.settle()
    assert {"2 customers", "Ana Abel and Ben Cole", "Lives in Austin"} <= set(at.texts())
    at.press(form.conditions.add)
    second = form.conditions.rows[1]
    second.field.setCurrentIndex(second.field.findData("visit"))
    next(a for a in second._value._menu.actions() if a.data() == "repair").trigger()
    second.within.setValue(30)
    at.settle()
    assert {"1 customer", "Ana Abel", "Lives in Austin; Had a visit: repair in the last 30 days"} <= set(at.texts())
    at.press(second.remove)
    assert {"2 customers", "Ana Abel and Ben Cole"} <= set(at.texts())

    type_in(at, form.name, "In Austin", qtbot)
    at.press(form.save)
    assert at.said[-1] == "Segment “In Austin” saved"
    assert form.segment.currentText() == "In Austin"
    form.segment.setCurrentIndex(0)
    at.settle()
    assert "4 customers" in at.texts()
    form.segment.setCurrentIndex(1)
    at.settle()
    assert "Ana Abel and Ben Cole" in at.texts()
    at.press(form.remove_segment)
    assert form.segment.count() == 1
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.segment.count() == 2


@pytest.mark.row("J2")
def test_a_campaign_is_stopped_and_goes_on(opened, people, program, queue, clock):
    from followup_desktop.core.campaigns.model import NewCampaign

    new = NewCampaign("Leaves", "", (), clock.now().date(), 1, words="They fall.", ask="Shall I come?")
    commands.start(program.desk, new)
    at = opened("campaigns")
    at.settle()
    assert "Running" in [row.title for row in at.page.list._list_model.rows.items]
    at.press(at.page.pane.switch)
    assert at.said[-1] == "“Leaves” stopped"
    assert "0 of 4 customers heard from you · 4 stopped" in at.texts()
    assert queue().cards == ()
    at.press(at.page.pane.switch)
    assert at.said[-1] == "“Leaves” goes on: 4 customers left"
    assert len(queue().cards) == 4


@pytest.mark.row("J2")
def test_each_place_leads_to_its_card_and_who_is_left_out_to_the_customer(
    opened, people, repaired, program, log, clock, read
):
    from followup_desktop.core.campaigns.model import NewCampaign
    from followup_desktop.ui.campaigns.reading import campaign_detail

    log(people["Dov"], "complaint", note="gate left open")
    new = NewCampaign("Leaves", "", (), clock.now().date(), 1, words="They fall.")
    key = commands.start(program.desk, new).result
    at = opened("campaigns")
    at.settle()
    lines = lines_of(read(campaign_detail, key, clock.now()))
    assert [(line.name, line.outcome, line.why) for line in lines] == [
        ("Ana Abel", "Held back", lines[0].why),
        *((name, "On Today", "") for name in NAMES[1:3]),
        ("Dov Ezra", "Left out", "A case is open: put that right first."),
    ]
    table = at.page.pane.table
    assert lines[0].why.startswith("Waits behind another follow-up")
    table.select(people["Ben"])
    table.setFocus()
    at.key(Qt.Key.Key_Return)
    assert at.went[-1] == ("today", {"follow_up_id": lines[1].follow_up})
    table.select(people["Dov"])
    at.key(Qt.Key.Key_Return)
    assert at.went[-1] == ("customers", {"customer_id": people["Dov"]})


def test_escape_leaves_the_form(opened, people, qtbot):
    at = opened("campaigns")
    at.press(at.page.empty.button)
    at.key(Qt.Key.Key_Escape)
    assert at.page.empty.isVisible()


@pytest.mark.row("J2", "M1")
def test_another_template_of_the_purpose_can_be_chosen(opened, people, qtbot):
    at = opened("campaigns")
    at.press(at.page.empty.button)
    fill(at, qtbot)
    template = at.page.form.template
    names = [template.itemText(row) for row in range(template.count())]
    assert template.currentText() == names[0] == "The usual one, with your words"
    assert any("The oaks drop" in text for text in at.texts())
    template.setCurrentIndex(template.findData("continuity/autumn"))
    breathe(at, qtbot)
    assert not any("The oaks drop" in text for text in at.texts())
    assert len(at.page.form.samples) == 3
    at.page.form.purpose.setCurrentIndex(at.page.form.purpose.findData("review_request"))
    assert template.currentText() == "The usual one, with your words", "a template belongs to its purpose"
