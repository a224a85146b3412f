"""A business of any size: customers with ten entries of history each, and a day like any other before it.

About one customer in a hundred is due today, as on a real day; more wait for later, most are long done. Words are
spread as in a language: few are everywhere, most are rare. The same size always gives the same business.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.consent.tables import ConsentRow
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.schema import Table
from followup_desktop.store.store import Work

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
"""Monday 23 November 2026, 9:00 in New York."""
NOW_TEXT = "2026-11-23T09:00"
ZONE = "America/New_York"
ENTRIES = 10
DUE_EVERY = 100
BATCH = 2_000
ROUTES = 20

BUSINESS: Mapping[str, Any] = {
    "business.name": "Blue Heron Pools",
    "business.owner": "Dana Whitlock",
    "business.phone": "555-0142",
    "business.zone": ZONE,
    "business.region": "US",
    "business.currency": "USD",
    "business.language": "en",
}
GIVEN = "Ava Liam Noah Emma Olivia Mason Sofia Lucas Mia Ethan Isla Jack Chloe Leo Zoe Owen Ruby Max Ella Theo".split()
FAMILY = "Smith Jones Brown Garcia Miller Davis Lopez Wilson Moore Taylor Lee Harris Clark Lewis Young Walker".split()
TRADE = (
    "pump filter leak valve heater chlorine skimmer salt cell algae green water gate dog key quote spring autumn "
    "season warranty birthday callback complaint praised neighbour discount payment late early weekend morning"
).split()
SYLLABLES = "ba be da de fa fi go ha jo ka ki la lo ma mi na no pa po ra re sa se ta ti va wa ster lin ton man".split()
WHATS = ("visit_done", "visit_done", "call", "message_out", "message_in", "note", "purchase", "rating", "quote_sent")
WAITS = ("message_in", "rating", "quote_sent")
KINDS = (
    ("quote", "day_2", "quote_check_in", "quote_check_in/day_2", "Quote sent on Thu 19 Nov"),
    ("repair", "next_day", "thank_you", "thank_you/repair", "Repair done on Fri 20 Nov"),
    ("first_visit", "day_3", "check_in", "check_in/first_visit", "First visit done on Thu 19 Nov"),
    ("purchase", "next_day", "thank_you", "thank_you/purchase", "Bought something on Fri 20 Nov"),
)


def store_of(customers: int, folder: Path) -> Path:
    """Return the store of a business of this size, made when first asked for."""
    path = folder / f"business-{customers}.db"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder) as making:
            _make(Path(making) / path.name, customers).rename(path)
    return path


def empty_store(path: Path) -> Path:
    """Make the store of the same business without a customer."""
    from followup_desktop.commands.business import change_settings, first_settings

    program = Program(path, FixedClock(NOW))
    first_settings(program.desk, dict(BUSINESS))
    change_settings(program.desk, dict(BUSINESS))
    program.close()
    return path


def vocabulary(count: int = 20_000) -> list[str]:
    """Return words, the most frequent first."""
    chance = random.Random(7)
    words = dict.fromkeys(TRADE)
    while len(words) < count:
        words["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))] = None
    return list(words)


def notes() -> Iterator[str]:
    """Return notes of 6 to 25 words without end, words as frequent as in a language (Zipf's law)."""
    chance, words = random.Random(11), vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    while True:
        text = chance.choices(words, cum_weights=weights, k=4_000)
        while len(text) > 25:
            length = chance.randint(6, 25)
            yield f"{' '.join(text[:length]).capitalize()}."
            del text[:length]


def _make(path: Path, customers: int) -> Path:
    empty_store(path)
    program = Program(path, FixedClock(NOW))
    with program.desk.store.write("bench", "", undoable=False) as work:
        _insert(work, RouteRow, ({"name": f"Route {n}", "weekday": (n + 2) % 5} for n in range(ROUTES)))
        _insert(work, CustomerRow, map(_customer, range(1, customers + 1)))
        _insert(work, StopRow, map(_stop, range(1, customers + 1)))
        _insert(work, EventRow, map(_event, range(customers * ENTRIES), notes()))
        _insert(work, ContactRow, map(_contact, range(1, customers + 1)))
        _insert(work, FollowUpRow, (_follow_up(key, n) for key in range(1, customers + 1) for n in range(3)))
        _insert(work, MessageRow, map(_message, range(1, customers + 1)))
        _insert(work, ConsentRow, map(_consent, range(7, customers + 1, 50)))
        _insert(work, PromiseRow, map(_promise, range(3, customers + 1, 400)))
        _insert(work, CaseRow, map(_case, range(5, customers + 1, 1_000)))
    program.close()
    return path


def _insert(work: Work, table: type[Table], rows: Iterable[Mapping[str, Any]]) -> None:
    # Asking for the keys makes it a thousand rows a statement; the search index writes to disk at every statement.
    statement = insert(table).returning(*inspect(table).primary_key)
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        work.session.connection().execute(statement, batch).all()


def _customer(key: int) -> dict[str, Any]:
    given, family = GIVEN[key % len(GIVEN)], FAMILY[key * 7 % len(FAMILY)] + (f"-{key // 97}" if key % 3 else "")
    return {
        "id": key,
        "name": f"{given} {family}",
        "sort_name": f"{family} {given}".casefold(),
        "given_name": given,
        "family_name": family,
        "company": f"{family} & Co" if key % 4 == 0 else "",
        "email": f"{given}.{family}.{key}@example.com".lower(),
        "phone": f"+1212{2_000_000 + key * 37 % 7_900_000}",
        "street": f"{key % 9_000 + 1} {FAMILY[key % len(FAMILY)]} Street",
        "city": ("Salem", "Portland", "Bend", "Eugene")[key % 4],
        "stage": "regular",
        "created_at": NOW - timedelta(days=400),
    }


def _stop(key: int) -> dict[str, Any]:
    # Who is due today is driven to on Wednesday: what is due to someone who is visited waits for the visit.
    return {"route_id": key % ROUTES + 1, "customer_id": key, "position": key // ROUTES + 1}


def _event(number: int, note: str) -> dict[str, Any]:
    """Return something that happened in the last three years; what asks for an answer has long had one, as a rule."""
    what, customer, days = WHATS[number % len(WHATS)], number // ENTRIES + 1, number * 7919 % 1_095
    if what in WAITS and customer % DUE_EVERY:
        days = 120 + days % 975
    return {
        "customer_id": customer,
        "what": what,
        "at": _ago(days, number),
        "visit": "routine" if what == "visit_done" else "",
        "note": note,
        "amount": 4_000 + number % 90_000 if what in ("purchase", "quote_sent") else None,
        "currency": "USD",
        "rating": number % 5 + 1 if what == "rating" else None,
        "counts": what == "message_out",
        "recorded_at": NOW,
    }


def _contact(key: int) -> dict[str, Any]:
    days = 3 + key * 31 % 211
    return {
        "customer_id": key,
        "last_out_at": _ago(days, key),
        "last_in_at": _ago(days + 9, key) if key % 3 else None,
        "last_counted_at": _ago(days, key),
        "last_visit_at": _ago(days % 8, key),
        "standing": ("fine", "fine", "watch", "at_risk")[key % 4],
        "risk": key % 4 * 20,
    }


def _follow_up(key: int, number: int) -> dict[str, Any]:
    """Return one of three: long done; due later; and for one customer in a hundred due today, else done too."""
    journey, touchpoint, purpose, template, why = KINDS[(key + number) % len(KINDS)]
    due_today = number == 2 and key % DUE_EVERY == 0
    later = number == 1 and key % 3 == 0
    ahead = -(key // DUE_EVERY % 3) if due_today else 2 + key % 25 if later else -20 - key * 13 % 900
    opens = NOW + timedelta(days=ahead, hours=-1)
    return {
        "customer_id": key,
        "key": f"{journey}:{key}:{touchpoint}:{number}",
        "source": "journey",
        "journey": journey,
        "touchpoint": touchpoint,
        "purpose": purpose,
        "template": template,
        "channels": ["email", "text", "call"],
        "transactional": purpose == "thank_you",
        "priority": 40 + key % 30,
        "event_id": (key - 1) * ENTRIES + number + 1,
        "opens": opens,
        "due": opens + timedelta(hours=2),
        "closes": opens + timedelta(days=4, hours=key // DUE_EVERY % 24),
        "state": "open" if due_today or later else "ended",
        "outcome": "" if due_today or later else "sent",
        "ended_at": None if due_today or later else opens + timedelta(hours=3),
        "why_here": why,
        "removed_by": "leaves when they write or book",
    }


def _message(key: int) -> dict[str, Any]:
    sent = _ago(key * 13 % 1_000, key)
    return {
        "customer_id": key,
        "state": "filed",
        "purpose": "check_in",
        "counts": True,
        "to_address": f"{key}@example.com",
        "subject": "How was it",
        "text": "Hello, was everything as it should be? " * 5,
        "message_id": f"<{key}@example.com>",
        "at": sent,
        "sent_at": sent,
    }


def _consent(key: int) -> dict[str, Any]:
    return {"customer_id": key, "channel": "email", "allowed": False, "source": "said so", "at": _ago(90, key)}


def _promise(key: int) -> dict[str, Any]:
    due = NOW + timedelta(days=key // 400 % 9 - 1)
    return {
        "customer_id": key,
        "what": "ring about the heater",
        "due_date": due.date(),
        "zone": ZONE,
        "due": due,
        "remind_at": due,
        "made_at": _ago(5, key),
    }


def _case(key: int) -> dict[str, Any]:
    return {"customer_id": key, "what": "gate left open", "opened_at": _ago(4, key)}


def _ago(days: int, number: int) -> datetime:
    return NOW - timedelta(days=days, hours=1 + number % 8, minutes=number % 12 * 5)
