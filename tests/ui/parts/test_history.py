from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from followup_desktop.core.history.model import Event, Happening
from followup_desktop.ui.parts.events import event_words
from followup_desktop.ui.parts.history import HistoryList

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
LONG = "The pump was loud again. " * 12


def event(what, key=1, **more):
    return Event(key, 1, Happening(what), more.pop("at", AT), **more)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event("visit_done", by="Luis", note="Chlorine 2.4"), "Visit done, Luis. Chlorine 2.4"),
        (event("visit_done", visit="first", by="Ana"), "First visit done, Ana"),
        (event("visit_done", visit="installation", about="heater", note="Quiet."), "Installation done: heater. Quiet."),
        (event("rating", rating=5, note="Best water we have had."), "Rated 5: “Best water we have had.”"),
        (event("quote_sent", about="heater", amount=234000, currency="USD"), "Quote sent: heater, $2,340"),
        (event("message_out", about="We missed you", note="Hi Priya"), "You wrote: “We missed you”"),
        (event("message_out", about="Text sent", note="On my way"), "Text sent. On my way"),
        (event("message_in", note="Thanks for\nbeing straight"), "They wrote: “Thanks for being straight”"),
        (event("referral", about="Helen Zhou"), "Referred Helen Zhou"),
        (event("complaint", note="Green water"), "Complained: Green water"),
        (event("call", note="Not in"), "Call: Not in"),
        (event("note", note="New dog"), "New dog"),
        (event("bounced", about="sam@x.example", note="it is gone"), "Mail came back: sam@x.example. It is gone"),
    ],
)
def test_what_happened_reads_as_a_line(happened, words):
    assert event_words(happened) == words


@pytest.fixture
def shown(theme, qtbot):
    list_ = HistoryList(theme, airy=True)
    qtbot.addWidget(list_)
    list_.resize(232, 300)
    list_.show()
    return list_


def test_days_are_those_of_the_zone_and_carry_the_year_when_it_is_another(shown):
    events = [event("note", 1, note="a", at=datetime(2026, 11, 20, 2, 0, tzinfo=UTC)), event("note", 2, note="b")]
    old = event("note", 3, note="c", at=datetime(2025, 8, 1, 15, 0, tzinfo=UTC))
    shown.show_events([*events, old], date(2026, 11, 20), "America/New_York")
    assert [line.day for line in shown.lines()] == ["19 Nov", "today", "1 Aug 2025"]


def test_what_a_line_says_whole_has_nothing_more_to_open(shown):
    shown.show_events([event("bounced", about="sam@x.example", note="the address is gone")], date(2026, 11, 23), "UTC")
    assert shown.lines()[0].more == ""


def test_a_long_entry_is_cut_until_it_is_opened(shown, qtbot):
    shown.show_events([event("note", note=LONG)], date(2026, 11, 23), "UTC")
    cut = shown.sizeHintForIndex(shown.model().index(0, 0)).height()
    shown.setCurrentIndex(shown.model().index(0, 0))
    shown.activated.emit(shown.model().index(0, 0))
    assert shown.sizeHintForIndex(shown.model().index(0, 0)).height() > 2 * cut
    assert not shown.grab().isNull()


def test_customer_text_in_a_tip_is_literal(shown):
    shown.show_events([event("note", note="<b>bold</b>")], date(2026, 11, 23), "UTC")
    index = shown.model().index(0, 0)
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "20 Nov: <b>bold</b>"
