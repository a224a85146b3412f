"""A month counted in a real store: what counts, in whose calendar, and what does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from followup_desktop.base.money import Money
from followup_desktop.commands import cases, promises
from followup_desktop.commands.customers import edit_customer, set_stage
from followup_desktop.commands.insights import mark_change, plan_changes
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.cases.queries import cases as open_cases
from followup_desktop.core.customers.model import CustomerId, Person, Stage
from followup_desktop.core.insights.model import Duration, FigureKey, Ratio
from followup_desktop.core.insights.queries.behind import records_behind
from followup_desktop.core.insights.queries.counting import trend
from followup_desktop.core.insights.queries.month import month_figures, month_report, months
from followup_desktop.core.promises.model import NewPromise
from tests.core.insights.conftest import day, later

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
ZONE = "America/New_York"


def promise(desk, clock, due, customer=None):
    """Make a promise a week before it is due."""
    now = clock.moment
    clock.moment = datetime.combine(due, time(12), UTC) - timedelta(days=7)
    made = promises.make_promise(desk, NewPromise("ring", due, None, ZONE, customer)).result
    clock.moment = now
    return made


def keep(desk, clock, key, on):
    now, clock.moment = clock.moment, datetime.combine(on, time(16), UTC)
    promises.keep_promise(desk, key)
    clock.moment = now


@pytest.mark.row("K5")
def test_promises_kept_on_time_are_counted_of_all_that_fell_due(desk, clock, figures):
    keep(desk, clock, promise(desk, clock, date(2026, 10, 7)), date(2026, 10, 7))
    keep(desk, clock, promise(desk, clock, date(2026, 10, 8)), date(2026, 10, 12))
    promise(desk, clock, date(2026, 10, 9))
    promises.withdraw_promise(desk, promise(desk, clock, date(2026, 10, 10)))
    keep(desk, clock, promise(desk, clock, date(2026, 9, 30)), date(2026, 9, 29))
    assert figures(OCTOBER)["promises"].value == Ratio(1, 3)
    assert figures(OCTOBER)["promises"].before == Ratio(1, 1)


def test_a_promise_that_is_not_due_yet_says_nothing_about_the_month(desk, clock, figures):
    promise(desk, clock, date(2026, 11, 27))
    assert figures(NOVEMBER)["promises"].value is None


@pytest.mark.row("K1")
def test_an_answer_counts_for_fourteen_days(add, sent, wrote, figures):
    quick, slow, silent, before = (add(name) for name in ("Ana Bo", "Ben Co", "Cat Do", "Dan Eck"))
    for customer in (quick, slow, silent, before):
        sent(customer, day(5))
    wrote(quick, day(18, 11))
    wrote(slow, day(19, 13))
    wrote(before, day(4))
    assert figures(OCTOBER)["answered"].value == Ratio(1, 4)


def test_only_what_a_server_took_counts_as_sent(add, sent, figures):
    ana = add("Ana Bo")
    for state in ("draft", "queued", "failed", "cancelled", "handed_over"):
        sent(ana, day(5), state=state)
    sent(ana, day(6), state="accepted")
    assert figures(OCTOBER)["answered"].value == Ratio(0, 1)


def test_a_month_begins_and_ends_with_the_clocks_of_the_business(add, sent, figures):
    ana = add("Ana Bo")
    sent(ana, datetime(2026, 11, 1, 3, 59, tzinfo=UTC))  # 23:59 on 31 October in New York
    sent(ana, datetime(2026, 11, 1, 4, 0, tzinfo=UTC))
    assert figures(OCTOBER)["answered"].value == Ratio(0, 1)
    assert figures(NOVEMBER)["answered"].value == Ratio(0, 1)


def test_messages_are_told_apart_by_what_they_are_for(add, sent, wrote, read, clock):
    ana, ben = add("Ana Bo"), add("Ben Co")
    sent(ana, day(5), "check_in")
    sent(ben, day(5), "thank_you")
    wrote(ana, day(6))
    bars = read(month_figures, OCTOBER, clock.now()).bars
    assert [(bar.label, bar.answered, bar.sent) for bar in bars] == [("Ask how it went", 1, 1), ("Thank you", 0, 1)]


@pytest.mark.row("K7")
def test_a_kind_of_message_nobody_answers_is_diagnosed_but_never_a_thank_you(add, sent, read, clock):
    for number in range(12):
        customer = add(f"Ana B{number}")
        sent(customer, day(5), "continuity")
        sent(customer, day(6), "thank_you")
    found = read(month_figures, OCTOBER, clock.now()).diagnoses
    assert [one.label for one in found] == ["News and seasonal work"]
    assert "0 of 12" in found[0].seen


@pytest.mark.row("K7")
def test_answers_that_come_with_complaints_point_at_tone_or_time(add, log, sent, wrote, read, clock):
    for number in range(12):
        customer = add(f"Ana B{number}")
        sent(customer, day(5), "continuity")
        wrote(customer, day(6))
        if number < 5:
            log(customer, "complaint", at=day(7))
    found = read(month_figures, OCTOBER, clock.now()).diagnoses
    assert "complaints: 5 of 12" in found[0].seen


@pytest.mark.row("K5")
def test_whoever_something_happened_to_is_reached_within_a_day(add, log, figures):
    reached, late, never, routine = (add(name) for name in ("Ana Bo", "Ben Co", "Cat Do", "Dan Eck"))
    for customer in (reached, late, never):
        log(customer, "visit_done", visit="repair", at=day(5))
    log(routine, "visit_done", visit="routine", at=day(5))
    log(reached, "call", at=day(6, 11))
    log(late, "in_person", at=day(6, 13))
    assert figures(OCTOBER)["reached"].value == Ratio(1, 3)


@pytest.mark.parametrize("what", ["purchase", "complaint", "visit_missed", "visit_late", "quote_sent"])
def test_what_asks_for_a_contact(add, log, figures, what):
    log(add("Ana Bo"), what, at=day(5))
    assert figures(OCTOBER)["reached"].value == Ratio(0, 1)


def test_what_happened_today_counts_once_it_was_answered_or_its_day_is_over(add, log, figures, clock):
    ana = add("Ana Bo")
    log(ana, "complaint", at=clock.now() - timedelta(hours=3))
    assert figures(NOVEMBER)["reached"].value is None
    log(ana, "call")
    assert figures(NOVEMBER)["reached"].value == Ratio(1, 1)


@pytest.mark.row("K3")
def test_ratings_are_counted_by_their_stars(add, log, read, clock):
    ana = add("Ana Bo")
    for rating in (5, 5, 4, 2):
        log(ana, "rating", rating=rating, at=day(5))
    log(ana, "rating", rating=1, at=day(5, month=9))
    found = read(month_figures, OCTOBER, clock.now())
    assert found.ratings == (0, 1, 0, 1, 2)
    score = next(one for one in found.figures if one.key is FigureKey.SATISFIED).value
    assert score.satisfied == Ratio(3, 4)


@pytest.mark.row("K5")
def test_the_time_to_put_right_runs_from_the_complaint(add, log, desk, read, clock, figures):
    log(add("Ana Bo"), "complaint", at=clock.now() - timedelta(days=6))
    case = read(open_cases)[0]
    cases.put_right(desk, case.id, "skimmed again")
    assert figures(NOVEMBER)["put_right"].value == Duration(6.0, 6.0, 1)


@pytest.mark.row("K4")
def test_customers_kept_are_those_of_the_months_start(add, log, desk, clock, figures, read):
    for name in ("Ana Bo", "Ben Co", "Cat Do"):
        add(name, since=date(2025, 4, 1))
    left = add("Dan Eck", since=date(2025, 4, 1))
    gone_before = add("Eva Fox", since=date(2025, 4, 1))
    add("New One", since=date(2026, 10, 9))
    add("Only Asked", since=date(2025, 4, 1), stage=Stage.LEAD)
    log(left, "left", note="Moved house.", at=day(12))
    log(gone_before, "left", at=day(12, month=8))
    kept = figures(OCTOBER)["kept"]
    assert kept.value == Ratio(3, 4)
    assert kept.note == "1 left, moved house"
    assert figures(date(2026, 9, 1))["kept"].value == Ratio(4, 4)
    assert figures(date(2026, 8, 1))["kept"].value == Ratio(4, 5)
    assert figures(NOVEMBER)["kept"].value == Ratio(4, 4)  # the three, and the new one


def test_who_is_made_a_former_customer_left_that_day(add, desk, figures, read, clock):
    ana, ben = (add(name, since=date(2025, 4, 1)) for name in ("Ana Bo", "Ben Co"))
    set_stage(desk, CustomerId(ana), Stage.FORMER)
    edit_customer(desk, CustomerId(ben), Person("Ben", "Co", since=date(2025, 4, 1), stage=Stage.FORMER))
    edit_customer(desk, CustomerId(ben), Person("Benno", "Co", since=date(2025, 4, 1), stage=Stage.FORMER))
    assert figures(NOVEMBER)["kept"].value == Ratio(0, 2)
    assert len(read(records_behind, "kept", NOVEMBER, clock.now()).rows) == 2
    undo_last(desk)
    undo_last(desk)
    assert figures(NOVEMBER)["kept"].value == Ratio(1, 2)


def test_whose_first_day_is_unknown_is_a_customer_from_the_day_they_were_added(add, figures):
    add("Ana Bo")
    assert figures(NOVEMBER)["kept"].value is None
    assert figures(date(2026, 12, 1))["kept"].value == Ratio(1, 1)


@pytest.mark.row("K4")
def test_what_was_bought_is_added_up_by_currency_and_never_together(add, log, read, clock):
    ana = add("Ana Bo")
    log(ana, "purchase", amount=16500, at=day(5))
    log(ana, "quote_won", amount=100000, at=day(6))
    log(ana, "purchase", amount=5000, currency="EUR", at=day(7))
    log(ana, "quote_sent", amount=999999, at=day(8))
    log(ana, "purchase", at=day(9))
    found = read(month_figures, OCTOBER, clock.now())
    assert found.money == (Money(5000, "EUR"), Money(116500, "USD"))


def test_the_trend_has_twelve_months_up_to_the_one_shown(add, sent, wrote, read):
    ana = add("Ana Bo")
    sent(ana, day(5))
    wrote(ana, day(6))
    sent(ana, day(5, month=11, year=2025))
    sent(ana, day(5, month=10, year=2025))
    found = read(trend, OCTOBER, ZONE)
    assert [point.month for point in (found[0], found[-1])] == [date(2025, 11, 1), OCTOBER]
    assert [point.ratio for point in found if point.ratio.whole] == [Ratio(0, 1), Ratio(1, 1)]


@pytest.mark.row("K10")
def test_who_may_leave_is_named_with_reasons_and_what_they_bought(add, log, read, clock):
    worried, fine, former = add("Ana Bo"), add("Ben Co"), add("Cat Do")
    for customer in (worried, former):
        log(customer, "complaint", note="nobody came", at=clock.now() - timedelta(days=2))
        log(customer, "rating", rating=1, at=clock.now() - timedelta(days=1))
    log(worried, "purchase", amount=42000, at=clock.now() - timedelta(days=40))
    log(worried, "purchase", amount=99900, at=clock.now() - timedelta(days=400))
    log(fine, "rating", rating=5)
    log(former, "left", note="moved house")
    found = read(month_figures, NOVEMBER, clock.now())
    assert [one.name for one in found.at_risk] == ["Ana Bo"]
    assert found.at_risk_total == 1
    assert any("Rated 1 of 5" in reason for reason in found.at_risk[0].reasons)
    assert found.at_risk[0].worth == "$420 in a year"


@pytest.mark.row("K10")
def test_the_list_of_who_may_leave_is_never_longer_than_ten(add, log, read, clock):
    for number in range(12):
        customer = add(f"Ana B{number}")
        log(customer, "complaint", at=clock.now() - timedelta(days=2))
        log(customer, "rating", rating=1)
    found = read(month_figures, NOVEMBER, clock.now())
    assert (len(found.at_risk), found.at_risk_total) == (10, 12)


@pytest.mark.row("K9")
def test_what_changes_is_kept_with_the_month_and_checked_by_the_next(desk, read, clock):
    plan_changes(desk, OCTOBER, ["  ask one   question ", "", "ask one question", "ring the same day"])
    assert read(month_figures, OCTOBER, clock.now()).changes_next == ("ask one question", "ring the same day")
    mark_change(desk, OCTOBER, "ring the same day", done=True)
    checked = read(month_figures, NOVEMBER, clock.now()).checked
    assert [(one.text, one.is_done) for one in checked] == [("ask one question", False), ("ring the same day", True)]
    undo_last(desk)
    assert not any(one.is_done for one in read(month_figures, NOVEMBER, clock.now()).checked)


def test_a_store_without_anything_has_this_month_and_it_is_empty(read, clock):
    found = read(month_figures, NOVEMBER, clock.now())
    assert found.is_empty
    assert found.is_running
    assert read(months, clock.now(), ZONE) == [NOVEMBER]


def test_the_months_to_choose_from_reach_back_to_the_first_record(add, log, read, clock):
    log(add("Ana Bo"), "visit_done", at=day(30, month=8))
    assert read(months, clock.now(), ZONE) == [NOVEMBER, OCTOBER, date(2026, 9, 1), date(2026, 8, 1)]


def test_a_month_to_come_is_empty_and_not_over(read, clock, add, log):
    log(add("Ana Bo"), "booking", at=day(3, month=12))
    found = read(month_report, date(2026, 12, 1), clock.now())
    assert found.is_empty
    assert found.is_running


class TestRecords:
    """X14: each number leads to what it counts."""

    @pytest.mark.row("X14")
    def test_behind_each_figure_are_as_many_records_as_it_says(self, add, log, sent, wrote, desk, clock, read):
        ana, ben = add("Ana Bo", since=date(2025, 1, 1)), add("Ben Co", since=date(2025, 1, 1))
        promise(desk, clock, date(2026, 10, 7), ana)
        sent(ana, day(5))
        sent(ben, day(6))
        wrote(ana, day(7))
        log(ana, "visit_done", visit="repair", about="pump", at=day(8))
        log(ana, "rating", rating=4, note="Good work", at=day(9))
        log(ben, "left", note="moved house", at=day(12))
        log(ana, "purchase", amount=16500, about="filter", at=day(20))
        found = read(month_report, OCTOBER, clock.now())
        tables = {table.key: table for table in found.tables}
        values = {str(one.key): one.value for one in found.figures}
        assert len(tables["promises"].rows) == values["promises"].whole
        assert len(tables["answered"].rows) == values["answered"].whole
        assert len(tables["reached"].rows) == values["reached"].whole
        assert len(tables["satisfied"].rows) == values["satisfied"].satisfied.whole
        assert len(tables["kept"].rows) == values["kept"].missing
        assert tables["bought"].rows[0][3] == Money(16500, "USD")
        assert all(len(table.customers) == len(table.rows) for table in found.tables)

    def test_a_message_shows_how_long_its_answer_took(self, add, sent, wrote, read, clock):
        ana, ben = add("Ana Bo"), add("Ben Co")
        sent(ana, day(5), subject="The pump")
        sent(ben, day(6))
        wrote(ana, day(6))
        wrote(ana, day(8))
        table = read(records_behind, "answered", OCTOBER, clock.now())
        assert [(row[0], row[2], row[4]) for row in table.rows] == [
            ("Ana Bo", "The pump", 1.0),
            ("Ben Co", "Is it all right?", None),
        ]
        assert table.customers == (ana, ben)

    def test_times_are_those_of_the_business(self, add, log, read, clock):
        log(add("Ana Bo"), "rating", rating=4, at=day(5, 23))
        row = read(records_behind, "satisfied", OCTOBER, clock.now()).rows[0]
        assert row[2].isoformat() == "2026-10-05T19:00:00-04:00"

    def test_a_promise_to_oneself_leads_nowhere(self, desk, clock, read):
        promise(desk, clock, date(2026, 10, 7))
        table = read(records_behind, "promises", OCTOBER, clock.now())
        assert table.rows == (("Yourself", "ring", date(2026, 10, 7), "not yet"),)
        assert table.customers == (None,)

    def test_a_repair_and_the_hours_until_they_were_reached(self, add, log, read, clock):
        ana = add("Ana Bo")
        log(ana, "visit_done", visit="repair", about="pump", at=day(5))
        log(ana, "call", at=later(day(5), hours=2, minutes=30))
        assert read(records_behind, "reached", OCTOBER, clock.now()).rows[0][1::2] == ("Repair: pump", 2.5)


def test_a_customer_who_came_back_is_a_customer_again(add, log, desk, figures):
    ana = add("Ana Bo", since=date(2025, 4, 1))
    log(ana, "left", at=day(12, month=8))
    set_stage(desk, CustomerId(ana), Stage.REGULAR)
    edit_customer(desk, CustomerId(ana), Person("Ana", "Bo", since=date(2025, 4, 1), stage=Stage.REGULAR))
    assert figures(date(2026, 8, 1))["kept"].value == Ratio(0, 1)
    assert figures(OCTOBER)["kept"].value == Ratio(1, 1)
