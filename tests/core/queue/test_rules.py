"""Whatever is due, the queue loses nothing, says why, and keeps the rules of contact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.zones import Quiet
from followup_desktop.core.queue.model import Due, Group
from followup_desktop.core.queue.rules.cards import Rules, cards_of
from followup_desktop.core.queue.rules.pace import minutes_for, pace_of, takes_words
from followup_desktop.core.queue.rules.spreading import Capacity, may_move, opens_at
from followup_desktop.core.routes.model import Coming

NOW = datetime(2026, 11, 25, 17, tzinfo=UTC)
WEEK = timedelta(days=7)


@st.composite
def dues(draw):
    people = draw(st.integers(1, 6))
    last = {n: draw(st.none() | st.integers(0, 14)) for n in range(people)}
    reach = {n: draw(st.tuples(st.booleans(), st.booleans())) for n in range(people)}
    made = []
    for key in range(draw(st.integers(0, 12))):
        person, due = draw(st.integers(0, people - 1)), NOW + timedelta(hours=draw(st.integers(-200, 30)))
        source = draw(st.sampled_from(["journey", "promise", "case", "answer", "ad_hoc"]))
        closes = draw(st.none() | st.integers(1, 200))
        made.append(
            Due(
                key, person, f"Customer {person}", "", None, source, "", "", "check_in", ("email", "call"),
                source != "journey" or draw(st.booleans()), draw(st.integers(0, 100)), due - timedelta(hours=1), due,
                None if closes is None else NOW + timedelta(hours=closes), "why", "removed", None,
                "a@example.com" if reach[person][0] else "", "+15550100142" if reach[person][1] else "", "", "",
                None if last[person] is None else NOW - timedelta(days=last[person]), draw(st.integers(0, 100)),
            )
        )  # fmt: skip
    return made


def rules(**more):
    plain = {"refused": {}, "suppressed": frozenset(), "open_cases": {}}
    return Rules(NOW, "America/New_York", Quiet(), 1, **(plain | more))


@given(dues(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_everything_is_on_a_card_or_held_with_a_reason_and_the_order_is_always_the_same(items, chance):
    cards, held = cards_of(items, rules())
    on_cards = [i.id for c in cards for i in c.items]
    others = [h.follow_up for h in held if h.reason != "outranked"]
    assert sorted(on_cards + others) == sorted(i.id for i in items)
    assert all(h.reason_text for h in held)
    assert len({c.customer for c in cards}) == len(cards)
    assert [list(Group).index(c.group) for c in cards] == sorted(list(Group).index(c.group) for c in cards)
    assert all([i.leads for i in c.items] == [True] + [False] * (len(c.items) - 1) for c in cards)
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert cards_of(shuffled, rules()) == (cards, held)


@given(dues())
@settings(max_examples=150, deadline=None)
def test_nobody_who_heard_from_us_this_week_gets_another_message_that_counts(items):
    by_id = {i.id: i for i in items}
    cards, _ = cards_of(items, rules())
    for item in (by_id[i.id] for c in cards for i in c.items):
        recent = item.last_counted_at is not None and NOW - item.last_counted_at < WEEK
        assert item.transactional or not recent
        assert item.source == "promise" or item.email or item.phone


@given(dues())
@settings(max_examples=100, deadline=None)
def test_what_was_refused_or_waits_for_a_case_is_never_on_a_card(items):
    refused = {0: frozenset({"email", "call"})}
    cards, held = cards_of(items, rules(refused=refused, open_cases={1: "Customer 1"}))
    by_id = {i.id: i for i in items}
    for item in (by_id[i.id] for c in cards for i in c.items):
        assert item.customer != 0 or item.transactional or item.source == "promise"
        assert item.customer != 1 or item.source in ("case", "promise", "answer")
    assert all(h.reason == "open_case" or h.customer != 1 or by_id[h.follow_up].source != "ad_hoc" for h in held)


@given(dues(), st.integers(1, 4), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_spreading_moves_nothing_past_its_closing_and_never_what_was_promised_is_wrong_or_waits(items, most, done):
    by_id = {i.id: i for i in items}
    cards, held = cards_of(items, rules(capacity=Capacity(most, done)))
    plain, _ = cards_of(items, rules())
    moved = {h.follow_up: h for h in held if h.reason == "capacity"}
    for key, item in moved.items():
        assert by_id[key].source == "journey"
        opens = opens_at(item.until, "America/New_York", Quiet())
        assert opens is not None, "a quiet day takes nothing"
        lead = next(c for c in plain if any(i.id == key for i in c.items))
        assert by_id[key].closes is None or opens < by_id[key].closes
        assert lead.group is Group.REST
    order = [c.customer for c in plain]
    assert [c.customer for c in cards] == [who for who in order if who in {c.customer for c in cards}], "order is kept"
    waits = {c.customer: may_move([by_id[i.id] for i in c.items], NOW) for c in plain}
    room = max(0, most - done - sum(not may for may in waits.values()))
    over = [c for c in cards if waits[c.customer]][room:]
    assert all(any(by_id[i.id].closes for i in c.items) for c in over), "only what cannot wait exceeds the number"
    assert {c.customer for c in plain} == {c.customer for c in cards} | {by_id[key].customer for key in moved}


@given(dues(), st.lists(st.integers(0, 5), unique=True), st.integers(0, 1))
@settings(max_examples=150, deadline=None)
def test_what_waits_for_a_visit_is_never_lost_by_waiting(items, visited, ahead):
    day = NOW.date() + timedelta(days=ahead)
    cards, held = cards_of(items, rules(visits={who: Coming(day, "Luis") for who in visited}))
    by_id = {i.id: i for i in items}
    shown = {i.id for c in cards for i in c.items}
    assert shown | {h.follow_up for h in held} == set(by_id)
    for item in (by_id[h.follow_up] for h in held if h.reason == "on_route"):
        assert item.source == "journey"
        assert not item.transactional
        assert item.customer in visited
        after = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
        assert item.closes is None or item.closes > after


@given(dues(), st.randoms())
@settings(max_examples=100, deadline=None)
def test_a_household_with_an_open_case_has_one_card(items, chance):
    lives = {who: chance.choice([None, 1, 1, 2]) for who in range(6)}
    items = [replace(i, household_id=lives[i.customer]) for i in items]
    whose = {who: "Customer 0" for who, roof in lives.items() if who == 0 or (roof is not None and roof == lives[0])}
    cards, held = cards_of(items, rules(open_cases=whose))
    assert len([c for c in cards if c.customer in whose]) <= 1
    for card in cards:
        assert len({i.customer for i in card.items}) == 1 or all(i.customer in whose for i in card.items)
    waits = [h for h in held if h.reason == "open_case"]
    if any(c.customer in whose for c in cards) and waits:
        assert any(c.holds for c in cards if c.customer in whose)


@given(st.lists(st.integers(0, 3000), min_size=0, max_size=60))
def test_a_pace_is_a_sensible_number_of_seconds(gaps):
    moments = [NOW]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(seconds=gap))
    assert 5 <= pace_of(moments) <= 360


def test_ones_own_pace_is_the_usual_gap_between_cards_and_pauses_do_not_count():
    moments = [NOW + timedelta(seconds=25 * n) for n in range(12)]
    assert pace_of([*moments, moments[-1] + timedelta(hours=2)]) == 25
    assert pace_of(moments[:4]) == 40
    assert minutes_for(14, 40) == 9
    assert (minutes_for(0, 40), minutes_for(1, 5)) == (0, 1)
    said = [takes_words(cards, 60) for cards in (1, 14, 90, 91, 119, 208)]
    assert said == [
        *("about a minute", "about 14 minutes", "about 90 minutes"),
        *("about 1½ hours", "about 2 hours", "about 3½ hours"),
    ]
