"""What a letter says where it is answered, promised or made up for: nothing asked that they said, nothing left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money
from followup_desktop.commands.cases import assure, note_step, offer, put_right
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.drafts import tell
from followup_desktop.commands.equipment import add_agreement, change_agreement
from followup_desktop.commands.messages import MadeOf, done
from followup_desktop.commands.promises import keep_promise, make_promise, tell_late
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Step
from followup_desktop.core.customers.model import CustomerId, Person
from followup_desktop.core.drafts.queries import proposal, voice
from followup_desktop.core.drafts.rules.callsheet import call_sheet
from followup_desktop.core.equipment.model import AgreementEntry
from followup_desktop.core.equipment.queries import belongings
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.promises.model import NewPromise, PromiseState
from followup_desktop.core.promises.queries import of_customers as promises_of
from tests.conftest import MONDAY

CHANNELS = ("email", "text", "call")


def waiting(queue):
    """Return every follow-up of the day, held or not."""
    return {item.id for card in queue.cards for item in card.items} | {held.follow_up for held in queue.held}


def promised(customer, what, day):
    return NewPromise(what, day, None, "America/New_York", customer)


@pytest.fixture
def open_one(desk):
    """Return the number of a customer's open follow-up with this purpose."""

    def find(customer, purpose):
        with desk.store.read() as session:
            rows = session.query(FollowUpRow).filter_by(customer_id=customer, purpose=purpose, state="open")
            return rows.order_by(FollowUpRow.due).first().id

    return find


@pytest.fixture
def draft(desk, program):
    """Return the draft of a follow-up as it is made now."""

    def make(key, channel="email", now=MONDAY, **more):
        with desk.store.read() as session:
            return proposal(session, key, program.templates, now, channel, **more)

    return make


@pytest.fixture
def tom(add):
    return add("Tom Becker", phone="+15552102233")


@pytest.mark.row("M3", "M6")
def test_a_question_is_answered_in_writing_with_what_the_owner_fills_in_or_a_call_is_offered(
    tom, log, desk, draft, open_one
):
    log(tom, "message_in", about="The dog", note="Nice work on Tuesday. Is the chlorine safe for our dog?")
    key = open_one(tom, "answer")
    assert "When is a good time for you?" in draft(key).text
    assert draft(key).asked[0].key == "answer.words"
    assert tell(desk, key, "answer.words", "it is, as soon as the surface is dry").result == "message"
    mail = draft(key).text
    assert "“Is the chlorine safe for our dog?” It is, as soon as the surface is dry." in mail
    assert "Does that answer it, or is something still open?" in mail
    assert "two minutes" not in mail
    assert "It is, as soon as the surface is dry. Does that answer it?" in draft(key, "text").text
    sheet = call_sheet(draft(key, "call").made)
    assert "Answer first: It is, as soon as the surface is dry." in sheet.then
    assert sheet.ask == ("“Does that settle it?”",)
    assert "¿Queda contestado con esto, o falta algo?" in draft(key, language="es").text


@pytest.mark.row("M3")
def test_a_whole_name_where_the_given_name_goes_is_greeted_by_its_first_word(desk, log, draft, open_one):
    for given, greeting in (("Priya Natarajan", "Hi Priya,"), ("Lakeside Dental LLC", "Hello,")):
        who = int(add_customer(desk, Person(given)).result)
        log(who, "visit_done", visit="repair", about="pump")
        assert draft(open_one(who, "thank_you")).text.startswith(greeting + "\n")


@pytest.fixture
def unhappy(tom, log, desk):
    """Tom rated a visit 2 and said why; his case knows an apology and an offer. Returns the case."""
    log(tom, "rating", rating=2, note="Gate left open, dog got out", at=MONDAY - timedelta(hours=1))
    with desk.store.read() as session:
        (case,) = cases.of_customers(session, [tom])
    note_step(desk, int(case.id), Step.APOLOGISE, "I should have checked the latch myself, and I am sorry")
    offer(desk, int(case.id), "credit", Money(4000, "USD"))
    return int(case.id)


@pytest.mark.row("R1", "R2", "M7")
def test_a_low_rating_is_answered_with_the_apology_and_the_offer_by_every_channel(tom, unhappy, draft, open_one):
    for channel in CHANNELS:
        text = draft(open_one(tom, "answer"), channel).text
        assert "I should have checked the latch myself, and I am sorry." in text
        assert "$40 credit" in text


@pytest.mark.row("R1", "M6")
def test_what_would_put_it_right_is_not_asked_of_who_has_said_it(tom, unhappy, desk, draft, open_one):
    key = open_one(tom, "answer")
    assert all("What would put it right for you?" in draft(key, channel).text for channel in CHANNELS)
    note_step(desk, unhappy, Step.ASK, "A photo of the closed gate after each visit")
    for channel in CHANNELS:
        after = draft(key, channel).text
        assert "What would put it right for you?" not in after
        assert "Is there anything else I should know" in after


@pytest.mark.row("R3")
def test_what_was_assured_stands_in_the_answer_until_it_is_done(tom, unhappy, desk, draft, open_one):
    assure(desk, unhappy, promised(tom, "Change the latch", MONDAY.date() + timedelta(days=1)))
    for channel in CHANNELS:
        assert "change the latch, tomorrow" in draft(open_one(tom, "answer"), channel).text


@pytest.mark.row("R1")
def test_a_complaint_that_says_what_is_wanted_is_not_asked_for_it(tom, add, log, draft, open_one):
    log(tom, "complaint", note="Green water again. Please send somebody before the weekend.")
    assert "What would put it right for you?" not in draft(open_one(tom, "apology")).text
    ana = add("Ana Pereira")
    log(ana, "complaint", note="Green water again")
    assert "What would put it right for you?" in draft(open_one(ana, "apology")).text


@pytest.mark.row("P4")
def test_a_promise_that_is_late_says_so_first_and_that_one_is_sorry(tom, desk, draft, open_one):
    make_promise(desk, promised(tom, "call about the green water", MONDAY.date()))
    key = open_one(tom, "promise")
    assert "it is on my desk" in draft(key).text
    for channel in CHANNELS:
        late = draft(key, channel, now=MONDAY + timedelta(days=1)).text
        assert "for yesterday" in late
        assert "sorry" in late
        assert "on my desk" not in late


def test_words_that_end_in_a_quotation_are_closed_once(tom, log, draft, open_one):
    log(tom, "complaint", note='The man said "I will be back tomorrow."')
    assert 'The man said "I will be back tomorrow." Thank you' in draft(open_one(tom, "apology")).text


@pytest.mark.row("C6", "D4")
def test_a_price_says_what_it_is_for_and_the_time_left_is_the_true_one(tom, desk, draft, open_one, read):
    end = MONDAY.date() + timedelta(days=17)
    add_agreement(desk, CustomerId(tom), AgreementEntry("weekly service", end, 16500, per="month"))
    key = open_one(tom, "renewal")
    mail = draft(key).text
    assert "The price from then on is $165 a month." in mail
    assert "You have two weeks to think it over" in mail
    assert "A partir de entonces son $165 al mes." in draft(key, language="es").text
    (agreed,) = read(belongings, tom).agreements
    change_agreement(desk, int(agreed.id), replace(agreed.entry, price=17500))
    assert "From now on it comes to $175 a month." in draft(open_one(tom, "confirmation")).text
    with pytest.raises(Problem, match="no time for a price"):
        add_agreement(desk, CustomerId(tom), AgreementEntry("spa", end, 100, per="fortnight"))


@pytest.mark.row("M2", "M3")
def test_a_note_in_another_language_than_the_letter_is_left_out_and_asked_for(add, log, draft, open_one):
    rosa = add("Rosa Delgado", language="es")
    log(rosa, "visit_done", visit="repair", about="bomba", note="The seal was worn and is new now.")
    found = draft(open_one(rosa, "thank_you"))
    assert "seal" not in found.text
    assert "event.note" in [one.key for one in found.asked]
    assert "The seal was worn and is new now." in draft(open_one(rosa, "thank_you"), language="en").text


@pytest.mark.row("M7")
def test_who_is_rung_to_be_thanked_is_thanked(add, log, draft, open_one):
    grace = add("Grace Obi")
    log(grace, "visit_done", visit="repair", about="pump", by="Luis")
    thanks = call_sheet(draft(open_one(grace, "thank_you"), "call").made)
    assert thanks.say == (
        "“Grace, this is Dana from Blue Heron Pools. The pump is done, and I want to thank you for the work.”",
    )


@pytest.mark.row("A6", "M6")
def test_who_said_how_they_like_to_be_reached_is_not_asked(add, log, draft, open_one):
    for name, channel, asked in (("Kemi Ade", "", True), ("Ana Pereira", "text", False)):
        who = add(name, channel=channel, phone="+15552102233")
        log(who, "visit_done", visit="first", at=MONDAY - timedelta(days=10))
        assert ("How would you rather hear from us" in draft(open_one(who, "onboarding")).text) is asked


@pytest.mark.row("C9", "R2")
def test_what_was_offered_is_said_once(tom, unhappy, desk, draft, open_one):
    put_right(desk, unhappy, "The latch is new, and $40 comes off the next bill.")
    text = draft(open_one(tom, "answer")).text
    assert text.count("$40") == 1


@pytest.mark.row("R3", "X3", "P4")
def test_what_was_assured_is_kept_with_the_case_and_no_letter_says_that_it_will_be_late(
    tom, unhappy, desk, queue, read
):
    latch = int(assure(desk, unhappy, promised(tom, "change the latch", MONDAY.date())).result)
    later = int(assure(desk, unhappy, promised(tom, "ring in a week", MONDAY.date() + timedelta(days=7))).result)
    letter = int(tell_late(desk, latch, MONDAY + timedelta(days=1)).result)
    assert letter in {item.id for card in queue().cards for item in card.items}  # the open case does not hold its own
    righted = put_right(desk, unhappy, "The latch is new.")
    assert righted.says.endswith("; kept with it: change the latch")
    states = {one.id: one.state for one in read(promises_of, [tom])}
    assert (states[latch], states[later]) == (PromiseState.KEPT, PromiseState.OPEN)
    assert letter not in waiting(queue())
    undo_last(desk)
    assert {one.state for one in read(promises_of, [tom])} == {PromiseState.OPEN}
    assert letter in waiting(queue())


@pytest.mark.row("P4")
def test_a_letter_about_a_new_day_goes_away_once_the_promise_is_kept(tom, desk, queue):
    price = int(make_promise(desk, promised(tom, "send the price", MONDAY.date())).result)
    tell_late(desk, price, MONDAY + timedelta(days=1))
    assert [card.customer for card in queue().cards] == [tom]
    keep_promise(desk, price)
    assert queue().cards == ()


@pytest.mark.row("M5")
def test_what_is_kept_changing_in_texts_is_proposed_for_the_text_and_not_for_the_mail(add, log, desk, draft, program):
    for name in ("Ana Pereira", "Ben Cole", "Cleo Dart"):
        who = add(name, phone="+15552102233")
        log(who, "visit_done", visit="repair", about="pump", by="Luis")
        with desk.store.read() as session:
            assert voice(session, program.templates) == []
            (row,) = session.query(FollowUpRow).filter_by(customer_id=who, purpose="thank_you")
            key = row.id
        made = draft(key, "text")
        words = made.text.replace("and we will come and look", "and we are there the same day")
        done(desk, key, "text", words, of=MadeOf(made.place, made.made, made.known_words))
    with desk.store.read() as session:
        (proposed,) = voice(session, program.templates)
    assert (proposed.place.key, proposed.place.channel, proposed.times) == ("thank_you/repair", "text", 3)
    assert "and we are there the same day" in proposed.text
