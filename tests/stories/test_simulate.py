"""Living through days on a copy: the rules of contact hold, everything ends, and the store stays as it was."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.stories.conftest import Refused

DAYS = 60


@pytest.fixture
def lively(run, store: Path) -> Path:
    store.unlink()
    run("demo", "--customers", 40, "--seed", 3)
    return store


@pytest.mark.row("G1", "Q4", "Q5")
def test_sixty_days_keep_the_rules_and_everything_ends(run, lively):
    before = lively.read_bytes()
    lived = run("simulate", "--days", DAYS, "--seed", 5)
    assert lively.read_bytes() == before
    heard: dict[int, list[datetime]] = defaultdict(list)
    for contact in lived["contacts"]:
        assert set(contact) == {"customer_id", "at", "channel", "purpose", "transactional"}
        if not contact["transactional"]:
            heard[contact["customer_id"]].append(datetime.fromisoformat(contact["at"]))
    for moments in heard.values():
        assert all(b - a >= timedelta(days=7) for a, b in pairwise(moments))
    assert len(heard) > 10
    assert {("continuity", "email"), ("thank_you", "email")} <= {
        (c["purpose"], c["channel"]) for c in lived["contacts"]
    }
    ends = {each["outcome"] for each in lived["follow_ups"]}
    assert ends >= {"sent", "stopped", "skipped", "lapsed"}
    assert ends <= {
        "sent", "done_call", "done_text", "done_card", "done_in_person", "covered", "skipped", "stopped", "lapsed",
    }  # fmt: skip


def test_the_same_seed_gives_the_same_days(run, lively):
    first = run("simulate", "--days", 8, "--seed", 9)
    assert run("simulate", "--days", 8, "--seed", 9) == first
    assert run("simulate", "--days", 8, "--seed", 10) != first


def test_too_many_days_are_refused_in_words(run):
    with pytest.raises(Refused) as refused:
        run("simulate", "--days", 4000)
    assert "too many" in refused.value.said
