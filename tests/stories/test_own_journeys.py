"""The owner's versions of journeys, and which are on."""

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.base.settings import find
from followup_desktop.commands.journeys import (
    BadJourney,
    NewVersion,
    put_aside,
    restore_version,
    save_journey,
    switch_journey,
)
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.journeys.rules.writing import journey_text
from tests.conftest import MONDAY


@pytest.fixture
def standing(program, read):
    def look(key):
        found = read(lambda s: program.library.standings(s, "pools", history=True))
        return next((each for each in found if each.key == key), None)

    return look


@pytest.fixture
def ana(add, log, clock):
    """Got a quote on Saturday."""
    key = add("Ana Pereira")
    log(key, "quote_sent", about="heater", at=clock.now().replace(day=21))
    return key


def due(queue, key):
    return [item.due.day for card in queue().cards for item in card.items if card.customer == key]


def days(read, key):
    from followup_desktop.core.journeys.queries import of_customer

    return [f.due.day for f in read(of_customer, key, open_only=True)]


def edited(standing, old='due = "2 days"', new='due = "4 days"'):
    text = journey_text(standing("quote").journey)
    assert old in text
    return NewVersion("quote", text.replace(old, new), "Two days were too soon")


@pytest.mark.row("J4")
def test_a_version_of_the_owners_counts_at_once_and_undo_takes_it_back(desk, standing, ana, read):
    before = days(read, ana)
    done = save_journey(desk, edited(standing))
    assert (done.result, done.says, done.changes.customers) == (1, "Quote saved", {ana})
    assert days(read, ana)[0] == before[0] + 2
    now = standing("quote")
    assert now.is_own
    assert (now.versions[0].by, now.versions[0].note) == ("Dana Whitlock", "Two days were too soon")
    undo_last(desk)
    assert days(read, ana) == before
    assert not standing("quote").is_own


@pytest.mark.row("J4")
def test_the_owner_goes_back_to_any_earlier_version_or_the_shipped_one(desk, standing, ana, read):
    shipped = days(read, ana)
    save_journey(desk, edited(standing))
    second = days(read, ana)
    save_journey(desk, edited(standing, 'due = "4 days"', 'due = "5 days"'))
    assert restore_version(desk, "quote", 1).says == "Quote: version 1 counts again"
    assert days(read, ana) == second
    assert restore_version(desk, "quote", None).says == "Quote: the shipped version counts"
    assert days(read, ana) == shipped
    assert [version.number for version in standing("quote").versions] == [4, 3, 2, 1]
    with pytest.raises(Problem, match="There is no version 9"):
        restore_version(desk, "quote", 9)


@pytest.mark.row("J4")
def test_a_newer_shipped_version_is_offered_until_the_owner_has_decided(program, desk, standing):
    save_journey(desk, edited(standing))
    assert not standing("quote").is_newer_shipped
    newer = tuple(
        type(j)(**{f: getattr(j, f) for f in j.__dataclass_fields__} | {"version": 2}) if j.key == "quote" else j
        for j in program.journeys
    )
    program.library._read["pools"] = type(program.shipped)(program.shipped.pack, newer, program.templates)
    assert standing("quote").is_newer_shipped
    save_journey(desk, NewVersion("quote", standing("quote").versions[0].text))
    assert not standing("quote").is_newer_shipped


@pytest.mark.row("J1", "J4")
def test_a_journey_of_ones_own_begins_off_and_is_taken_away_again(desk, standing, ana, read):
    text = journey_text(standing("quote").journey).replace('name = "Quote"', 'name = "Pool closing quote"')
    save_journey(desk, NewVersion("pool_closing_quote", text))
    own = standing("pool_closing_quote")
    assert (own.on, own.shipped, own.is_own) == (False, None, True)
    before = len(days(read, ana))
    switch_journey(desk, own.journey, on=True)
    assert len(days(read, ana)) > before
    assert restore_version(desk, "pool_closing_quote", None).says == "Pool closing quote taken away"
    assert standing("pool_closing_quote") is None
    assert len(days(read, ana)) == before
    undo_last(desk)
    assert standing("pool_closing_quote").on


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('happening = "quote_sent"', 'happening = "quote_snt"', "did you mean “quote_sent”"),
        ('due = "2 days"', 'due = "-2 days"', "lies before what starts the journey"),
        ('template = "quote_check_in/day_2"', 'template = "quote_check_in/day_3"', "there is no template"),
        ('happening = "quote_sent"', 'happening = "message_out"', "start itself again without end"),
        ('name = "Quote"', "name = ", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(desk, standing, ana, read, old, new, said):
    before = days(read, ana)
    with pytest.raises(BadJourney) as refused:
        save_journey(desk, edited(standing, old, new))
    assert said in refused.value.sentence()
    assert (days(read, ana), standing("quote").versions) == (before, ())


def test_a_version_that_can_no_longer_be_read_leaves_the_shipped_one_in_its_place(desk, standing, ana, read):
    before = days(read, ana)
    with desk.store.write("test", "", undoable=False) as work:
        from followup_desktop.core.journeys.records import add_version

        add_version(work, "quote", "name = ", by="", note="", basis=1)
    assert "cannot be read" in standing("quote").trouble
    assert standing("quote").journey == standing("quote").shipped
    assert days(read, ana) == before


@pytest.mark.row("J7")
def test_a_new_owner_begins_with_three_journeys_and_with_what_every_business_owes(tmp_path):
    program = Program(tmp_path / "new.db", FixedClock(MONDAY))
    for trade, _label in find("business.trade").choices:
        with program.desk.store.read() as session:
            found = program.library.standings(session, trade)
        chosen = [each for each in found if not each.journey.is_owed]
        assert len([each for each in chosen if each.on]) == 3, trade
        assert all(each.on for each in found if each.journey.is_owed)
    program.close()


@pytest.mark.row("F4")
def test_what_customers_wrote_is_answered_whatever_is_switched_off(desk, standing):
    with pytest.raises(Problem, match="always on"):
        switch_journey(desk, standing("message").journey, on=False)
    assert standing("message").on


def test_a_journey_put_aside_is_remembered_and_undo_forgets_it(desk, standing):
    put_aside(desk, standing("referral").journey)
    assert standing("referral").put_aside == MONDAY
    undo_last(desk)
    assert standing("referral").put_aside is None
