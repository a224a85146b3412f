"""The demo business: believable, whole, the same for the same seed, and alive at whatever hour it is opened."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import Quiet, local_day
from followup_desktop.commands.demo import demo_files, fill
from followup_desktop.commands.door import plan_of
from followup_desktop.core.demo.rules.dates import Dates
from followup_desktop.core.demo.rules.reading import material_of
from followup_desktop.core.drafts.queries import proposal
from followup_desktop.core.history.records import refresh_contacts
from followup_desktop.core.insights.queries.month import month_figures, months
from followup_desktop.core.journeys.records import reconcile
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.model import Queue
from followup_desktop.core.queue.queries.today import queue
from followup_desktop.core.risk import records as risk
from followup_desktop.core.routes import queries as routes
from followup_desktop.store import opening
from tests.core.demo.conftest import MONDAY_MORNING, TOWN, Fill, filled_store

SATURDAY = datetime(2026, 11, 28, 10, 30, tzinfo=TOWN)
SUNDAY_EVENING = datetime(2026, 11, 29, 18, 0, tzinfo=TOWN)
AT_NIGHT = datetime(2026, 11, 26, 23, 40, tzinfo=TOWN)
WEDNESDAY = datetime(2026, 7, 15, 14, 20, tzinfo=TOWN)
CLOCKS_CHANGED = datetime(2026, 3, 9, 8, 5, tzinfo=TOWN)
LEAP_DAY = datetime(2028, 2, 29, 9, 0, tzinfo=TOWN)
NEW_YEAR = datetime(2026, 1, 2, 7, 30, tzinfo=TOWN)
SMALL = 60


def rows(program: Program, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(program.path) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def queue_of(program: Program) -> Queue:
    with program.desk.store.read() as session:
        return queue(session, program.clock.now())


def groups(found: Queue) -> Counter[str]:
    return Counter(str(card.group) for card in found.cards)


# How it is made


def test_the_same_seed_makes_the_same_business(tmp_path: Path) -> None:
    one, other = (filled_store(tmp_path / f"{n}.db", MONDAY_MORNING, 45, 7) for n in "ab")
    for table in (
        "customers",
        "events",
        "messages",
        "promises",
        "cases",
        "follow_ups",
        "contacts",
        "stops",
        "households",
    ):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert rows(one, query) == rows(other, query), table
    one.close()
    other.close()


def test_another_seed_makes_other_people(filled: Fill) -> None:
    names = [set(rows(filled(customers=SMALL, seed=seed), "SELECT name FROM customers")) for seed in (1, 2)]
    assert len(names[0] & names[1]) < 35  # the people of the stories are always there


def test_a_store_with_customers_is_left_alone(tmp_path: Path) -> None:
    program = filled_store(tmp_path / "demo.db", MONDAY_MORNING, 3, 1)
    with pytest.raises(Problem, match="The store has customers already"):
        fill(program.desk)
    assert rows(program, "SELECT count(*) FROM customers") == [(3,)]
    program.close()


@pytest.mark.parametrize("customers", [0, -1, 1_000_000])
def test_an_impossible_number_of_customers_is_refused(tmp_path: Path, customers: int) -> None:
    program = Program(tmp_path / "demo.db", FixedClock(MONDAY_MORNING))
    with pytest.raises(Problem, match="1 to 100,000"):
        fill(program.desk, customers)
    program.close()


@pytest.mark.parametrize("customers", [1, 5, 26, 31])
def test_a_small_demo_works_too(tmp_path: Path, customers: int) -> None:
    program = filled_store(tmp_path / "demo.db", MONDAY_MORNING, customers, 1)
    assert rows(program, "SELECT count(*) FROM customers") == [(customers,)]
    assert queue_of(program).cards
    program.close()


def test_it_is_marked_as_a_demo_and_cannot_be_undone(filled: Fill) -> None:
    program = filled(customers=SMALL)
    with program.desk.store.read() as session:
        business = operators.business(session)
    assert business.demo
    assert (business.name, business.owner, business.phone) == ("Blue Heron Pools", "Dana Whitlock", "555-0142")
    assert rows(program, "SELECT count(*) FROM steps") == [(0,)]


def test_the_store_is_whole(filled: Fill) -> None:
    assert opening.check(filled().path) == []


# How it fits what the program would do


@pytest.mark.parametrize(
    "now", [MONDAY_MORNING, SATURDAY, SUNDAY_EVENING, AT_NIGHT, WEDNESDAY, CLOCKS_CHANGED, LEAP_DAY, NEW_YEAR], ids=str
)
def test_planning_anew_changes_nothing(filled: Fill, now: datetime) -> None:
    program = filled(now, SMALL)
    with program.desk.store.write("again", "", undoable=False) as work:
        plan = plan_of(work, program.desk)
        customers = [key for (key,) in rows(program, "SELECT id FROM customers")]
        refresh_contacts(work, customers)
        reconcile(work, customers, plan)
        risk.refresh(work, customers, plan.business.zone)
        assert work.recorder.kinds == set()


@pytest.mark.parametrize("now", [MONDAY_MORNING, WEDNESDAY, CLOCKS_CHANGED, LEAP_DAY, NEW_YEAR], ids=str)
def test_a_working_day_has_something_in_every_group(filled: Fill, now: datetime) -> None:
    assert set(groups(queue_of(filled(now, SMALL)))) == {"promised", "put_right", "answer", "closing", "rest"}


def test_a_monday_morning_is_a_day_one_can_work_through(filled: Fill) -> None:
    found = queue_of(filled())
    assert 10 <= len(found.cards) <= 28
    reasons = {held.reason for held in found.held}
    assert reasons >= {"weekly_limit", "no_consent", "open_case", "no_channel", "outranked"}
    assert len(found.waiting) >= 5


def test_every_journey_has_something_to_come(filled: Fill) -> None:
    program = filled()
    waiting = {journey for (journey,) in rows(program, "SELECT DISTINCT journey FROM follow_ups WHERE state = 'open'")}
    seasonal = {journey.key for journey in program.journeys if journey.trigger.happening == "season"}
    seldom = {"contract_changed", "feedback", "rating_low", "rating_high", "booking"}  # settled within hours
    seldom |= {"nps_low", "nps_middle", "nps_high", "dealt_with", "consent"}
    assert {journey.key for journey in program.journeys} - seasonal - seldom <= waiting


def test_seasons_and_what_comes_round_were_seen_to_over_the_year(filled: Fill) -> None:
    sent = "SELECT DISTINCT journey FROM follow_ups WHERE outcome = 'sent'"
    done = {journey for (journey,) in rows(filled(), sent)}
    assert done >= {"anniversary", "nps", "quiet", "review", "onboarding", "renewal", "big_job", "referral_request"}


def test_a_saturday_is_no_quiet_day(filled: Fill) -> None:
    assert len(queue_of(filled(SATURDAY, SMALL)).cards) >= 8


@pytest.mark.parametrize("now", [SUNDAY_EVENING, AT_NIGHT], ids=str)
def test_in_quiet_hours_promises_stay_and_the_rest_is_held(filled: Fill, now: datetime) -> None:
    found = queue_of(filled(now, SMALL))
    assert set(groups(found)) == {"promised"}
    assert Counter(held.reason for held in found.held)["quiet_hours"] >= 8


def test_the_stories_of_the_first_people_are_told(filled: Fill) -> None:
    cards = {card.name: card for card in queue_of(filled()).cards}
    assert cards["Tom Becker"].why_here.endswith("call back about the green water.")
    assert cards["Maria Alvarez"].note == "due today, 3:00 pm"
    assert cards["Priya Nair"].why_here.startswith("Visit missed on Fri 6 Nov")
    assert cards["Greta Lindqvist"].group == "answer"
    assert cards["Lakeside HOA"].group == "closing"
    assert cards["Ana Pereira"].why_here.startswith("Quote sent on Wed 18 Nov: heater")


def test_the_tuesday_round_begins_as_it_always_does(filled: Fill) -> None:
    program = filled()
    with program.desk.store.read() as session:
        stops = routes.stops_of(session, datetime(2026, 11, 24, tzinfo=TOWN).date(), "America/New_York")
    names = [stop.name for stop in stops if stop.position <= 8]
    assert names[:3] == ["Maria Alvarez", "Carl Jensen", "Ivy Chandra"]
    assert names[-1] == "Grace Obi"
    assert [stop.position for stop in stops] == sorted(stop.position for stop in stops)
    assert stops[0].technician == "Luis"


def test_no_two_stops_of_a_route_share_a_place(filled: Fill) -> None:
    assert rows(filled(), "SELECT 1 FROM stops GROUP BY route_id, position HAVING count(*) > 1") == []


def test_every_past_follow_up_has_one_ending(filled: Fill) -> None:
    program = filled()
    assert rows(program, "SELECT 1 FROM follow_ups WHERE state = 'ended' AND (outcome = '' OR ended_at IS NULL)") == []
    assert (
        rows(program, "SELECT 1 FROM follow_ups WHERE state = 'open' AND (outcome <> '' OR ended_at IS NOT NULL)") == []
    )
    sent_without = "SELECT 1 FROM follow_ups WHERE outcome = 'sent' AND message_id IS NULL"
    assert rows(program, sent_without) == []
    strangers = (
        "SELECT 1 FROM follow_ups f JOIN messages m ON m.id = f.message_id "
        "WHERE m.customer_id <> f.customer_id OR (f.outcome = 'sent' AND m.sent_at <> f.ended_at)"
    )
    assert rows(program, strangers) == []
    outcomes = {
        outcome for (outcome,) in rows(program, "SELECT DISTINCT outcome FROM follow_ups WHERE state = 'ended'")
    }
    assert outcomes >= {"sent", "done_call", "done_text", "covered", "skipped", "stopped", "lapsed"}


def test_nothing_lies_in_the_future_but_what_is_planned(filled: Fill) -> None:
    program = filled(SUNDAY_EVENING, SMALL)
    now = "'2026-11-29 23:00:00.000000'"
    for table, column in (("events", "at"), ("messages", "at"), ("promises", "made_at"), ("cases", "opened_at")):
        assert rows(program, f"SELECT 1 FROM {table} WHERE {column} > {now}") == [], table
    assert rows(program, f"SELECT 1 FROM follow_ups WHERE ended_at > {now}") == []


# What stands in it


def test_no_text_has_a_hole(filled: Fill) -> None:
    program = filled()
    texts = rows(program, "SELECT subject, text FROM messages") + rows(program, "SELECT about, note FROM events")
    for subject, text in texts:
        for words in (str(subject), str(text)):
            assert not any(sign in words for sign in ("None", "{", "}", "  ", " .", " ,", " on on ", "!")), words
    assert len(texts) > 5_000


def test_every_address_is_at_an_example_domain(filled: Fill) -> None:
    addresses = {str(a) for (a,) in rows(filled(), "SELECT email FROM customers UNION SELECT to_address FROM messages")}
    assert {a.rpartition("@")[2] for a in addresses if a} == {"example.com", "example.net", "example.org"}


def test_every_number_is_one_nobody_answers(filled: Fill) -> None:
    numbers = [str(n) for (n,) in rows(filled(), "SELECT phone FROM customers WHERE phone <> ''")]
    assert all(number.startswith("+155501") and len(number) == 12 for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_draft_of_the_day_can_be_read_out(filled: Fill) -> None:
    program = filled()
    with program.desk.store.read() as session:
        for card in queue(session, program.clock.now()).cards:
            draft = proposal(session, card.leading.id, program.templates, program.clock.now())
            assert "\n\nDana\nBlue Heron Pools" in draft.text, card.name
            assert "None" not in draft.subject + draft.text
            assert draft.subject


def test_nobody_was_written_to_on_a_sunday_or_at_night(filled: Fill) -> None:
    program = filled()
    quiet = Quiet()
    sent = rows(program, "SELECT sent_at FROM messages WHERE state = 'filed'")
    for (moment,) in sent:
        at = datetime.fromisoformat(f"{moment}+00:00")
        assert not quiet.is_quiet(at, "America/New_York"), at


def test_no_customer_got_the_same_letter_twice_in_a_row(filled: Fill) -> None:
    letters = rows(
        filled(), "SELECT customer_id, text FROM messages WHERE state = 'filed' ORDER BY customer_id, sent_at"
    )
    pairs = pairwise(letters)
    assert [one for one, other in pairs if one == other] == []


def test_the_year_looks_like_that_of_a_real_business(filled: Fill) -> None:
    program = filled()
    now = program.clock.now()
    with program.desk.store.read() as session:
        whole = [month_figures(session, month, now) for month in months(session, now, "America/New_York")[1:13]]
    assert len(whole) == 12
    by_key = [{str(figure.key): figure.value for figure in month.figures} for month in whole]
    answered = [month["answered"] for month in by_key]
    assert 0.25 <= sum(a.part for a in answered) / sum(a.whole for a in answered) <= 0.45
    promises = [month["promises"] for month in by_key]
    assert 0.85 <= sum(p.part for p in promises) / sum(p.whole for p in promises) <= 0.98
    satisfied = [month["satisfied"].satisfied for month in by_key]
    assert 0.82 <= sum(s.part for s in satisfied) / sum(s.whole for s in satisfied) <= 0.96
    assert all(figure is not None for month in by_key for figure in month.values())


def test_there_are_customers_of_every_stage_and_households_that_share_a_roof(filled: Fill) -> None:
    program = filled()
    stages = {stage for (stage,) in rows(program, "SELECT DISTINCT stage FROM customers")}
    assert stages >= {"lead", "quoted", "new", "regular", "advocate", "former"}
    shared = "SELECT household_id FROM customers WHERE household_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    assert len(rows(program, shared)) >= 3


def test_cases_stand_in_all_three_states(filled: Fill) -> None:
    states = dict(rows(filled(), "SELECT state, count(*) FROM cases GROUP BY 1"))
    assert states["open"] >= 1
    assert states["put_right"] >= 2
    assert states["closed"] >= 20
    forgotten = "SELECT 1 FROM cases WHERE state = 'open' AND opened_at < '2026-11-09'"
    assert rows(filled(), forgotten) == []


@pytest.mark.row("F2", "K3")
def test_customers_say_how_satisfied_they_are_and_whether_they_would_recommend_it(filled: Fill) -> None:
    told = dict(rows(filled(), "SELECT what, count(*) FROM events WHERE what IN ('rating', 'nps') GROUP BY 1"))
    assert min(told["rating"], told["nps"]) >= 20
    month = rows(filled(), "SELECT rating FROM events WHERE what = 'nps' AND at >= '2026-08-25'")
    assert {rating for (rating,) in month} >= {7, 9, 10}


# Its parts


def test_there_is_always_a_working_moment_whose_thanks_are_in_time() -> None:
    for hour in range(24 * 8):
        now = datetime(2026, 11, 20 + hour // 24, hour % 24, 10, tzinfo=TOWN)
        dates = Dates(now, "America/New_York", Quiet())
        slots = dates.slots()
        assert slots, now
        assert all(slot < now for slot in slots)
        assert all(local_day(slot, "America/New_York").weekday() != 6 for slot in slots)


def test_every_letter_follows_the_voice() -> None:
    for letters in material_of(demo_files()).letters.values():
        for letter in letters:
            assert len(letter.subject) <= 50
            assert len(letter.text.split()) <= 90
            assert "!" not in letter.subject + letter.text
            for phrase in ("following up", "checking in", "hesitate", "unfortunately", "we value"):
                assert phrase not in (letter.subject + letter.text).lower()
