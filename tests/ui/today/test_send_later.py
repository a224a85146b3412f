"""Planning a message in the window: a digit takes a moment by the customer's clock, and the card is settled."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, Qt, QTime

from followup_desktop.core.messages import queries as outbox
from followup_desktop.core.messages.model import MessageState
from followup_desktop.ui.parts.send_later import SendLaterDialog
from tests.ui.today.test_doing import CTRL, KEY, mailing

pytestmark = pytest.mark.row("A1", "G2")
__all__ = ["mailing"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def asked(mailing):
    """Ask when a message to Sam is to leave; returns the dialog."""
    mailing.choose("Sam Osei")
    mailing.press(KEY.Key_Return, CTRL | SHIFT)
    found = mailing.window.findChildren(SendLaterDialog)
    mailing.qtbot.waitUntil(lambda: bool(mailing.window.findChildren(SendLaterDialog)))
    [dialog] = found or mailing.window.findChildren(SendLaterDialog)
    return dialog


def waiting(mailing):
    (line,) = mailing.ask(outbox.outbox)
    return line.state, line.not_before


def test_a_digit_plans_it_for_the_evening_and_undo_brings_the_card_back(mailing, asked):
    assert [button.accessibleName() for button in asked.offers] == [
        "This evening: 6:00 pm",
        "Tomorrow morning: 9:00 am",
    ]
    mailing.qtbot.keyClick(asked, KEY.Key_1)
    mailing.until_gone("Sam Osei")
    assert waiting(mailing) == (MessageState.QUEUED, datetime(2026, 11, 23, 23, tzinfo=UTC))
    mailing.until_said("Goes to Sam Osei today, 6:00 pm")
    assert mailing.woken
    mailing.window.undo_bar.take_back()
    mailing.until_there("Sam Osei")
    assert mailing.ask(outbox.outbox) == []


def test_a_day_and_time_in_the_quiet_hours_says_when_it_leaves_instead(mailing, asked):
    asked.day.setDate(QDate(2026, 11, 28))
    asked.clock.setTime(QTime(21, 30))
    assert asked.says.text() == "In the quiet hours. It leaves Mon 30 Nov, 8:00 am."
    asked.day.setDate(QDate(2026, 11, 23))
    asked.clock.setTime(QTime(9, 0))
    assert (asked.says.text(), asked.save_button.isEnabled()) == ("That time has gone by.", False)
    asked.day.setDate(QDate(2026, 11, 25))
    asked.clock.setTime(QTime(14, 15))
    asked.save_button.click()
    mailing.until_gone("Sam Osei")
    assert waiting(mailing) == (MessageState.QUEUED, datetime(2026, 11, 25, 19, 15, tzinfo=UTC))


def test_escape_leaves_the_card_as_it_is(mailing, asked):
    mailing.qtbot.keyClick(asked, KEY.Key_Escape)
    assert "Sam Osei" in mailing.names()
    assert mailing.ask(outbox.outbox) == []
