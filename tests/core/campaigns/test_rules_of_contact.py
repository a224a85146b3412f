"""A campaign breaks no rule of contact, whoever is in the segment and however full the days are."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.campaigns.model import Candidate, NewCampaign, Pace
from followup_desktop.core.campaigns.rules import outline
from followup_desktop.core.consent.model import HeldFor
from followup_desktop.core.consent.rules import Asked, Standing, held_because

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
ZONES = ("America/New_York", "Pacific/Auckland", "UTC")
MOMENTS = st.none() | st.integers(0, 24 * 20).map(lambda hours: NOW - timedelta(hours=hours))


@st.composite
def candidates(draw):
    found = []
    for number in range(draw(st.integers(0, 12))):
        standing = Standing(
            name=f"Customer {number}",
            zone=draw(st.sampled_from(ZONES)),
            email=draw(st.sampled_from(["", "a@example.com"])),
            phone=draw(st.sampled_from(["", "+15125550100"])),
            street="",
            last_counted_at=draw(MOMENTS),
            open_case_of=draw(st.sampled_from(["", "", "", "Somebody"])),
            refused=frozenset(draw(st.sets(st.sampled_from(["email", "text", "call"]), max_size=2))),
            suppressed=draw(st.booleans()),
        )
        found.append(
            Candidate(
                customer=number + 1,
                household=draw(st.none() | st.integers(1, 4)),
                stage=draw(st.sampled_from(["new", "regular", "former"])),
                standing=standing,
                last_contact=draw(MOMENTS),
                engaged_until=draw(st.none() | st.integers(0, 20).map(lambda days: NOW + timedelta(days=days))),
            )
        )
    return found


@st.composite
def campaigns(draw):
    channels = draw(st.sampled_from([("email",), ("email", "text"), ("text", "call"), ("card",)]))
    new = NewCampaign("Leaves", "All", (), MONDAY, draw(st.integers(1, 9)), words="They fall.", channels=channels)
    taken = draw(st.dictionaries(st.integers(0, 12).map(lambda d: MONDAY + timedelta(days=d)), st.integers(0, 6)))
    return new, Pace(MONDAY, new.days, draw(st.integers(0, 6)), taken, draw(st.booleans()))


@given(candidates(), campaigns())
@settings(max_examples=80, deadline=None)
def test_nobody_gets_it_against_a_rule_of_contact(people, campaign):
    new, pace = campaign
    found = outline(people, new, pace, NOW)
    by_id = {one.customer: one for one in people}
    asked = Asked("campaign", transactional=False, channels=new.channels)
    for place in found.places:
        one = by_id[place.customer]
        assert one.stage != "former"
        noon = resolve(place.day, time(12), "America/New_York")
        held = held_because(asked, one.standing, noon, Quiet(sundays=False))
        assert held is None or held[0] is HeldFor.QUIET_HOURS, held
        if one.engaged_until is not None:
            assert place.day > local_day(one.engaged_until, one.standing.zone) + timedelta(days=6)
        assert place.day >= MONDAY
        assert not (pace.sundays_off and place.day.weekday() == 6)
    roofs = Counter(by_id[p.customer].household for p in found.places if by_id[p.customer].household is not None)
    assert all(count == 1 for count in roofs.values())


@given(candidates(), campaigns())
@settings(max_examples=50, deadline=None)
def test_everyone_either_gets_it_once_or_is_told_why_not(people, campaign):
    new, pace = campaign
    found = outline(people, new, pace, NOW)
    told = [p.customer for p in found.places] + [one.customer for one in found.left_out]
    assert sorted(told) == [one.customer for one in people]
    assert all(one.why for one in found.left_out)


@given(candidates(), campaigns(), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_people_changes_nothing(people, campaign, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert outline(people, *campaign, NOW) == outline(shuffled, *campaign, NOW)


@given(st.integers(1, 40), campaigns())
@settings(max_examples=50, deadline=None)
def test_no_day_holds_more_than_it_may(count, campaign):
    new, pace = campaign
    standing = Standing("", "UTC", "a@example.com", "1", "Street", None, "", frozenset(), suppressed=False)
    people = [Candidate(n + 1, None, "new", replace(standing, name=f"Customer {n}")) for n in range(count)]
    found = outline(people, new, pace, NOW)
    assert len(found.places) == count
    for day, number in Counter(p.day for p in found.places).items():
        assert number <= -(-count // new.days)
        if pace.capacity:
            assert number <= max(1, pace.capacity - pace.taken.get(day, 0))
