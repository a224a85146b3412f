"""The coach, by the command line: advice with its reason on what one wrote, and nothing unlawful leaves."""

import pytest

from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:00"


@pytest.fixture
def write(tmp_path):
    def put(text):
        path = tmp_path / "words.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def customer(run, given, family, *more):
    return run("add", "--given-name", given, "--family-name", family, "--email", f"{given}@example.com".lower(), *more)[
        "id"
    ]


def happened(run, whom, what, *more, now=MONDAY):
    run("log", "--customer", whom, "--what", what, *more, now=now)


def lead(run, name, now=MONDAY):
    return next(c for c in run("queue", now=now)["cards"] if c["customer"] == name)["follow_ups"][0]["id"]


def wrote(run, whom, text, now):
    """Note a message that was sent from the phone."""
    follow_up = run("write", whom, now=now)["follow_up_id"]
    run("done", follow_up, "--how", "text", "--note", text, now=now)


def kinds(found):
    return {each["kind"] for each in found}


@pytest.fixture
def priya(run):
    """A repair that waits for its thank-you."""
    whom = customer(run, "Priya", "Nair", "--phone", "555-0188")
    happened(run, whom, "visit_done", "--visit", "repair", "--about", "pump", "--by", "Luis", "--note", "It ran dry.")
    return whom


@pytest.mark.row("M4")
def test_a_letter_as_anyone_would_send_it_gets_advice_with_reasons_and_places(run, priya, write):
    follow_up = lead(run, "Priya Nair")
    text = (
        "Dear customer,\n\nI hope this finds you well. Thank you for choosing us! How was it? Would you also leave us "
        "a review on Google? Please find the price list attached.\n\nDana"
    )
    found = run("coach", follow_up, "--text-file", write(text), "--subject", "Following up")
    assert kinds(found) >= {
        *("names_what_happened", "specific", "one_purpose", "one_question", "name_right", "subject_says_something"),
        *("not_mass_mail", "attachment"),
    }
    places = {each["kind"]: each["where"] for each in found if each["where"]}
    there = places["attachment"]
    assert text[there["start"] : there["end"]] == "Please find the price list attached"
    assert all(each["text"] and not each["must"] for each in found)
    assert "Priya" in next(each["text"] for each in found if each["kind"] == "name_right")


@pytest.mark.row("M4")
def test_a_letter_about_them_gets_none(run, priya, write):
    text = (
        "Hi Priya,\n\nLuis saw to the pump this morning, and it ran twenty minutes without a drop. You use it every "
        "day, so you will know before we do whether it is right. If it drips, ring me on 555-0142 and we come and "
        "look.\n\nDana\nBlue Heron Pools"
    )
    follow_up = lead(run, "Priya Nair")
    assert run("coach", follow_up, "--text-file", write(text), "--subject", "The pump: done") == []


@pytest.mark.row("M4")
def test_a_draft_as_it_is_proposed_needs_no_advice(run, priya):
    assert run("draft", lead(run, "Priya Nair"))["advice"] == []


@pytest.mark.row("M6")
def test_an_empty_message_is_worse_than_none_and_does_not_go(run, priya, write):
    follow_up = run("write", priya)["follow_up_id"]
    found = run("coach", follow_up, "--text-file", write("Hi Priya,\n\nWe are here for you.\n\nDana"))
    said = next(each["text"] for each in found if each["kind"] == "specific")
    assert "No message is better" in said
    with pytest.raises(Refused) as refused:
        run("send", follow_up, "--text-file", write(""))
    assert "has no text" in refused.value.said


@pytest.mark.row("M6")
def test_nothing_goes_unread(run, priya):
    lead(run, "Priya Nair")
    for day in range(24, 29):
        run("outbox", "run", now=f"2026-11-{day}T09:00")
    assert run("customer", priya)["history"][0]["what"] == "visit_done"


@pytest.mark.row("X4")
def test_a_gate_code_another_name_and_a_day_gone_by_are_caught_before_sending(run, write, tmp_path):
    path = tmp_path / "route.csv"
    path.write_text("First Name,Last Name,Email,Gate Code\nPriya,Nair,priya@example.com,4417\n")
    run("import", path)
    customer(run, "Tom", "Becker")
    follow_up = run("write", run("customers", "--find", "priya")[0]["id"])["follow_up_id"]
    text = (
        "Hi Priya,\n\nLuis saw to the pump this morning, as he did for Tom Becker. He will come back on Friday 20 "
        "November with the code 4417.\n\nDana"
    )
    found = {each["kind"]: each for each in run("coach", follow_up, "--text-file", write(text))}
    assert "20 November is past" in found["stale_facts"]["text"]
    assert "Tom Becker" in found["another_name"]["text"]
    assert "4417" in found["private_words"]["text"]


@pytest.mark.row("X4")
def test_a_price_that_has_changed_is_caught(run, write):
    ana = customer(run, "Ana", "Pereira")
    happened(run, ana, "quote_sent", "--about", "heater", "--amount", "2190", now="2026-11-10T09:00")
    happened(run, ana, "quote_sent", "--about", "heater", "--amount", "2340", now="2026-11-18T09:00")
    follow_up = run("write", ana, "--purpose", "quote_check_in")["follow_up_id"]
    text = write("Hi Ana,\n\nYou have the price for the heater, $2,190 fitted. Is anything unclear?\n\nDana")
    found = {each["kind"]: each["text"] for each in run("coach", follow_up, "--text-file", text)}
    assert found["stale_facts"] == "The price of the heater has changed: it is $2,340 now"


@pytest.mark.row("X4")
def test_a_visit_moved_since_is_caught_in_a_draft_kept_before(run, write, tmp_path):
    path = tmp_path / "route.csv"
    path.write_text("First Name,Last Name,Email,Route,Stop\nGrace,Lin,grace@example.com,Tue,1\n")
    run("import", path)
    grace = run("customers", "--find", "grace")[0]["id"]
    follow_up = run("write", grace)["follow_up_id"]
    text = write("Hi Grace,\n\nYour next visit is Tuesday 24 November, with Luis. Does the morning suit you?\n\nDana")
    assert "stale_facts" not in kinds(run("coach", follow_up, "--text-file", text))
    path.write_text("First Name,Last Name,Email,Route,Stop\nGrace,Lin,grace@example.com,Thu,1\n")
    run("import", path)
    found = {each["kind"]: each["text"] for each in run("coach", follow_up, "--text-file", text)}
    assert "the next one is Thursday 26 November" in found["stale_facts"]


@pytest.mark.row("X5")
def test_the_same_words_twice_to_one_household_are_noticed_and_others_offered(run, priya, write):
    first = lead(run, "Priya Nair")
    said = run("draft", first)["text"]
    wrote(run, priya, said, "2026-06-03T09:00")
    found = {each["kind"]: each for each in run("coach", first, "--text-file", write(said))}
    again = found["not_said_before"]
    assert "3 June" in again["text"]
    assert again["instead"]["text"]
    assert again["instead"]["text"] != said
    other = run(
        "coach", first, "--text-file", write(again["instead"]["text"]), "--subject", again["instead"]["subject"]
    )
    assert "not_said_before" not in kinds(other)


@pytest.mark.row("X5")
def test_a_question_that_was_answered_is_not_asked_again(run, priya, write):
    asked = "Hi Priya,\n\nLuis was there on Friday. Would another hour suit you better?\n\nDana"
    wrote(run, priya, asked, "2026-10-04T09:00")
    happened(run, priya, "inquiry", "--note", "No, mornings are fine.", now="2026-10-05T09:00")
    text = write("Hi Priya,\n\nLuis saw to the pump this morning. Would another hour suit you better?\n\nDana")
    found = {each["kind"]: each["text"] for each in run("coach", lead(run, "Priya Nair"), "--text-file", text)}
    assert found["not_said_before"] == "You asked this on 4 October, and Priya answered: go on from the answer"


@pytest.mark.row("X5")
def test_after_a_year_the_same_words_may_be_said_again(run, priya, write):
    text = "Hi Priya,\n\nLuis was there on Friday. Would another hour suit you better?\n\nDana"
    wrote(run, priya, text, "2025-11-20T09:00")
    assert "not_said_before" not in kinds(run("coach", lead(run, "Priya Nair"), "--text-file", write(text)))


@pytest.mark.row("M4", "G4")
def test_what_advertises_does_not_go_without_its_footer(run, connected, priya, write):
    follow_up = run("write", priya, "--purpose", "continuity")["follow_up_id"]
    draft = run("draft", follow_up)["text"]
    assert "3 Ferry Lane" in draft
    assert "reply “stop”" in draft
    bare = write("Subject: A second visit\n\nHi Priya,\n\nI can add a visit for $35. Shall I?\n\nDana")
    found = {each["kind"]: each for each in run("coach", follow_up, "--text-file", bare)}
    assert found["footer"]["must"]
    with pytest.raises(Refused) as refused:
        run("send", follow_up, "--text-file", bare)
    assert "the law asks for" in refused.value.said
    run("send", follow_up, "--text-file", write(f"Subject: A second visit\n\n{found['footer']['instead']['text']}"))


@pytest.mark.row("M4")
def test_an_apology_may_go_with_an_excuse_in_it(run, connected, write):
    """Advice is no block."""
    ana = customer(run, "Ana", "Pereira")
    follow_up = run("write", ana, "--purpose", "apology")["follow_up_id"]
    text = write(
        "Subject: Sorry\n\nHi Ana,\n\nUnfortunately the truck broke down. Sorry for any inconvenience.\n\nDana"
    )
    found = run("coach", follow_up, "--text-file", text)
    assert "no_excuses" in kinds(found)
    assert not any(each["must"] for each in found)
    assert run("send", follow_up, "--text-file", text)["state"] == "queued"


@pytest.mark.row("M6")
def test_what_they_answered_waits_for_an_answer_of_ours(run, priya):
    happened(run, priya, "rating", "--rating", "3", "--note", "The gate was left open")
    card = next(c for c in run("queue")["cards"] if c["customer"] == "Priya Nair")
    answer = next(f for f in card["follow_ups"] if f["purpose"] == "answer")
    assert "The gate was left open" in run("draft", answer["id"])["text"]
