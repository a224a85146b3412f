from datetime import date, datetime, timedelta

from followup_desktop.commands import messages, promises
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.promises.model import NewPromise
from tests.conftest import MONDAY


def names(queue):
    return [(str(c.group), c.name) for c in queue.cards]


def test_the_groups_come_in_their_order(add, log, queue, desk, clock):
    log(add("Sam Osei"), "visit_done", visit="repair", about="pump", at=MONDAY - timedelta(hours=20))
    log(add("Ana Pereira"), "quote_sent", about="heater", amount=234000, at=MONDAY - timedelta(days=2))
    log(add("Greta Lindqvist"), "rating", rating=3, note="gate left open")
    log(add("Priya Nair"), "complaint", note="nobody came")
    maria = add("Maria Alvarez")
    today = date(2026, 11, 23)
    promises.make_promise(desk, NewPromise("send the filter quote", today, None, "America/New_York", maria))
    assert names(queue()) == [
        ("promised", "Maria Alvarez"),
        ("put_right", "Priya Nair"),
        ("answer", "Greta Lindqvist"),
        ("closing", "Sam Osei"),
        ("rest", "Ana Pereira"),
    ]


def test_a_card_says_why_here_and_why_now_and_what_removes_it(add, log, queue):
    log(add("Grace Obi"), "visit_done", visit="first", by="Luis")
    card = queue().cards[0]
    assert "First visit done on Mon 23 Nov" in card.why_here
    assert "closes" in card.why_now
    assert "leaves when" in card.removed_by


def test_the_weekly_limit_holds_back_and_says_until_when(add, log, queue, desk, clock):
    ana = add("Ana Pereira", phone="+15550100142")
    log(ana, "call", at=MONDAY - timedelta(days=2))
    log(ana, "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    found = queue()
    assert names(found) == []
    assert found.held[0].reason == "weekly_limit"
    assert "Sat 28 Nov" in found.held[0].reason_text


def test_one_customer_has_one_card_and_the_rest_waits_behind_it(add, log, queue):
    sam = add("Sam Osei")
    log(sam, "visit_done", visit="repair", about="pump")
    log(sam, "purchase", about="salt cell")
    found = queue()
    assert len(found.cards) == 1
    assert [i.leads for i in found.cards[0].items] == [True, False]
    assert [h.reason for h in found.held] == ["outranked"]


def test_an_open_case_holds_the_whole_household(add, log, queue, desk):
    from followup_desktop.commands.customers import set_household

    priya, raj = add("Priya Nair"), add("Raj Nair")
    set_household(desk, [priya, raj], "Nair")
    log(priya, "complaint", note="nobody came")
    log(raj, "purchase", about="a net")
    found = queue()
    assert names(found) == [("put_right", "Priya Nair")]
    assert [(h.name, h.reason) for h in found.held] == [("Raj Nair", "open_case")]
    assert "Priya Nair" in found.held[0].reason_text


def test_on_sunday_only_promises_stay_in_sight(add, log, queue, desk, clock):
    sunday = datetime.fromisoformat("2026-11-29T10:00-05:00")
    clock.moment = sunday
    maria, sam = add("Maria Alvarez"), add("Sam Osei")
    promises.make_promise(desk, NewPromise("call", date(2026, 11, 29), None, "America/New_York", maria))
    log(sam, "visit_done", visit="repair")
    found = queue()
    assert names(found) == [("promised", "Maria Alvarez")]
    assert [h.reason for h in found.held] == ["quiet_hours"]


def test_put_off_comes_back_on_its_day(add, log, queue, desk, clock):
    log(add("Ana Pereira"), "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    messages.later(desk, queue().cards[0].leading.id, date(2026, 11, 25))
    assert names(queue()) == []
    clock.moment = MONDAY + timedelta(days=2)
    assert names(queue()) == [("rest", "Ana Pereira")]


def test_done_skip_and_undo(add, log, queue, desk):
    log(add("Ana Pereira"), "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    key = queue().cards[0].leading.id
    messages.done(desk, key, "call")
    assert names(queue()) == []
    undo_last(desk)
    messages.skip(desk, key, "sold the house")
    assert names(queue()) == []
    undo_last(desk)
    assert names(queue()) == [("rest", "Ana Pereira")]


def test_a_reply_ends_the_nudge(add, log, queue, desk):
    ana = add("Ana Pereira")
    log(ana, "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    log(ana, "quote_won", about="heater")
    assert names(queue()) == []
    undo_last(desk)
    assert names(queue()) == [("rest", "Ana Pereira")]


def test_what_was_not_done_lapses(add, log, queue, desk, clock, read):
    from followup_desktop.core.journeys.queries import of_customer

    sam = add("Sam Osei")
    log(sam, "visit_done", visit="repair", about="pump")
    clock.moment = MONDAY + timedelta(days=20)
    assert names(queue()) == []
    add("Somebody Else")
    assert {f.outcome for f in read(of_customer, sam)} == {"lapsed"}


def test_a_promise_for_a_day_is_late_by_days(add, queue, desk, clock):
    maria = add("Maria Alvarez")
    promises.make_promise(desk, NewPromise("call", date(2026, 11, 23), None, "America/New_York", maria))
    assert queue().cards[0].note == "due today"
    clock.moment = MONDAY + timedelta(days=1)
    assert queue().cards[0].note == "1 day late"
    assert queue().cards[0].why_now == "It is 1 day late: you said yesterday."
