"""Two campaigns lived through, day by day, beside everything else that is due: the rules hold for everyone."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from followup_desktop.commands import campaigns as commands
from followup_desktop.commands import messages
from followup_desktop.commands.consent import set_consent
from followup_desktop.core.campaigns import queries
from followup_desktop.core.campaigns.model import NewCampaign
from followup_desktop.core.history.tables import EventRow
from tests.conftest import MONDAY

WEEK = timedelta(days=7)
LEAVES = NewCampaign("Leaves", "", (), date(2026, 11, 23), 4, words="They fall.", ask="Shall I come?")
COVERS = NewCampaign("Covers", "", (), date(2026, 11, 26), 4, words="Covers are in.", ask="Shall I bring one?")


@pytest.mark.row("J2", "G1")
@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_hears_more_than_once_a_week_and_every_place_ends_in_a_stated_outcome(
    desk, clock, add, log, queue, read, seed
):
    chance, refused_on = Random(seed), {}
    people = [add(f"Customer {number:02}") for number in range(14)]
    for key in people[:5]:
        log(key, "visit_done", visit="repair", about="pump")
    keys = [commands.start(desk, LEAVES).result, commands.start(desk, COVERS).result]
    for day in range(24):
        clock.moment = MONDAY + timedelta(days=day)
        for card in queue().cards:
            clock.moment += timedelta(minutes=2)
            if chance.random() < 0.8:
                messages.done(desk, card.leading.id, "text")
        who = chance.choice(people)
        match chance.choice(["booking", "complaint", "call", "no", "inquiry", ""]):
            case "no":
                set_consent(desk, who, "email", allowed=False)
                refused_on.setdefault(who, clock.moment)
            case "":
                pass
            case what:
                log(who, what)
    for key in keys:
        found = read(queries.recipients, key, clock.now())
        assert {r.customer for r in found} | {o.customer for o in read(queries.left_out, key)} == set(people)
        assert {r.state for r in found} <= {"sent", "skipped", "stopped", "lapsed"}
        assert all(r.why for r in found if r.state in ("stopped", "lapsed"))
    said = select(EventRow.customer_id, EventRow.at).where(EventRow.counts, EventRow.what == "message_out")
    heard = select(EventRow.customer_id, EventRow.at).where(EventRow.counts)
    counted = {key: sorted(at for who, at in read(rows, heard) if who == key) for key in people}
    for who, at in read(rows, said):
        assert not [other for other in counted[who] if at - WEEK < other < at]
        assert at <= refused_on.get(who, at + WEEK)


def rows(session, query):
    return session.execute(query).all()
