"""What the drafts of one business say, from what happened to the mail: facts in, sentences out."""

from datetime import date, timedelta

import pytest

from followup_desktop.commands.cases import put_right
from followup_desktop.commands.equipment import add_agreement, add_equipment
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.drafts.queries import proposal
from followup_desktop.core.equipment.model import AgreementEntry, EquipmentEntry
from followup_desktop.core.journeys.tables import FollowUpRow
from tests.conftest import MONDAY


@pytest.fixture
def draft_of(desk, program):
    """Return the draft of a customer's follow-up by its touchpoint: `draft_of(grace, "review/request")`."""

    def find(customer, place, **more):
        journey, _, touchpoint = place.partition("/")
        with desk.store.read() as session:
            rows = session.query(FollowUpRow).filter_by(customer_id=customer, journey=journey, touchpoint=touchpoint)
            (row,) = rows.all()
            return proposal(session, row.id, program.templates, MONDAY, **more)

    return find


@pytest.mark.row("C6")
def test_a_renewal_names_what_ends_when_and_its_price(add, desk, draft_of):
    grace = add("Grace Obi", stage="regular", since=date(2021, 3, 2))
    entry = AgreementEntry("weekly service", MONDAY.date() + timedelta(days=29), 16500, "USD")
    add_agreement(desk, CustomerId(grace), entry)
    draft = draft_of(grace, "renewal/day_30")
    assert draft.follow_up.due <= MONDAY
    assert draft.subject.startswith("Your weekly service ends")
    assert "$165" in draft.text
    assert "Shall it go on as it is, or would you like something changed?" in draft.text


@pytest.mark.row("C6")
def test_a_warranty_is_spoken_of_while_it_runs(add, desk, draft_of):
    grace = add("Grace Obi", stage="regular")
    add_equipment(desk, CustomerId(grace), EquipmentEntry("heater", None, MONDAY.date() + timedelta(days=20)))
    draft = draft_of(grace, "warranty/before_it_ends")
    assert draft.follow_up.due <= MONDAY
    assert "The warranty on your heater runs to" in draft.text


@pytest.mark.row("C2")
@pytest.mark.row("M1")
def test_a_repair_is_asked_about_by_mail_text_and_call_in_two_languages(add, log, draft_of):
    rosa = add("Rosa Delgado", stage="regular", language="es")
    log(rosa, "visit_done", visit="repair", about="bomba", by="Luis", at=MONDAY - timedelta(days=3))
    assert "Luis estuvo con usted" in draft_of(rosa, "repair/day_3").text
    text = draft_of(rosa, "repair/day_3", channel="text")
    assert len(text.text) < 320
    sheet = draft_of(rosa, "repair/day_3", channel="call")
    assert sheet.subject == "Llamar a Rosa: ¿aguanta?"
    assert sheet.text.startswith("- De qué se trata: bomba")
    assert "Luis saw to the bomba" in draft_of(rosa, "repair/day_3", language="en").text


@pytest.mark.row("C7")
def test_everyone_is_asked_for_a_review_whatever_they_think_but_not_with_an_open_case(add, log, draft_of, desk):
    asked, unhappy = add("Grace Obi", stage="regular"), add("Tom Becker", stage="regular")
    log(unhappy, "complaint", note="it stopped again", at=MONDAY - timedelta(days=3))
    for customer in (asked, unhappy):
        log(customer, "visit_done", visit="repair", about="pump", at=MONDAY - timedelta(days=2))
    assert "We finished the pump" in draft_of(asked, "review/request").text
    with desk.store.read() as session:
        rows = session.query(FollowUpRow).filter_by(customer_id=unhappy, journey="review", state="open")
        assert rows.count() == 0


@pytest.mark.row("C9")
def test_a_check_asks_whether_it_held_only_where_something_was_put_right(add, log, draft_of, desk):
    tom, greta = add("Tom Becker", stage="regular"), add("Greta Lindqvist", stage="regular")
    for customer in (tom, greta):
        log(customer, "complaint", note="the gate was left open", at=MONDAY - timedelta(days=10))
    with desk.store.read() as session:
        (case,) = [each for each in cases.of_customers(session, [greta])]
    put_right(desk, int(case.id), "The latch is new.")
    assert "Has it held since then?" in draft_of(greta, "complaint/day_14").text
    waiting = draft_of(tom, "complaint/day_14").text
    assert "Has it held" not in waiting
    assert "What is still missing?" in waiting


@pytest.mark.row("F4")
def test_an_answer_to_a_rating_says_what_was_put_right(add, log, draft_of, desk):
    greta = add("Greta Lindqvist", stage="regular")
    log(greta, "complaint", note="the gate was left open", at=MONDAY - timedelta(days=2))
    with desk.store.read() as session:
        (case,) = [each for each in cases.of_customers(session, [greta])]
    put_right(desk, int(case.id), "Luis sends a photo of the latched gate.")
    log(greta, "rating", rating=3, note="Gate left open.", at=MONDAY - timedelta(hours=1))
    assert "Luis sends a photo of the latched gate." in draft_of(greta, "rating_middle/answer").text


@pytest.mark.row("M3")
def test_since_when_is_said_where_it_is_known_and_long_enough(add, desk, draft_of, log):
    old = add("Grace Obi", stage="regular", since=date(2021, 11, 20))
    draft = draft_of(old, "anniversary/thanks")
    assert draft.subject == "You and us, since November 2021"
    assert "You have been with us since November 2021" in draft.text
