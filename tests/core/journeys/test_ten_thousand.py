"""Ten thousand random customers: the plan is one, nothing due is missing, no rule of contact is broken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop import app
from followup_desktop.base.zones import Quiet, local
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.drafts.rules.reading import load_templates
from followup_desktop.core.equipment.model import (
    Agreement,
    AgreementEntry,
    AgreementId,
    Belongings,
    Equipment,
    EquipmentEntry,
    EquipmentId,
)
from followup_desktop.core.history.model import Event, EventId, Happening
from followup_desktop.core.journeys.model import STOP_GROUPS, Wanted
from followup_desktop.core.journeys.rules.known import Done, Known, Span
from followup_desktop.core.journeys.rules.loading import load_journeys
from followup_desktop.core.journeys.rules.plan import AHEAD, HORIZON
from followup_desktop.core.journeys.rules.planner import wanted
from followup_desktop.core.queue.model import Due
from followup_desktop.core.queue.rules.cards import Rules, cards_of

EXTRA = {
    f"{moment}.toml": f"""
name = "{moment}"
objective = "It is tried out."
stages = ["regular"]
stops_on = ["inbound", "opted_out", "left"]
not_within = "90 days"
[starts_on]
happening = "{moment}"
{'on = "12-05"' if moment == "season" else ""}
[only_if]
no_open_case = true
[[touchpoints]]
key = "first"
name = "Say it in time"
purpose = "continuity"
template = "thank_you/repair"
due = "at once"
at = "09:00"
closes = "18 days"
channels = ["email", "call"]
question = "{question}"
[[touchpoints]]
key = "again"
name = "Say it once more"
purpose = "continuity"
template = "thank_you/repair"
due = "7 days"
closes = "18 days"
follows = "first"
channels = ["email", "call"]
"""
    for moment, question in (
        ("renewal_coming", "csat"), ("warranty_ending", "csat"), ("service_due", "nps"), ("quiet_too_long", "csat"),
        ("first_visit_anniversary", "nps"), ("season", "csat"), ("regularly", "nps"),
    )
}  # fmt: skip

TEMPLATES, _ = load_templates(app._texts("templates", "*.j2"))
SHIPPED, _ = load_journeys(app._texts("journeys", "*.toml"), {t.key for t in TEMPLATES})
TRIED, PROBLEMS = load_journeys(EXTRA)
JOURNEYS = [*SHIPPED, *TRIED]
POINTS = {(j.key, t.key): t for j in JOURNEYS for t in j.touchpoints}
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:00 in New York."""
SPAN = Span(NOW - HORIZON, NOW, NOW + AHEAD)
QUIET = Quiet()
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Madrid", "Asia/Kolkata", "Australia/Sydney")
HAPPENINGS = tuple(Happening)
VISITS = ("", "routine", "first", "repair", "installation", "extra")
STAGES = ("lead", "quoted", "new", "regular", "regular", "advocate", "paused", "former")
EXEMPT = ("case", "promise", "answer")


@dataclass(frozen=True)
class Someone:
    """One customer: what planning knows, and what the rules of contact look at."""

    known: Known
    email: str
    phone: str
    household: int | None
    refused: frozenset[str]
    suppressed: bool
    counted: datetime | None
    case: bool


def someone(number: int, chance: Random) -> Someone:
    """Make a customer up."""
    events = [
        Event(
            EventId(number * 100 + place),
            CustomerId(number),
            chance.choice(HAPPENINGS),
            NOW - timedelta(minutes=chance.randint(-60 * 24, 60 * 24 * 70)),
            visit=chance.choice(VISITS),
            rating=chance.randint(1, 5),
            purpose=chance.choice(("", "check_in")),
        )
        for place in range(chance.randint(0, 9))
    ]
    first = chance.choice((None, date(2026, 11, 25) - timedelta(days=chance.randint(0, 900))))
    done = tuple(
        Done(chance.choice(TRIED).key, "first", f"x{place}", NOW - timedelta(days=chance.randint(0, 200)), "csat")
        for place in range(chance.choice((0, 0, 1)))
    )
    soon = date(2026, 11, 24) + timedelta(days=chance.randint(-20, 90))
    owns = Belongings(
        (Equipment(EquipmentId(number), CustomerId(number), EquipmentEntry("pool heater", None, soon, soon)),),
        (Agreement(AgreementId(number), CustomerId(number), AgreementEntry("service contract", soon)),),
    )
    cases = tuple((e.id, e.id) for e in events if e.what in ("complaint", "visit_missed", "visit_late"))
    known = Known(
        number,
        chance.choice(ZONES),
        tuple(events),
        cases=cases,
        closed=frozenset(c for c, _ in cases if chance.random() < 0.5),
        stage=chance.choice(STAGES),
        visits=frozenset(e.visit for e in events if e.what is Happening.VISIT_DONE),
        first_visit=first,
        since=first,
        talks=tuple(sorted(e.at for e in events if e.what in ("message_in", "message_out", "call") and e.at <= NOW)),
        belongings=owns if chance.random() < 0.3 else Belongings(),
        done=done,
        open_case=chance.random() < 0.1,
    )
    return Someone(
        known,
        chance.choice(("", f"c{number}@example.com", f"c{number}@example.com")),
        chance.choice(("", "+12025550111")),
        chance.choice((None, number // 3)),
        frozenset(chance.sample(("email", "text", "call", "card"), chance.choice((0, 0, 0, 1, 2)))),
        chance.random() < 0.08,
        chance.choice((None, NOW - timedelta(hours=chance.randint(1, 400)))),
        chance.random() < 0.06,
    )


def plan(who: Someone) -> list[Wanted]:
    return wanted(who.known, JOURNEYS, QUIET, SPAN)


def due_of(who: Someone, item: Wanted, number: int) -> Due:
    return Due(
        number, who.known.customer, f"C{who.known.customer}", "", who.household, item.source, item.journey,
        item.touchpoint, item.purpose, item.channels, item.transactional, item.priority, item.opens, item.due,
        item.closes, item.why_here, item.removed_by, None, who.email, who.phone, "", who.known.zone, who.counted, 0,
    )  # fmt: skip


def is_open(item: Wanted) -> bool:
    return not item.stopped and item.opens <= NOW and (item.closes is None or item.closes > NOW)


@pytest.fixture(scope="module")
def people() -> list[Someone]:
    chance = Random(20261124)
    return [someone(number, chance) for number in range(1, 10_001)]


@pytest.fixture(scope="module")
def plans(people: list[Someone]) -> list[list[Wanted]]:
    return [plan(who) for who in people]


def test_the_journeys_that_are_tried_can_be_read():
    assert PROBLEMS == []


def test_the_plan_is_the_same_in_any_order_and_again(people, plans):
    chance = Random(1)
    for who, before in list(zip(people, plans, strict=True))[::4]:
        events = list(who.known.events)
        chance.shuffle(events)
        assert plan(replace(who, known=replace(who.known, events=tuple(events)))) == before


def test_every_follow_up_says_why_and_has_one_key(plans):
    for items in plans:
        assert len({item.key for item in items}) == len(items)
        for item in items:
            assert item.why_here
            assert item.removed_by
            assert item.opens <= item.due
            assert item.closes is None or item.opens < item.closes


def test_whatever_ends_something_ends_it_and_says_so(people, plans):
    """Worked out anew here, without the planner's own words for it."""
    for who, items in zip(people, plans, strict=True):
        events = {e.id: e for e in who.known.events}
        for item in items:
            if item.stopped or item.event is None:
                continue
            point, start = POINTS[item.journey, item.touchpoint], events[item.event]
            if point.follows:
                continue
            for event in who.known.events:
                if (event.at, event.id) > (start.at, start.id):
                    assert event.what not in point.stops_on
                    assert not ("reply" in point.stops_on and event.what == "message_in")
                    assert not ("answer" in point.stops_on and event.what in STOP_GROUPS["answer"])
                    inbound = event.what in STOP_GROUPS["inbound"] and not event.purpose
                    assert not ("inbound" in point.stops_on and inbound)
                    assert event.what != "told_to_stop"


def test_no_distance_is_broken(people, plans):
    for who, items in zip(people, plans, strict=True):
        live = [i for i in items if not i.stopped and (i.closes is None or i.closes > NOW)]
        for question, days in (("csat", 45), ("nps", 180)):
            asked = sorted(i.due for i in live if i.question == question)
            assert all(b - a >= timedelta(days=days) for a, b in pairwise(asked))
        for journey in TRIED:
            dues = [i.due for i in live if i.journey == journey.key and i.touchpoint == "first"]
            heard = [d.at for d in who.known.done if d.journey == journey.key]
            assert all(due - at >= timedelta(days=90) for due in dues for at in heard)
            if who.known.open_case or who.known.stage in ("lead", "quoted", "paused", "former"):
                assert dues == []


def test_nothing_due_is_missing_and_no_rule_of_contact_is_broken(people, plans):
    by_number: dict[int, tuple[Someone, Wanted]] = {}
    for who, items in zip(people, plans, strict=True):
        for item in filter(is_open, items):
            by_number[len(by_number) + 1] = who, item
    roofs: dict[int, bool] = defaultdict(bool)
    for who in people:
        roofs[who.household or -who.known.customer] |= who.case
    rules = Rules(
        NOW, "America/New_York", QUIET, 1,
        {w.known.customer: w.refused for w in people if w.refused},
        frozenset(w.email for w in people if w.suppressed and w.email),
        {w.known.customer: "Somebody" for w in people if roofs[w.household or -w.known.customer]},
    )  # fmt: skip
    cards, held = cards_of([due_of(who, item, n) for n, (who, item) in by_number.items()], rules)
    leads = [card.items[0].id for card in cards]
    on_cards = [each.id for card in cards for each in card.items]
    assert len(on_cards) == len(set(on_cards))
    assert set(on_cards) | {h.follow_up for h in held} == set(by_number)
    assert all(h.reason_text and h.reason for h in held)
    assert len(leads) > 500
    assert {h.reason for h in held} >= {
        "weekly_limit", "quiet_hours", "no_consent", "open_case", "no_channel", "outranked",
    }  # fmt: skip
    for number in on_cards:
        who, item = by_number[number]
        free_at = NOW if who.counted is None else who.counted + timedelta(days=7)
        assert item.transactional or free_at <= NOW
        assert item.source in EXEMPT or not roofs[who.household or -who.known.customer]
        assert any(may_go(who, item, channel) for channel in item.channels)
        there = local(NOW, who.known.zone)
        assert there.weekday() != 6
        assert there.hour < 20
    for card in cards:
        who, item = by_number[card.items[0].id]
        assert may_go(who, item, card.channel)


def may_go(who: Someone, item: Wanted, channel: str) -> bool:
    if channel in who.refused and not item.transactional:
        return False
    reach = {"email": bool(who.email) and not who.suppressed, "text": bool(who.phone), "call": bool(who.phone)}
    return reach.get(channel, channel == "in_person")


@given(st.integers(1, 10**6), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_what_happens_later_starts_nothing_that_was_there_before(seed, later):
    """More history ends or moves what was planned; what comes from the same event has the same key."""
    who = someone(1, Random(seed))
    event = Event(EventId(99999), CustomerId(1), Happening(HAPPENINGS[later % len(HAPPENINGS)]), NOW)
    more = replace(who, known=replace(who.known, events=(*who.known.events, event)))
    before = {i.key for i in plan(who) if i.event}
    after = {i.key for i in plan(more) if i.event and i.event != 99999}
    assert before == after
