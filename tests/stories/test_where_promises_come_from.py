"""A promise knows the letter or the call it was made from, and notes of calls are read for promises."""

import pytest

from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:00"


@pytest.mark.row("X1", "P1")
def test_what_the_notes_of_a_call_promise_is_offered_and_leads_back_to_the_call(run, tom):
    note = "Filter is loud. Told him I'd send the price by Friday. He will think about it until Monday."
    run("log", "--customer", tom, "--what", "call", "--note", note)
    [offer] = run("promises", "offered")
    call = run("customer", tom)["history"][0]
    assert (offer["what"], offer["due"], offer["event_id"]) == ("send the price", "2026-11-27", call["id"])
    promise = run("promises", "accept", offer["id"])
    assert (promise["event_id"], promise["message_id"]) == (call["id"], None)
    run("log", "--customer", tom, "--what", "call", "--note", note)
    assert run("promises", "offered") == [], "the same sentence was offered twice"
    run("undo")
    run("undo")
    assert [one["id"] for one in run("promises", "offered")] == [offer["id"]]


@pytest.mark.row("X1")
def test_what_they_will_do_themselves_is_not_offered(run, tom):
    run("log", "--customer", tom, "--what", "call", "--note", "Tom will ring on Friday. Luis will come Thursday.")
    assert [one["what"] for one in run("promises", "offered")] == ["Luis come"]


@pytest.mark.row("X1", "A4")
def test_so_is_what_is_noted_when_a_card_is_done_by_phone(run, tom):
    run("log", "--customer", tom, "--what", "visit_done", "--visit", "first", now="2026-11-20T09:00")
    key = run("queue")["cards"][0]["follow_ups"][0]["id"]
    run("done", key, "--how", "call", "--note", "Quedé en pasar el martes")
    [offer] = run("promises", "offered")
    assert (offer["due"], offer["event_id"] is not None) == ("2026-11-24", True)


@pytest.mark.row("R3")
def test_an_assurance_noted_in_a_case_is_offered_and_once_kept_belongs_to_it(run, tom):
    case = run("case", "open", "--customer", tom, "--what", "The water is green")["id"]
    run("case", "step", case, "assure", "--note", "I'll drain and shock it by Tuesday 5 pm.")
    [offer] = run("promises", "offered")
    promise = run("promises", "accept", offer["id"])
    assert promise["due"].startswith("2026-11-24T17:00")
    assert [one["id"] for one in run("case", "show", case)["promises"]] == [promise["id"]]


@pytest.mark.row("P1")
def test_a_promise_made_from_an_event_is_made_to_its_customer(run, tom):
    run("log", "--customer", tom, "--what", "visit_done", "--note", "Basket cracked")
    visit = run("customer", tom)["history"][0]["id"]
    promise = run("promise", "add", "bring", "a", "new", "basket", "Friday", "--event", visit)
    assert (promise["customer_id"], promise["event_id"]) == (tom, visit)
    with pytest.raises(Refused, match="There is no event 99"):
        run("promise", "add", "bring a basket Friday", "--event", 99)


@pytest.mark.row("X1")
def test_notes_in_a_file_are_read_as_notes(run, tom, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Call back Wed")
    assert run("promises", "find", file) == []
    assert [one["due"] for one in run("promises", "find", file, "--notes")] == ["2026-11-25"]


@pytest.mark.row("P1")
def test_three_namesakes_are_told_apart_and_one_is_named(run):
    keys = [
        run("add", "--given-name", "Ana", "--family-name", "Lopez", "--email", f"ana{number}@example.com")["id"]
        for number in range(3)
    ]
    with pytest.raises(Refused) as said:
        run("promise", "add", "ring Ana Lopez Friday")
    assert all(f"{key} Ana Lopez, ana{number}@example.com" in said.value.said for number, key in enumerate(keys))
    assert run("promise", "list") == []
    assert run("promise", "add", "ring Ana Lopez Friday", "--customer", keys[2])["customer_id"] == keys[2]
    with pytest.raises(Refused, match="no customer 99"):
        run("promise", "add", "ring Ana Friday", "--customer", 99)
