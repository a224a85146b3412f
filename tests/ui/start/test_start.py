"""The first minute: three ways in, whose business it is, and the demo."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.commands import messages as commands
from followup_desktop.commands.business import change_settings
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.queries import any_customer
from followup_desktop.core.operators.queries import business, settings
from followup_desktop.ui import child
from followup_desktop.ui.summary import summary
from tests.ui.whole import nameless


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(child, "ourselves", lambda: [sys.executable, str(Path(__file__).with_name("few.py"))])


def press(at, card):
    card.setFocus()
    at._qtbot.keyClick(card, Qt.Key.Key_Return)


def test_each_card_leads_where_it_says(whole):
    at = whole("start")
    assert at.window.focusWidget() is at.page.file_card
    press(at, at.page.file_card)
    press(at, at.page.one_card)
    assert at.went == [("importing", {}), ("customers", {"add": True})]


def test_name_business_and_trade_are_said_where_they_stand(whole, read, qtbot):
    at = whole("start")
    line = at.page.whose
    qtbot.waitUntil(lambda: line.names.whole() == "Dana Whitlock, Blue Heron Pools")
    line.pencil.click()
    assert line.owner.hasFocus()
    qtbot.keyClicks(line.owner, "Ana Ruiz")
    line.business.setText("Clear Water Pools")
    qtbot.keyClick(line.business, Qt.Key.Key_Return)
    at.settle()
    assert (line.names.whole(), line.is_editing()) == ("Ana Ruiz, Clear Water Pools", False)
    assert (read(business).owner, read(business).name) == ("Ana Ruiz", "Clear Water Pools")
    line.trade.chosen.emit("lawn_care")
    at.settle()
    assert read(business).trade == "lawn_care"


def test_escape_leaves_the_names_as_they_were(whole, read, qtbot):
    at = whole("start")
    line = at.page.whose
    line.pencil.click()
    qtbot.keyClicks(line.owner, "Nobody")
    qtbot.keyClick(line.owner, Qt.Key.Key_Escape)
    assert not line.is_editing()
    assert read(business).owner == "Dana Whitlock"


@pytest.mark.row("D9")
def test_looking_around_opens_an_invented_business_that_knows_the_way_back(whole, few, program, asked, clock):
    at = whole("start")
    press(at, at.page.demo_card)
    at._qtbot.waitUntil(lambda: asked.stores != [], timeout=60_000)
    assert asked.stores == [program.path.with_name("demo.db")]
    demo = Program(asked.stores[0], clock)
    with demo.desk.store.read() as session:
        assert any_customer(session)
        assert business(session).demo
        assert settings(session)["demo.home"] == str(program.path)
        assert summary(session, clock.now()).demo
    demo.close()
    assert not list(program.path.parent.glob("*.making*"))


@pytest.mark.row("D9")
def test_stopping_leaves_an_earlier_demo_as_it_was(whole, few, program, asked):
    earlier = program.path.with_name("demo.db")
    earlier.write_bytes(b"earlier")
    at = whole("start")
    press(at, at.page.demo_card)
    at._qtbot.waitUntil(at.page.busy.isVisible, timeout=10_000)
    at.page.busy.cancelled.emit()
    at.settle()
    assert (asked.stores, earlier.read_bytes()) == ([], b"earlier")
    assert not at.page.busy.isVisible()
    assert not list(program.path.parent.glob("*.making*"))


@pytest.mark.row("D9")
def test_a_demo_that_cannot_be_made_says_why(whole, monkeypatch, asked):
    complains = "import sys; sys.exit('The disk is full.')"
    monkeypatch.setattr(child, "ourselves", lambda: [sys.executable, "-c", complains])
    at = whole("start")
    press(at, at.page.demo_card)
    at._qtbot.waitUntil(at.page.trouble.isVisible, timeout=10_000)
    assert at.page.trouble.accessibleName() == "The disk is full."
    assert asked.stores == []


@pytest.mark.row("D9")
def test_the_demo_is_marked_above_every_place_with_the_way_back(whole, asked):
    at = whole("start")
    strip = at.window._demo
    assert not strip.isVisible()
    at.window.set_demo(True)
    assert strip.isVisible()
    assert strip.accessibleName() == "This is an invented business. Nothing is sent."
    strip.button.click()
    assert asked.homeward == ["home"]


@pytest.mark.row("D9")
def test_nothing_leaves_the_demo(desk, add):
    change_settings(desk, {"business.demo": True})
    follow_up = commands.write(desk, add("Priya Nair"), Purpose.AD_HOC).result
    with pytest.raises(Problem, match="This is the demo business: nothing is sent"):
        commands.send(desk, commands.Approved(follow_up, "The gate", "Hi Priya"))


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_the_cards_fit(whole, size):
    at = whole("start", size)
    for card in (at.page.file_card, at.page.one_card, at.page.demo_card):
        place = card.mapTo(at.page, card.rect().topLeft())
        assert place.x() >= 0
        assert place.x() + card.width() <= at.page.width()


def test_every_control_has_a_name(whole):
    assert nameless(whole("start").window) == []
