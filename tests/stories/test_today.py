"""A day's queue, by the command line and the commands behind the window."""

from datetime import UTC, date, datetime, timedelta

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands import cases as case_commands
from followup_desktop.commands import messages
from followup_desktop.commands.consent import set_consent
from followup_desktop.commands.customers import set_household
from followup_desktop.commands.history import log as log_event
from followup_desktop.core.cases.queries import cases
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.routes import records as routes
from tests.stories.conftest import Refused

MONDAY, TUESDAY, THURSDAY = "2026-11-23T09:00", "2026-11-24T09:00", "2026-11-26T09:00"
AT = datetime(2026, 11, 23, 14, tzinfo=UTC)


@pytest.fixture
def desk(store):
    """The commands of the window, on the same store as `run`, on Monday at nine."""
    program = Program(store, FixedClock(AT))
    yield program.desk
    program.close()


@pytest.fixture
def someone(run):
    def add(name, **more):
        given, _, family = name.partition(" ")
        more.setdefault("email", f"{given}.{family}@example.com".lower())
        words = [word for key, value in more.items() if value for word in (f"--{key.replace('_', '-')}", value)]
        return run("add", "--given-name", given, "--family-name", family, *words)["id"]

    return add


@pytest.fixture
def quote(run):
    """Send someone a quote, four days before Monday: it is asked about from Saturday until Thursday at nine."""

    def send(customer, days=4):
        run("log", "--customer", customer, "--what", "quote_sent", "--about", "heater", "--amount", "2340",
            now=(datetime.fromisoformat(MONDAY) - timedelta(days=days)).isoformat())  # fmt: skip

    return send


@pytest.fixture
def visited(desk):
    """Put someone on a weekday's route."""

    def place(customer, weekday, technician="Luis"):
        with desk.store.write("test.route", "", undoable=False) as work:
            route = routes.route_on(work, weekday, "Route", technician)
            routes.place(work, route, customer, 1)

    return place


def names(queue):
    return [(card["group"], card["customer"]) for card in queue["cards"]]


def held(queue):
    return {h["customer"]: (h["reason"], h["reason_text"]) for h in queue["held"]}


@pytest.mark.row("Q1")
def test_equal_closing_times_stand_by_risk_then_name_then_number(run, someone):
    for number, name in enumerate(("Zoe Ames", "Bea Ames", "Bea Ames")):
        run(
            "log",
            "--customer",
            someone(name, email=f"a{number}@example.com"),
            "--what",
            "complaint",
            "--note",
            "green water",
        )
    ids = [card["customer_id"] for card in run("queue")["cards"]]
    assert [card["customer"] for card in run("queue")["cards"]] == ["Bea Ames", "Bea Ames", "Zoe Ames"]
    assert ids[:2] == sorted(ids[:2])
    assert run("queue") == run("queue")


@pytest.mark.row("Q2")
def test_each_card_says_with_this_customers_facts_why_here_why_now_and_what_removes_it(run, someone, quote):
    quote(someone("Ana Pereira"))
    [card] = run("queue")["cards"]
    assert card["why_here"].startswith("Quote sent on Thu 19 Nov: heater")
    assert "since" in card["why_now"]
    assert card["removed_by"].startswith("It leaves when they")


@pytest.mark.row("Q3")
def test_what_is_ticked_goes_with_the_leading_one_and_the_rest_waits_behind_it(run, someone):
    sam = someone("Sam Osei")
    run("log", "--customer", sam, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    run("log", "--customer", sam, "--what", "purchase", "--about", "salt cell")
    queue = run("queue")
    [card] = queue["cards"]
    assert [f["leads"] for f in card["follow_ups"]] == [True, False]
    assert held(queue)["Sam Osei"][0] == "outranked"
    run("done", card["follow_ups"][0]["id"], "--how", "call")
    assert [c["customer"] for c in run("queue")["cards"]] == ["Sam Osei"], "what was not ticked comes next"


@pytest.mark.row("Q4", "G1")
def test_each_thing_held_back_says_why_and_whether_the_owner_may_overrule_it(run, someone, quote, desk):
    ana, bea, cy = someone("Ana A"), someone("Bea B"), someone("Cy C", email="cy@example.com")
    for customer in (ana, bea, cy):
        quote(customer)
    nobody = someone("Dee D", email="")
    quote(nobody)
    run("log", "--customer", ana, "--what", "call", "--note", "Talked", now="2026-11-21T09:00")
    set_consent(desk, bea, "email", allowed=False)
    log_event(desk, cy, NewEvent(Happening.BOUNCED, about="cy@example.com"))
    queue = run("queue")
    found = held(queue)
    assert found["Ana A"][0] == "weekly_limit"
    assert "Sat 28 Nov" in found["Ana A"][1]
    assert found["Bea B"][0] == "channel_not_allowed"
    assert "said no to email" in found["Bea B"][1]
    assert found["Dee D"][0] == "no_channel"
    may = {h["customer"]: h["show_anyway"] for h in queue["held"]}
    assert may == {"Ana A": True, "Bea B": False, "Dee D": False} | {k: may[k] for k in may if k == "Cy C"}


@pytest.mark.row("Q4")
def test_a_bounced_address_is_a_reason_of_its_own_until_they_have_another(run, someone, desk):
    cy = someone("Cy Chen", email="cy@example.com")
    run("log", "--customer", cy, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    assert names(run("queue")) == [("closing", "Cy Chen")]
    log_event(desk, cy, NewEvent(Happening.BOUNCED, about="cy@example.com"))
    queue = run("queue")
    assert queue["cards"] == []
    assert held(queue)["Cy Chen"] == ("bounced", "Mail to cy@example.com came back. Ask Cy Chen for another address.")
    assert not queue["held"][0]["show_anyway"]


@pytest.mark.row("Q4", "G2")
def test_on_a_quiet_sunday_all_but_promises_wait_with_the_reason(run, someone, quote):
    quote(someone("Ana Pereira", phone="(555) 210-8810"))
    quote(someone("Bea Ames", phone="(555) 210-8811"))
    run("promise", "add", "ring Ana Pereira Sunday", now="2026-11-23T09:00")
    queue = run("queue", now="2026-11-29T10:00")
    assert [card["group"] for card in queue["cards"]] == ["promised"]
    assert held(queue)["Bea Ames"][0] == "quiet_hours"
    assert "Bea Ames" in [card["customer"] for card in run("queue", now="2026-11-30T10:00")["cards"]]


@pytest.mark.row("Q4")
def test_what_lapses_is_counted_and_can_be_taken_up_again(run, someone):
    sam = someone("Sam Osei")
    run("log", "--customer", sam, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    later = run("queue", now="2026-11-24T18:30")
    assert [x["customer"] for x in later["lapsed"]] == ["Sam Osei"]
    assert "Sam Osei" not in [card["customer"] for card in later["cards"]]
    run("do-today", later["lapsed"][0]["follow_up_id"], now="2026-11-24T18:30")
    again = run("queue", now="2026-11-24T18:31")
    assert again["lapsed"] == []
    assert again["cards"][0]["customer"] == "Sam Osei"


@pytest.mark.row("Q5")
def test_the_owners_word_stops_a_journey_for_one_customer(run, someone, quote):
    ana, bea = someone("Ana Pereira"), someone("Bea Ames")
    quote(ana)
    quote(bea)
    first = next(card for card in run("queue")["cards"] if card["customer"] == "Ana Pereira")
    assert run("stop-journey", first["follow_ups"][0]["id"])["stopped"] > 1, "what was to come later ends as well"
    assert names(run("queue")) == [("rest", "Bea Ames")]
    ended = [f for f in run("customer", ana)["follow_ups"] if f["journey"] == "quote"]
    assert {f["state"] for f in ended} == {"ended"}
    assert "stopped" in run("undo")["undone"]
    assert len(run("queue")["cards"]) == 2


@pytest.mark.row("Q7")
def test_more_than_the_chosen_number_is_spread_and_says_to_when(run, someone, quote):
    for name in ("Ana A", "Bea B", "Cy C", "Dee D", "Eve E"):
        quote(someone(name))
    run("log", "--customer", someone("Flo F"), "--what", "complaint", "--note", "green water")
    assert len(run("queue")["cards"]) == 6
    run("setting", "business.daily_capacity", 2)
    today = run("queue")
    assert names(today) == [("put_right", "Flo F"), ("rest", "Ana A")]
    moved = {h["customer"]: h for h in today["held"]}
    assert {h["reason"] for h in moved.values()} == {"capacity"}
    assert [moved[name]["until"] for name in ("Bea B", "Cy C", "Dee D", "Eve E")] == ["2026-11-24"] * 2 + [
        "2026-11-25"
    ] * 2
    assert "Moved to tomorrow: today holds the 2 you chose" in moved["Bea B"]["reason_text"]
    assert moved["Bea B"]["show_anyway"]
    tomorrow = run("queue", "--day", "2026-11-24")
    assert [c["customer"] for c in tomorrow["cards"]] == ["Bea B", "Cy C"]
    run("skip", today["cards"][1]["follow_ups"][0]["id"], "--why", "sold the house")
    assert names(run("queue")) == [("put_right", "Flo F")], "what was done today leaves no room for more"


@pytest.mark.row("Q7")
def test_what_would_close_before_there_is_room_stays_today(run, someone, quote):
    for name in ("Ana A", "Bea B", "Cy C", "Dee D"):
        quote(someone(name))
    run("setting", "business.daily_capacity", 1)
    queue = run("queue")
    assert {h["customer"]: h["until"] for h in queue["held"]} == {"Bea B": "2026-11-24", "Cy C": "2026-11-25"}
    assert [card["customer"] for card in queue["cards"]] == ["Ana A", "Dee D"], "Thursday at nine would be too late"


@pytest.mark.row("Q8")
def test_a_customer_has_one_next_step_and_it_changes_with_what_happened(run, someone, quote):
    ana = someone("Ana Pereira")
    quote(ana)
    assert run("customer", ana)["next_step"]["move"] == "follow_up"
    run("log", "--customer", ana, "--what", "complaint", "--note", "green water")
    assert run("customer", ana)["next_step"]["text"] == "Put it right: green water"
    run("promise", "add", "ring Ana Pereira tomorrow 10am")
    late = run("customer", ana, now="2026-11-25T12:00")["next_step"]
    assert (late["move"], late["text"]) == ("promise", "Keep your promise: ring")


@pytest.mark.row("X3")
def test_an_open_case_holds_the_household_and_closing_it_asks_what_becomes_of_the_rest(run, someone, quote, desk):
    priya, raj = someone("Priya Nair"), someone("Raj Nair")
    set_household(desk, [priya, raj], "Nair")
    quote(raj)
    assert names(run("queue")) == [("rest", "Raj Nair")]
    run("log", "--customer", priya, "--what", "complaint", "--note", "green water")
    queue = run("queue")
    assert names(queue) == [("put_right", "Priya Nair")]
    assert queue["cards"][0]["holds"] == "While the case is open, 1 other follow-up waits for Nair."
    assert held(queue)["Raj Nair"][0] == "open_case"
    assert "Priya Nair" in held(queue)["Raj Nair"][1]

    [case] = desk_cases(desk)
    case_commands.put_right(desk, case.id, "Shocked and vacuumed")
    after = run("queue")
    assert held(after)["Raj Nair"][0] == "after_case"
    [waited] = after["after_cases"]
    assert (waited["household"], len(waited["follow_up_ids"])) == ("Nair", 1)

    for decision, then in (("drop", []), ("start_over", []), ("resume", [("rest", "Raj Nair")])):
        run("after-case", waited["case_id"], decision)
        decided = run("queue")
        assert [n for n in names(decided) if n[1] == "Raj Nair"] == then, decision
        assert decided["after_cases"] == []
        run("undo")
    run("after-case", waited["case_id"], "start_over")
    again = run("queue", now="2026-11-25T09:30")
    assert "Raj Nair" in [name for _group, name in names(again)], "two days after, as from the quote"


def desk_cases(desk):
    with desk.store.read() as session:
        return cases(session)


@pytest.mark.row("X3", "Q3")
def test_a_household_with_an_open_case_has_one_card_and_one_message_covers_it(run, someone, desk):
    priya, raj = someone("Priya Nair"), someone("Raj Nair")
    set_household(desk, [priya, raj], "Nair")
    run("log", "--customer", priya, "--what", "complaint", "--note", "green water")
    run("log", "--customer", raj, "--what", "rating", "--rating", "3", "--note", "gate left open")
    queue = run("queue")
    [card] = queue["cards"]
    assert card["customer"] == "Priya Nair"
    assert {f["customer_id"] for f in card["follow_ups"]} == {priya, raj}
    lead, *others = (f["id"] for f in card["follow_ups"])
    messages.done(desk, lead, "call", "Talked to both", tuple(others))
    assert [f["outcome"] for f in run("customer", raj)["follow_ups"] if f["id"] in others] == ["covered"]


@pytest.mark.row("X11")
def test_what_is_due_to_someone_visited_tomorrow_is_said_in_person_and_its_message_waits(run, someone, quote, visited):
    ana, bea = someone("Ana Pereira"), someone("Bea Ames")
    quote(ana)
    quote(bea)
    visited(ana, 1)
    queue = run("queue")
    assert names(queue) == [("rest", "Bea Ames")]
    [waits] = queue["held"]
    assert waits["reason"] == "on_route"
    assert waits["reason_text"] == (
        "Luis is with Ana Pereira tomorrow: say it in person. The message waits until Wednesday."
    )
    assert waits["show_anyway"]
    assert [h["reason"] for h in run("queue", now=TUESDAY)["held"]] == ["on_route"]
    assert "Ana Pereira" in [c["customer"] for c in run("queue", now="2026-11-25T09:00")["cards"]]
    run("setting", "business.pair_with_route", "no")
    assert len(run("queue")["cards"]) == 2


@pytest.mark.row("X11")
def test_the_route_sheet_says_what_to_say(run, someone, quote, visited, desk):
    from followup_desktop.core.queue.queries.route_day import route_day

    ana = someone("Ana Pereira")
    quote(ana)
    visited(ana, 1)
    with desk.store.read() as session:
        [visit] = route_day(session, AT, date(2026, 11, 24)).visits
    assert "Say in person: ask about a quote" in [piece.text for piece in visit.know]


@pytest.mark.row("X11", "C1")
def test_a_confirmation_is_written_though_they_are_visited_tomorrow(run, someone, visited):
    ana = someone("Ana Pereira")
    visited(ana, 1)
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    assert names(run("queue")) == [("closing", "Ana Pereira")]


@pytest.mark.row("X8")
def test_back_after_days_off_everything_that_fell_due_is_decided_and_nothing_went_by_itself(run, someone, quote):
    ana, sam = someone("Ana Pereira"), someone("Sam Osei")
    run("promise", "add", "ring Ana Pereira Tuesday")
    run(
        "log", "--customer", sam, "--what", "visit_done", "--visit", "repair", "--about", "pump", now="2026-11-23T11:00"
    )
    run("log", "--customer", ana, "--what", "quote_sent", "--about", "heater")
    assert run("day", "back", now=TUESDAY)["items"] == [], "a day is no absence"
    back = run("day", "back", now="2026-11-27T09:00")
    kinds = {(item["kind"], item["customer"]) for item in back["items"]}
    assert {("promised", "Ana Pereira"), ("would_have_gone", "Ana Pereira"), ("stale", "Sam Osei")} <= kinds
    assert back["days"] == 3
    by_kind = {item["kind"]: item["follow_up_id"] for item in back["items"] if item["purpose"] != "check_in"}
    run("do-today", by_kind["promised"], now="2026-11-27T09:00")
    run("drop", by_kind["stale"], now="2026-11-27T09:01")
    run("later", by_kind["would_have_gone"], "--until", "2026-11-30", now="2026-11-27T09:02")
    run("undo", now="2026-11-27T09:02")
    run("day", "begin", now="2026-11-27T09:03")
    assert run("day", "back", now="2026-11-27T09:04") == {"since": None, "days": 0, "items": []}
    assert run("outbox", "list", now="2026-11-27T09:04") == []


@pytest.mark.row("X8")
def test_who_does_not_begin_the_day_is_back_all_the_same(run, someone, quote):
    ana, sam = someone("Ana Pereira"), someone("Sam Osei")
    quote(ana, days=1)
    back = run("day", "back", now="2026-11-27T09:00")
    assert [item["customer"] for item in back["items"]] == ["Ana Pereira"]
    run("log", "--customer", sam, "--what", "complaint", "--note", "green water", now="2026-11-27T09:10")
    again = run("day", "back", now="2026-11-27T18:00")
    assert [item["customer"] for item in again["items"]] == ["Ana Pereira"], "what came up since does not count"
    assert run("day", "back", now="2026-11-28T09:00")["since"] is None, "the program was in use the day before"
    later = run("day", "back", now="2026-12-10T09:00")
    assert (later["since"][:10], later["days"]) == ("2026-11-28", 12)


@pytest.mark.row("X8")
def test_who_logs_something_before_looking_at_today_comes_back_all_the_same(run, someone, quote):
    ana, sam = someone("Ana Pereira"), someone("Sam Osei")
    quote(ana, days=1)
    run("log", "--customer", sam, "--what", "complaint", "--note", "green water", now="2026-12-03T09:00")
    back = run("day", "back", now="2026-12-03T09:30")
    assert ({item["customer"] for item in back["items"]}, back["days"]) == ({"Ana Pereira"}, 10)
    run("done", run("queue", now="2026-12-03T09:40")["cards"][0]["follow_ups"][0]["id"], "--how", "call",
        now="2026-12-03T09:40")  # fmt: skip
    assert run("day", "back", now="2026-12-03T10:00")["days"] == 10
    assert run("day", "back", now="2026-12-05T09:00")["since"] is None
    later = run("day", "back", now="2026-12-10T09:00")
    assert (later["since"][:10], later["days"]) == ("2026-12-05", 5)


@pytest.mark.row("X8")
def test_a_clock_that_was_ahead_for_a_while_hides_no_absence(run, someone, quote):
    ana = someone("Ana Pereira")
    quote(ana, days=1)
    run("log", "--customer", ana, "--what", "call", now="2027-11-23T09:00")
    run("day", "back", now="2027-11-23T09:00")
    run("log", "--customer", ana, "--what", "quote_sent", "--about", "cover", now="2026-11-24T09:00")
    back = run("day", "back", now="2026-12-03T09:00")
    assert (back["since"][:10], back["days"]) == ("2026-11-24", 9)


@pytest.mark.row("X8")
def test_marked_days_off_are_over_the_day_after_one_is_back(run, someone, quote):
    quote(someone("Ana Pereira"), days=1)
    run("day", "off", "2026-11-24", "2026-11-25")
    run("day", "back", now="2026-11-24T09:00")
    assert [i["customer"] for i in run("day", "back", now="2026-11-26T09:00")["items"]] == ["Ana Pereira"]
    assert [i["customer"] for i in run("day", "back", now="2026-11-26T17:00")["items"]] == ["Ana Pereira"]
    assert run("day", "back", now="2026-11-27T09:00")["since"] is None


@pytest.mark.row("X8")
def test_marked_days_off_bring_the_return_screen_however_few_they_were(run, someone, quote):
    quote(someone("Ana Pereira"), days=1)
    run("day", "off", "2026-11-24", "2026-11-25")
    assert run("day", "back", now="2026-11-23T18:00")["since"] is None
    back = run("day", "back", now="2026-11-26T09:00")
    assert [item["customer"] for item in back["items"]] == ["Ana Pereira"]
    with pytest.raises(Refused, match="before the first"):
        run("day", "off", "2026-11-25", "2026-11-24")


@pytest.mark.row("Q1", "M6")
def test_a_question_without_an_answer_is_waited_for_and_after_three_days_we_are_reminded(run, someone, quote, tmp_path):
    ana, sam = someone("Ana Pereira"), someone("Sam Osei")
    quote(ana)
    run("log", "--customer", sam, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    hand_over(run, tmp_path)
    waiting = run("queue", now="2026-11-24T10:00")["waiting"]
    assert [(w["customer"], w["overdue"]) for w in waiting] == [("Ana Pereira", False)], "thanks ask for nothing"
    [asked] = run("queue", now="2026-11-26T10:00")["waiting"]
    assert (asked["days"], asked["overdue"]) == (3, True)
    run("rest", asked["message_id"], now="2026-11-26T10:00")
    assert run("queue", now="2026-11-26T10:00")["waiting"] == []
    run("undo", now="2026-11-26T10:01")
    run("log", "--customer", ana, "--what", "call", "--note", "Rang back", now="2026-11-26T11:00")
    assert run("queue", now="2026-11-26T12:00")["waiting"] == [], "any real conversation is an answer"


def hand_over(run, folder):
    """Send every card of the day from elsewhere: to Ana a question, to Sam none."""
    from followup_desktop.commands.messages import Approved
    from followup_desktop.commands.messages import hand_over as command

    program = Program(folder / "business.db", FixedClock(AT))
    for card in run("queue")["cards"]:
        draft = run("draft", card["follow_ups"][0]["id"])
        command(program.desk, Approved(card["follow_ups"][0]["id"], draft["subject"], draft["text"]))
    program.close()


@pytest.mark.row("X8")
def test_what_was_approved_before_days_off_does_not_send_itself_after_them(store, run, someone, desk):
    from followup_desktop.jobs.outbox import run as run_outbox
    from followup_desktop.jobs.post import Post

    run("account", "add", "--address", "dana@example.com", "--imap", "127.0.0.1:1", "--smtp", "127.0.0.1:1",
        "--security", "none", stdin="secret\n")  # fmt: skip
    run("log", "--customer", someone("Sam Osei"), "--what", "visit_done", "--visit", "repair", "--about", "pump")
    run("send", run("queue")["cards"][0]["follow_ups"][0]["id"])
    program = Program(store, FixedClock(AT + timedelta(days=4)))
    asked = []
    assert run_outbox(program.desk, Post(asked.append)).ask == 1
    assert asked == [], "no server was spoken to"
    program.close()
    [line] = run("outbox", "list", now="2026-11-27T09:00")
    assert (line["state"], line["late"]) == ("ask", True)
    run("outbox", "take-back", line["message_id"], now="2026-11-27T09:00")
    assert [card["customer"] for card in run("queue", now="2026-11-27T09:00")["cards"]] == ["Sam Osei"]
