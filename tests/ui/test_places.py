"""What holds for Promises, Routes, Recovery and Journeys alike."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QLabel, QLineEdit

from followup_desktop.commands.promises import make_promise
from followup_desktop.commands.routes import add_stop
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.routes.model import NewStop
from tests.conftest import MONDAY
from tests.ui.opened import desk, opened, runner

__all__ = ["desk", "opened", "runner"]

PLACES = ("promises", "routes", "recovery", "journeys")
LONG = "Maximiliane von und zu Hohenberg-Schillingsfürst und Söhne, Gartenbau und Teichpflege <b>seit</b> 1871"


@pytest.fixture
def business(add, log, desk):
    """One customer with a very long name, to whom everything happened."""
    who = add(LONG, email="", stage="regular", street=LONG, notes=LONG * 3)
    log(who, "complaint", note=LONG, at=MONDAY - timedelta(days=2))
    log(who, "visit_done", visit="repair", about=LONG, at=MONDAY - timedelta(days=1))
    make_promise(desk, NewPromise(LONG, date(2026, 11, 23), None, "America/New_York", who, LONG))
    add_stop(desk, NewStop(who, 0, technician=LONG))
    return who


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_for_screen_readers(opened, business, place):
    page = opened(place).page
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QAbstractSpinBox)
    nameless = [
        widget
        for kind in kinds
        for widget in page.findChildren(kind)
        if not widget.accessibleName() and not widget.objectName().startswith("qt_") and widget.isVisible()
    ]
    assert nameless == []


@pytest.mark.parametrize("place", PLACES)
def test_what_customers_are_called_is_never_markup(opened, business, place):
    page = opened(place).page
    shown = [label for label in page.findChildren(QLabel) if "<b>seit</b>" in label.text()]
    assert all(label.textFormat().name == "PlainText" for label in shown)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_long_names_fit_the_smallest_window(opened, business, place, size):
    at = opened(place, size)
    assert (at.window.width(), at.window.height()) == size
    right = at.page.mapTo(at.window, at.page.rect().topRight()).x()
    for button in at.page.findChildren(QAbstractButton):
        if button.isVisible() and button.width() > 1:
            assert button.mapTo(at.window, button.rect().topRight()).x() <= right, button.text()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_themes_can_be_painted(opened, business, place, mode, theme):
    at = opened(place)
    theme.set_mode(mode)
    at.settle()
    assert not at.window.grab().isNull()
