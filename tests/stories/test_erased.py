"""Somebody asks what is kept about them, or to be forgotten: all of it in one file, or nothing of it anywhere."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.stories.conftest import Refused

pytestmark = pytest.mark.row("G5")
NOW, LATER = "2026-11-23T09:00", "2026-11-24T09:00"
WORDS = ("Quillfeather", "ottoline@quillfeather.example", "15552103344", "quillfeather.other", "under the blue pot")
FILE = "First Name,Last Name,Email,Phone,Notes\nOttoline,Quillfeather,ottoline@quillfeather.example,(555) 210-3344,{}\n"


@pytest.fixture
def ottoline(run, tmp_path):
    """A customer of whom something is kept in every way there is."""
    file = tmp_path / "customers.csv"
    for note in ("key under the blue pot", "key under the blue pot, dog"):
        file.write_text(FILE.format(f'"{note}"'))
        run("import", file, now=NOW)
    [key] = [one["id"] for one in run("customers")]
    run("log", "--customer", key, "--what", "note", "--note", "Quillfeather wants it under the blue pot", now=NOW)
    run("log", "--customer", key, "--what", "quote_sent", "--about", "heater", "--amount", "2340", now=NOW)
    run("log", "--customer", key, "--what", "complaint", "--note", "came late", now=NOW)
    run("promise", "add", "ring Ottoline Quillfeather about the heater Friday 9am", now=NOW)
    run("consent", "set", key, "--channel", "text", "--no", now=NOW)
    return key


@pytest.fixture
def ben(run):
    return run("add", "--given-name", "Ben", "--family-name", "Quist", "--email", "ben@quist.example", now=NOW)["id"]


def erase(run, key, *more):
    return run("person", "erase", key, "--name", "ottoline  QUILLFEATHER", *more, now=LATER)


def test_nothing_of_an_erased_customer_is_left_in_the_file_and_the_proof_does_not_name_them(run, ottoline, ben, store):
    run("log", "--customer", ben, "--what", "note", "--note", "Ben likes mornings", now=NOW)
    there = store.read_bytes().lower()
    assert all(word.lower().encode() in there for word in WORDS if word != "quillfeather.other")
    run("person", "erase", ottoline, "--name", "Ottoline Quillfeather", "--may-write", now=LATER)
    left = store.read_bytes().lower()
    assert [word for word in WORDS if word.lower().encode() in left] == []
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,), "the file was written anew"
    [proof] = run("person", "erasures", now=LATER)
    assert proof["customer_id"] == ottoline
    assert proof["records"]["events"] >= 3
    assert "Tuesday 24 November 2026" in proof["proof"]
    assert not any(word in proof["proof"] for word in WORDS)
    assert [one["id"] for one in run("customers")] == [ben]
    assert run("customer", ben, now=LATER)["history"][0]["note"] == "Ben likes mornings"
    assert run("check") == {"ok": True, "problems": []}
    with pytest.raises(Refused, match="no customer"):
        run("customer", ottoline)


@pytest.mark.row("G3")
def test_an_erased_customer_who_comes_back_with_an_import_is_not_written_to(run, ottoline, tmp_path):
    erased = erase(run, ottoline)
    assert erased["stopped"] == 2
    back = tmp_path / "next week.csv"
    back.write_text(FILE.format("from the export"))
    run("import", back, now=LATER)
    [key] = [one["id"] for one in run("customers")]
    assert run("consent", "show", key)["suppressed"] == ["ottoline@quillfeather.example", "+15552103344"]
    number = run("write", key, "--purpose", "continuity", now=LATER)["follow_up_id"]
    queue = run("queue", now=LATER)
    assert queue["cards"] == []
    assert {held["reason"] for held in queue["held"]} == {"no_consent"}
    with pytest.raises(Refused, match="asked not to be written to"):
        run("send", number, now=LATER)


@pytest.mark.mailserver
def test_what_waits_in_the_outbox_does_not_leave(run, connected, ottoline, smtp_server, password):
    run("send", run("write", ottoline, now=NOW)["follow_up_id"], now=NOW)
    assert len(run("outbox", "list", now=NOW)) == 1
    erase(run, ottoline)
    assert run("outbox", "list", now=LATER) == []
    assert run("outbox", "run", now=LATER, stdin=password + "\n")["accepted"] == 0
    assert smtp_server.taken == []


def test_the_name_has_to_be_given_and_nothing_takes_it_back(run, ottoline, ben):
    with pytest.raises(Refused, match="not the name of Ottoline Quillfeather"):
        run("person", "erase", ottoline, "--name", "Ben Quist", now=LATER)
    assert len(run("customers")) == 2
    run("log", "--customer", ben, "--what", "note", "--note", "He heard of us from Ottoline Quillfeather", now=NOW)
    assert erase(run, ottoline)["named_by"] == [{"customer_id": ben, "name": "Ben Quist"}]
    with pytest.raises(Refused, match="Keep the customer"):
        run("undo", now=LATER)  # the adding of Ben: what was logged of him names her, and cannot be taken back any more
    assert [one["id"] for one in run("customers")] == [ben]


def test_a_household_keeps_who_is_left_and_their_hold_ends(run, ottoline, ben, store):
    with closing(sqlite3.connect(store)) as raw, raw:
        raw.execute("INSERT INTO households (id, uuid, name) VALUES (7, 'h', 'Quillfeather')")
        raw.execute("UPDATE customers SET household_id = 7 WHERE id = ?", (ottoline,))
    erase(run, ottoline)
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("SELECT count(*) FROM households").fetchone() == (0,)


def test_all_that_is_kept_is_in_one_file_for_them(run, ottoline, ben, tmp_path):
    page = tmp_path / "theirs.html"
    assert run("person", "export", ottoline, page, now=LATER) == {"file": str(page)}
    text = page.read_text()
    assert all(word in text for word in ("Ottoline Quillfeather", "under the blue pot", "came late", "heater"))
    assert "ben@quist.example" not in text
    assert page.stat().st_mode & 0o777 == 0o600
    run("person", "export", ottoline, tmp_path / "theirs.json", now=LATER)
    records = json.loads((tmp_path / "theirs.json").read_text())["records"]
    assert {"customers", "events", "promises", "cases", "consents", "follow_ups"} <= set(records)
