"""Ad hoc: write to anyone, any time, with the same help and the same record."""

import pytest

from tests.stories.conftest import Refused


@pytest.fixture
def ana(run):
    key = run("add", "--given-name", "Ana", "--family-name", "Abel", "--email", "ana@example.com")["id"]
    run("log", "--customer", key, "--what", "visit_done", "--visit", "routine", "--by", "Luis",
        "--note", "chlorine 2.4, skimmer cleaned", "--at", "2026-11-17T10:00", now="2026-11-17T10:05")  # fmt: skip
    return key


@pytest.mark.row("J3")
def test_anyone_is_written_to_with_the_same_help(run, ana):
    assert run("queue")["cards"] == []
    key = run("write", ana)["follow_up_id"]
    (card,) = run("queue")["cards"]
    assert (card["customer"], card["follow_ups"][0]["source"]) == ("Ana Abel", "ad_hoc")
    assert card["why_here"] == "You chose to write."
    draft = run("draft", key)
    assert draft["text"].startswith("Hi Ana,")
    assert any("visit" in fact["source"].casefold() for fact in draft["facts"])
    assert "Luis" in draft["text"]


@pytest.mark.row("J3")
def test_the_purpose_chooses_the_words(run, ana):
    free = run("draft", run("write", ana)["follow_up_id"])
    renewal = run("draft", run("write", ana, "--purpose", "renewal")["follow_up_id"])
    assert free["subject"] != renewal["subject"]
    assert renewal["template"] == "renewal/ad_hoc"


@pytest.mark.row("J3", "G1")
def test_it_leaves_the_same_record_and_counts_like_any_other(run, ana):
    key = run("write", ana)["follow_up_id"]
    run("done", key, "--how", "text", "--note", "asked about the gate")
    shown = run("customer", ana)
    assert (shown["history"][0]["what"], shown["history"][0]["note"]) == ("message_out", "asked about the gate")
    assert next(f for f in shown["follow_ups"] if f["id"] == key)["outcome"] == "done_text"
    again = run("write", ana)["follow_up_id"]
    held = run("queue")["held"]
    assert [(h["follow_up_id"], h["reason"]) for h in held] == [(again, "weekly_limit")]
    run("undo")
    run("undo")
    assert [c["follow_ups"][0]["id"] for c in run("queue")["cards"]] == [key]
    run("undo")
    assert run("queue")["cards"] == []


@pytest.mark.row("J3")
def test_nobody_who_is_not_there_is_written_to(run):
    with pytest.raises(Refused, match="no customer 9"):
        run("write", 9)
