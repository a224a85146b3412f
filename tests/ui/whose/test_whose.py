"""Where two people share a store, Today shows one's own or everyone's; where one works alone, nothing of it shows."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands.operators import add_operator, look_after
from tests.ui.opened import Values


def names(at):
    return sorted(row.title for row in at.page.list._list_model.rows.items if hasattr(row, "second"))


@pytest.fixture
def people(desk, add, log):
    dana, luis = add_operator(desk, "Dana").result, add_operator(desk, "Luis").result
    for name, operator in (("Ana Abel", dana), ("Ben Cole", luis), ("Cleo Dart", None)):
        key = add(name)
        log(key, "visit_done", visit="repair", about="pump")
        look_after(desk, key, operator)
    return {"Dana": dana, "Luis": luis}


@pytest.fixture
def here(monkeypatch, desk, read):
    """Say who works at this computer."""
    from followup_desktop.core.operators.queries import operators

    def sit_down(name):
        uuid = next(person.uuid for person in read(operators) if person.name == name)
        before = Values.value
        monkeypatch.setattr(
            Values, "value", lambda self, key: uuid if key == "computer.operator" else before(self, key)
        )

    return sit_down


@pytest.mark.row("Q9")
def test_today_shows_ones_own_or_everyones(opened, people, here):
    here("Dana")
    at = opened("today")
    assert at.page.whose.isVisible()
    assert names(at) == ["Ana Abel", "Cleo Dart"]
    at.press(at.page.whose.side._group.buttons()[1])
    assert names(at) == ["Ana Abel", "Ben Cole", "Cleo Dart"]
    assert at.page.state()["whose"] == "all"


@pytest.mark.row("Q9")
def test_a_card_is_given_to_somebody_else_and_undo_brings_it_back(opened, people, here):
    here("Dana")
    at = opened("today")
    assert at.page.whose.owner.text() == "For: Dana"
    luis = next(a for a in at.page.whose.owner._menu.actions() if a.text() == "Luis")
    luis.trigger()
    at.settle()
    assert at.said[-1] == "Ana Abel: for Luis"
    assert names(at) == ["Cleo Dart"]
    at.page.list.setFocus()
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(at) == ["Ana Abel", "Cleo Dart"]


@pytest.mark.row("Q9")
def test_where_nobody_said_who_works_here_it_is_asked_and_everything_shown(opened, people):
    at = opened("today")
    assert names(at) == ["Ana Abel", "Ben Cole", "Cleo Dart"]
    assert not at.page.whose.side.isVisible()
    at.press(at.page.whose.who)
    assert at.went[-1] == ("settings", {"section": "People"})


@pytest.mark.row("Q9")
def test_who_works_alone_sees_nothing_of_it(opened, desk, add, log):
    log(add("Ana Abel"), "visit_done", visit="repair", about="pump")
    add_operator(desk, "Dana")
    at = opened("today")
    assert names(at) == ["Ana Abel"]
    assert not at.page.whose.isVisible()


@pytest.mark.row("Q9")
def test_a_customer_is_handed_over_beside_the_list(opened, people, read):
    from followup_desktop.core.customers.queries import looked_after_by
    from followup_desktop.ui.widgets.buttons import MenuButton

    at = opened("customers")
    at.page.focus_on(customer_id=1)
    at.settle()
    at.page.pane.choose_tab("details")
    button = next(b for b in at.page.pane.details.findChildren(MenuButton))
    assert button.text() == "Looked after by: Dana"
    next(a for a in button._menu.actions() if a.text() == "Luis").trigger()
    at.settle()
    assert at.said[-1] == "Luis looks after Ana Abel"
    assert read(looked_after_by, 1) == people["Luis"]
