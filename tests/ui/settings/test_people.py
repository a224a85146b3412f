"""Who shares the store, as one says it in Settings."""

import pytest


@pytest.fixture
def at(whole):
    return whole("settings", section="People")


@pytest.mark.row("Q9")
def test_people_are_added_and_removed_and_one_of_them_works_here(at):
    section = at.page.section()
    assert not section.here_line.isVisible()
    for name in ("Dana", "Luis"):
        section.name.setText(name)
        at.press(section.add_button)
    assert [person.name for person in section.people()] == ["Dana", "Luis"]
    assert section.here_line.isVisible()
    section.here.setCurrentIndex(2)
    assert at.page.context.settings.value("computer.operator") == section.people()[1].uuid
    section.name.setText("luis")
    at.press(section.add_button)
    assert section.problem.isVisible()
    assert section.name.text() == "luis"
    remove = next(b for b in section.findChildren(type(section.add_button)) if b.accessibleName() == "Remove Luis")
    at.press(remove)
    assert [person.name for person in section.people()] == ["Dana"]
