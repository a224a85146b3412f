import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from followup_desktop.core.customers import queries
from followup_desktop.core.customers.model import Person
from followup_desktop.ui.customers.edit import PersonDialog

pytestmark = pytest.mark.row("D1")


@pytest.fixture
def form(opened, qtbot):
    """Open the form: for a new customer, or for the one given."""

    def show(key=None):
        window, page, _asked = opened()
        if key is None:
            window.go("customers", add=True)
        else:
            window.go("customers", customer_id=key)
            qtbot.waitUntil(lambda: page.selected() == key)
            page.edit()
        dialog = window.findChildren(PersonDialog)[-1]
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return page, dialog

    return show


def test_a_customer_is_added_by_keyboard_and_shown(form, qtbot, names):
    page, dialog = form()
    for key, text in (("given_name", "Ana"), ("family_name", "Pereira"), ("email", "ana@example.com")):
        qtbot.keyClicks(dialog.line(key), text)
    qtbot.keyClicks(dialog.line("phone"), "555 201 0199")
    qtbot.keyClick(dialog.line("phone"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.pane.name.text() == "Ana Pereira")
    assert dict(page.pane.details.fields())["Phone"] == "(555) 201-0199"
    qtbot.waitUntil(lambda: names(page) == ["Ana Pereira"])


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("email", "ana at example", "“ana at example” is not an email address."),
        ("phone", "ring me", "“ring me” is not a phone number."),
        ("more_emails", "ana@example.com, nobody", "“nobody” is not an email address."),
        ("since", "yesterday", "“yesterday” is not a day."),
        ("zone", "Mars/Base", "There is no time zone “Mars/Base”."),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_nothing_is_lost(form, qtbot, key, typed, says):
    _page, dialog = form()
    qtbot.keyClicks(dialog.line("given_name"), "Ana")
    dialog.line(key).setText(typed)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.problem_of(key).startswith(says)
    assert dialog.line(key).text() == typed
    assert dialog.line("given_name").text() == "Ana"
    assert dialog.line(key).hasFocus()
    dialog.line(key).setText("")
    dialog.save()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_somebody_without_a_name_is_asked_for_one(form):
    _page, dialog = form()
    dialog.line("email").setText("ana@example.com")
    dialog.save()
    assert dialog.problem_of("given_name") == "A customer needs a name or a company. Add one of them."


def test_editing_keeps_what_the_form_does_not_show(form, desk, qtbot, read):
    from followup_desktop.commands.customers import add_customer

    person = Person("Ana", "Pereira", "", "ana@example.com", extra={"Pool": "18,000 gal", "_source": "Jobber"})
    key = int(add_customer(desk, person).result)
    page, dialog = form(key)
    dialog.line("street").setText("4 Palm Ct")
    dialog._extra["Pool"].control.setText("20,000 gal")
    dialog.save()
    qtbot.waitUntil(lambda: page.pane.address.text() == "4 Palm Ct")
    kept = read(queries.customer, key).person
    assert kept.extra == {"Pool": "20,000 gal", "_source": "Jobber"}
    assert kept.email == "ana@example.com"


def test_a_household_is_joined_by_choosing_who_lives_there(add, form, qtbot, read):
    wendell, nora = add("Wendell Price"), add("Nora Price")
    _page, dialog = form(nora)
    qtbot.keyClicks(dialog.finder.field, "wendell")
    qtbot.waitUntil(dialog.finder.list.isVisible)
    qtbot.keyClick(dialog.finder.field, Qt.Key.Key_Return)
    assert dialog.finder.customer() == wendell
    assert dialog.isVisible(), "Enter chose, it did not save"
    dialog.save()
    qtbot.waitUntil(lambda: [c.name for c in read(queries.under_one_roof, wendell)] == ["Nora Price"])


def test_who_lives_alone_from_now_on_leaves_the_household(add, desk, form, qtbot, read):
    from followup_desktop.commands.customers import join_household
    from followup_desktop.core.customers.model import CustomerId

    wendell, nora = add("Wendell Price"), add("Nora Price")
    join_household(desk, CustomerId(nora), CustomerId(wendell))
    _page, dialog = form(nora)
    dialog.leaves.setChecked(True)
    dialog.save()
    qtbot.waitUntil(lambda: read(queries.under_one_roof, wendell) == [])


def test_escape_leaves_without_changing_anything(add, form, qtbot, read):
    key = add("Nora Price")
    _page, dialog = form(key)
    dialog.line("given_name").setText("Norma")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert read(queries.customer, key).name == "Nora Price"


def test_an_address_somebody_else_has_is_pointed_out_and_may_be_kept(add, form, qtbot, names):
    add("Wendell Price", email="price@example.com", phone="(555) 201-0142")
    page, dialog = form()
    qtbot.keyClicks(dialog.line("given_name"), "Nora")
    dialog.line("email").setFocus()
    qtbot.keyClicks(dialog.line("email"), "price@example.com")
    dialog.line("phone").setFocus()
    qtbot.waitUntil(lambda: dialog._lines["email"].hint() == "This is the address of Wendell Price too.")
    qtbot.keyClicks(dialog.line("phone"), "555 201 0142")
    dialog.line("street").setFocus()
    qtbot.waitUntil(lambda: dialog._lines["phone"].hint() == "This is the number of Wendell Price too.")
    dialog.save()
    qtbot.waitUntil(lambda: page.pane.name.text() == "Nora")


def test_ones_own_address_is_nothing_to_point_out(add, form, qtbot):
    _page, dialog = form(add("Wendell Price", email="price@example.com"))
    dialog.line("email").setFocus()
    dialog.line("street").setFocus()
    assert dialog._lines["email"].hint() == ""
