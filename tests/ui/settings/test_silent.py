"""The list of those nothing may go to, in the settings: found, added, taken off, and who was erased."""

import pytest

from followup_desktop.commands import person
from followup_desktop.commands.consent import suppress
from followup_desktop.core.consent import queries as consent

pytestmark = pytest.mark.row("G3")


def on_list(read):
    return [one.value for one in read(consent.suppressions)]


def test_an_address_or_number_is_added_found_and_taken_off_with_undo(whole, desk, read):
    suppress(desk, "ivy@moss.example", "wrote: “stop”")
    at = whole("settings", section="Nothing goes to")
    section = at.page.section()
    at._qtbot.waitUntil(lambda: len(section.rows) == 1)
    section.value.setText("(555) 201-0142")
    assert section.rows == []
    at._qtbot.waitUntil(lambda: "It is not on the list. Enter adds it." in at.texts())
    at.press(section.add_button)
    assert on_list(read) == ["ivy@moss.example", "+15552010142"]
    assert [row.accessibleName() for row in section.rows] == ["ivy@moss.example", "+15552010142"]
    section.value.setText("201-01")
    assert [row.accessibleName() for row in section.rows] == ["+15552010142"]
    section.value.setText("stop")
    assert [row.accessibleName() for row in section.rows] == ["ivy@moss.example"]
    at.press(section.rows[0].lift)
    assert on_list(read) == ["+15552010142"]


def test_what_is_no_address_says_so_and_stays(whole, read):
    at = whole("settings", section="Nothing goes to")
    section = at.page.section()
    section.value.setText("ivy at moss")
    at.press(section.add_button)
    assert section.problem.isVisible()
    assert section.value.text() == "ivy at moss"
    assert on_list(read) == []


@pytest.mark.row("G5")
def test_the_proof_of_an_erasure_stands_there(whole, desk, add):
    person.erase(desk, add("Wendell Price", email="wendell@price.example"), "Wendell Price")
    at = whole("settings", section="Nothing goes to")
    at._qtbot.waitUntil(lambda: at.page.section().erased.isVisible())
    assert any("erased all that its customer records held" in text for text in at.texts())
    assert not any("Wendell" in text for text in at.texts())
