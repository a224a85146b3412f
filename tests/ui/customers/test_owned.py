"""What a customer owns and has agreed, entered in the window."""

import pytest
from PySide6.QtWidgets import QApplication

from followup_desktop.core.equipment import queries as equipment
from followup_desktop.ui.customers.owned import OwnedDialog

pytestmark = pytest.mark.row("D4")


@pytest.fixture
def details(add, opened, qtbot):
    """The details of a customer: `page, priya = details()`."""

    def show():
        priya = add("Priya Nair")
        window, page, _asked = opened()
        window.go("customers", customer_id=priya)
        qtbot.waitUntil(lambda: page.selected() == priya)
        page.pane.choose_tab("details")
        return page, priya

    return show


def dialog():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, OwnedDialog) and w.isVisible())


def test_a_warranty_is_entered_changed_removed_and_brought_back(details, qtbot, read, desk):
    page, priya = details()
    page.pane.details.owned.add_equipment.click()
    form = dialog()
    form.line("what").setText("pool heater")
    form.line("warranty_until").setText("2028-11-20")
    form.save()
    qtbot.waitUntil(lambda: len(page.pane.details.owned.buttons()) == 1)
    (shown,) = page.pane.details.owned.buttons()
    assert shown.text() == "pool heater"
    shown.click()
    form = dialog()
    assert form.line("warranty_until").text() == "2028-11-20"
    form.line("what").setText("gas heater")
    form.save()
    qtbot.waitUntil(lambda: [b.text() for b in page.pane.details.owned.buttons()] == ["gas heater"])
    page.pane.details.owned.buttons()[0].click()
    dialog().remove.click()
    qtbot.waitUntil(lambda: page.pane.details.owned.buttons() == [])
    assert read(equipment.belongings, priya).equipment == ()


def test_an_agreement_with_its_price_is_entered_and_what_is_no_day_is_said_beside_the_field(details, qtbot, read):
    page, priya = details()
    page.pane.details.owned.add_agreement.click()
    form = dialog()
    form.line("renews_on").setText("next year")
    form.line("price").setText("lots")
    form.save()
    assert "“next year” is not a day." in form.problem_of("renews_on")
    assert form.problem_of("price")
    assert "no name" in form.problem_of("what")
    form.line("what").setText("service contract")
    form.line("renews_on").setText("2027-02-01")
    form.line("price").setText("1,200")
    form.line("per").setCurrentIndex(form.line("per").findData("year"))
    form.save()
    qtbot.waitUntil(lambda: len(page.pane.details.owned.buttons()) == 1)
    (agreed,) = read(equipment.belongings, priya).agreements
    assert (agreed.entry.price, agreed.entry.currency, agreed.entry.per) == (120000, "USD", "year")
    page.pane.details.owned.buttons()[0].click()
    assert dialog().line("per").currentText() == "a year"
