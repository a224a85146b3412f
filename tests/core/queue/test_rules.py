"""Whatever is due, the queue loses nothing, says why, and keeps the rules of contact."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.zones import Quiet
from followup_desktop.core.queue.model import Due, Group
from followup_desktop.core.queue.rules.cards import Rules, cards_of

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
