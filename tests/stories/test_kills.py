"""kill -9 at any moment of an import or of sending: nothing acknowledged is lost, nothing is sent twice."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from datetime import datetime, timedelta

import pytest

from followup_desktop.store.opening import check
from tests.stories.killing import run_and_kill

NOW = datetime.fromisoformat("2026-11-23T09:00-05:00")


def rows(store, query):
    connection = sqlite3.connect(store)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.row("D5")
@pytest.mark.parametrize("seed", range(3))
def test_an_import_is_there_whole_or_not_at_all(run, store, tmp_path, seed):
    people = "".join(f"Customer,Number {n},c{n}@example.com,{n} Hill St\n" for n in range(300))
    path = tmp_path / "customers.csv"
    path.write_text("First Name,Last Name,Email,Street\n" + people)
    before, chance = store.read_bytes(), random.Random(seed)
    for attempt in range(5):
        store.write_bytes(before)
        said = tmp_path / f"said-{attempt}"
        whole = run_and_kill(store, NOW.isoformat(), chance.randrange(0, 24), "import", str(path), str(said))
        assert check(store) == []
        count = rows(store, "SELECT count(*) FROM customers")[0][0]
        assert count in (0, 300)
        if whole or said.exists():
            assert count == 300
    if rows(store, "SELECT count(*) FROM customers") == [(0,)]:
        assert run("import", path)["new"] == 300
    run("undo")
    assert rows(store, "SELECT count(*) FROM customers") == [(0,)]


@pytest.mark.mailserver
@pytest.mark.row("A1")
@pytest.mark.parametrize("seed", range(1))
def test_killed_while_sending_nothing_goes_twice_and_nothing_is_lost(
    run, store, connected, dovecot, smtp_server, password, seed
):
    keys = [approve(run, number) for number in range(6)]
    chance, now = random.Random(seed), NOW + timedelta(minutes=1)
    for _ in range(11):
        run_and_kill(store, now.isoformat(), chance.randrange(0, 60), "send", password)
        assert check(store) == []
        now += timedelta(minutes=3)
    for _ in range(6):
        run_and_kill(store, now.isoformat(), 100_000, "send", password)
        now += timedelta(minutes=6)
    states = dict(rows(store, "SELECT message_id, state FROM messages"))
    taken = Counter(message_id(t.raw) for t in smtp_server.taken)
    copies = Counter(message_id(m.raw) for m in dovecot.messages(connected, "Sent"))
    assert len(states) == len(keys)
    assert max(taken.values()) == 1, "sent twice"
    assert max(copies.values(), default=0) <= 1, "filed twice"
    for key, state in states.items():
        assert state in ("filed", "ask")
        if state == "filed":
            assert (taken[key], copies[key]) == (1, 1)
    assert Counter(states.values())["ask"] <= 11


def approve(run, number):
    customer = run("add", "--given-name", f"Customer {number}", "--email", f"c{number}@example.com")["id"]
    follow_up = run("write", customer)["follow_up_id"]
    return run("send", follow_up)["message_id"]


def message_id(raw):
    import email

    return email.message_from_bytes(raw)["Message-ID"].strip()
