"""Journeys on the command line: what there is, what a change would do, what last month would have been."""

import pytest

from tests.stories.conftest import Refused


@pytest.fixture
def quote(run, tmp_path):
    """The quote journey as a file, to be changed: `quote('due = "2 days"', 'due = "4 days"')`."""

    def write(old="", new="", name="quote"):
        file = tmp_path / f"{name}.toml"
        text = run("journeys", "show", "quote")["text"]
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        return file

    return write


@pytest.fixture
def people(run):
    """Ana got a quote on Saturday, Ben eight days ago, Cleo has none."""
    found = {}
    for name in ("Ana Pereira", "Ben Osei", "Cleo Marsh"):
        given, family = name.split()
        words = ("--given-name", given, "--family-name", family, "--email", f"{given.lower()}@example.com")
        found[given.lower()] = run("add", *words)["id"]
    run("log", "--customer", found["ana"], "--what", "quote_sent", "--about", "heater", "--at", "2026-11-21T10:00")
    run("log", "--customer", found["ben"], "--what", "quote_sent", "--about", "pump", "--at", "2026-11-15T10:00")
    return found


@pytest.mark.row("J1", "J4")
def test_the_list_says_what_is_on_and_one_can_be_looked_at(run):
    listed = {each["key"]: each for each in run("journeys", "list")}
    assert listed["quote"]["on"]
    assert listed["quote"]["starts_when"] == "a quote is sent"
    assert listed["message"]["owed"]
    shown = run("journeys", "show", "quote")
    assert shown["touchpoints"][0]["when"].startswith("day 2")
    assert shown["touchpoints"][1]["channels"] == ["call"]
    with pytest.raises(Refused, match="no journey “qoute”"):
        run("journeys", "show", "qoute")


def test_a_file_is_checked_in_words_and_with_where(run, quote):
    assert run("journeys", "check", quote()) == {"ok": True, "problems": []}
    file = quote('happening = "quote_sent"', 'happening = "quote_snt"')
    with pytest.raises(Refused):
        run("journeys", "check", file)
    with pytest.raises(Refused, match="did you mean “quote_sent”"):
        run("journeys", "save", file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not text in UTF-8"):
        run("journeys", "check", file)
    with pytest.raises(Refused, match="could not be used"):
        run("journeys", "check", "nowhere.toml")


@pytest.mark.row("J4")
def test_before_saving_it_says_what_changes_for_whom_and_saving_does_just_that(run, quote, people):
    file = quote('due = "16 days"', 'due = "12 days"')
    said = run("journeys", "preview", file)
    moved = {each["customer_id"]: (each["before"][:10], each["after"][:10]) for each in said["changes"]}
    assert moved == {
        people["ana"]: ("2026-12-07", "2026-12-03"),
        people["ben"]: ("2026-12-01", "2026-11-27"),
    }
    assert (said["moved"], said["added"], said["removed"], said["customers"], said["same"]) == (2, 0, 0, 2, 0)

    def due(key):
        open_now = [f for f in run("customer", key)["follow_ups"] if f["state"] == "open"]
        return {f["touchpoint"]: f["due"][:10] for f in open_now}

    before = due(people["ana"])
    assert before["day_16"] == "2026-12-07"
    run("journeys", "save", file, "--note", "Sooner")
    assert due(people["ana"]) == before | {"day_16": "2026-12-03"}
    assert run("journeys", "show", "quote")["versions"][0]["note"] == "Sooner"
    assert run("undo") == {"undone": "Quote saved"}
    assert due(people["ana"]) == before


@pytest.mark.row("J4")
def test_a_touchpoint_taken_out_goes_and_what_was_done_stays_done(run, quote, people):
    text = run("journeys", "show", "quote")["text"]
    file = quote()
    head, *points = text.split("[[touchpoints]]")
    file.write_text("[[touchpoints]]".join([head, *(p for p in points if 'key = "day_2"' not in p)]), "utf-8")
    first = next(f for f in run("customer", people["ana"])["follow_ups"] if f["touchpoint"] == "day_2")
    run("done", first["id"], now="2026-11-24T10:00")
    said = run("journeys", "preview", file, now="2026-11-24T11:00")
    assert not [each for each in said["changes"] if each["customer_id"] == people["ana"]]
    assert said["same"] >= 1
    run("journeys", "save", file, now="2026-11-24T11:00")
    kept = next(f for f in run("customer", people["ana"])["follow_ups"] if f["touchpoint"] == "day_2")
    assert kept["outcome"].startswith("done")


@pytest.mark.row("J4")
def test_going_back_on_the_command_line(run, quote, people):
    run("journeys", "save", quote('due = "16 days"', 'due = "12 days"'))
    run("journeys", "save", quote('due = "12 days"', 'due = "13 days"'))
    assert run("journeys", "back", "quote", "--to", 1)["version"] == 3
    assert 'due = "12 days"' in run("journeys", "show", "quote")["text"]
    run("journeys", "back", "quote")
    assert run("journeys", "show", "quote")["version"] is None
    assert 'due = "16 days"' in run("journeys", "show", "quote")["text"]


@pytest.mark.row("X9")
def test_a_rehearsal_says_who_would_have_got_what_last_month(run, people):
    ana, ben = people["ana"], people["ben"]
    run("log", "--customer", ben, "--what", "quote_won", "--at", "2026-11-20T10:00")
    before = run("customer", ana)["follow_ups"]
    said = run("journeys", "rehearse", "quote", "--month", "2026-11")
    got = {(each["customer_id"], each["touchpoint"]): each for each in said["contacts"]}
    assert got[ana, "day_2"]["outcome"] == "due"
    assert got[ben, "day_2"]["outcome"] == "due"
    assert got[ben, "day_2"]["at"][:10] == "2026-11-17"
    assert got[ben, "day_9"]["outcome"] == "stopped"
    assert got[ben, "day_9"]["reason_text"].startswith("Quote accepted on")
    assert got[ana, "day_2"]["happened"].startswith("Quote sent on")
    assert said["customers"] == 2
    assert run("journeys", "rehearse", "quote")["contacts"] == []  # October
    assert run("customer", ana)["follow_ups"] == before


@pytest.mark.row("X9", "G1")
def test_a_rehearsal_keeps_to_the_weekly_limit(run, people):
    ana = people["ana"]
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "first", "--at", "2026-11-22T10:00")

    def asked():
        said = run("journeys", "rehearse", "first_visit", "--month", "2026-11", now="2026-11-24T12:00")
        return next(each for each in said["contacts"] if each["purpose"] == "check_in")

    assert (asked()["outcome"], asked()["at"][:10]) == ("due", "2026-11-25")
    key = next(f["id"] for f in run("customer", ana)["follow_ups"] if f["touchpoint"] == "day_2")
    run("done", key, "--how", "call", now="2026-11-24T10:00")
    assert asked()["outcome"] in ("later", "held")
    assert "weekly limit" in asked()["reason_text"]


@pytest.mark.row("X9")
def test_a_journey_that_is_off_can_be_rehearsed_before_it_is_switched_on(run, people):
    run("journeys", "off", "referral")
    run("log", "--customer", people["cleo"], "--what", "referral", "--note", "Sent Dee", "--at", "2026-11-10T10:00")
    said = run("journeys", "rehearse", "referral", "--month", "2026-11")
    assert [each["customer_id"] for each in said["contacts"]] == [people["cleo"]]
    assert not [f for f in run("customer", people["cleo"])["follow_ups"] if f["journey"] == "referral"]
    run("journeys", "on", "referral")
    assert run("undo")["undone"].endswith("is on")


@pytest.mark.row("J7")
def test_more_is_proposed_only_once_the_list_was_kept_for_three_weeks(run, people):
    run("journeys", "off", "referral")
    run("log", "--customer", people["cleo"], "--what", "referral", "--note", "Dee", "--at", "2026-11-10T10:00")

    def proposed(now):
        return {each["key"]: each["proposed"] for each in run("journeys", "list", now=now) if each["proposed"]}

    assert proposed("2026-11-23T09:00") == {}
    run("log", "--customer", people["ben"], "--what", "quote_won", "--at", "2026-11-22T10:00")
    for touchpoint, how, day in (("day_2", "text", "11-24"), ("day_9", "call", "11-30"), ("day_16", "text", "12-07")):
        waiting = run("customer", people["ana"])["follow_ups"]
        key = next(f["id"] for f in waiting if f["touchpoint"] == touchpoint)
        run("done", key, "--how", how, now=f"2026-{day}T10:00")
        assert proposed(f"2026-{day}T11:00") == {}
    assert "1 time in the last 90 days" in proposed("2026-12-16T09:00")["referral"]


@pytest.mark.row("J7")
def test_nothing_is_proposed_while_the_list_is_not_kept(run, people):
    run("journeys", "off", "referral")
    key = next(f["id"] for f in run("customer", people["ana"])["follow_ups"] if f["touchpoint"] == "day_2")
    run("done", key, now="2026-11-24T10:00")
    run("log", "--customer", people["cleo"], "--what", "note", "--note", "x", now="2026-12-16T08:00")
    listed = run("journeys", "list", now="2026-12-16T09:00")
    assert not [each for each in listed if each["proposed"]]
