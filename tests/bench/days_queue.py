"""Row 8: today's queue.

What the database does for it is measured beside reading those customers one by one by number, and beside the loop one
would write first: of every customer the last contact, then what is open. The queue as the window gets it, held against
the rules, ordered, and with its reasons in words, is measured beside the loop too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.queue.queries.today import queue
from tests.bench import business
from tests.bench.pairing import Figure, Setting, paired, timed
from tests.bench.replay import asked_again, reader, statements_of

ROW = "8"
GOAL = 3.0
LOOP_GOAL = 0.01
PAIRS = 100
LOOP_PAIRS = 20


def measure(setting: Setting) -> Sequence[Figure]:
    """Measure the queue of a store."""
    path = business.store_of(setting.customers, setting.folder)
    program = Program(path, FixedClock(business.NOW))
    ask = partial(queue, now=business.NOW)
    statements = statements_of(program.desk.store, ask)
    due = next(one for one in statements if "follow_ups.why_here" in one[0])
    with program.desk.store.read() as session:
        connection = reader(path)
        keys = sorted({card.customer for card in ask(session).cards} | {item.customer for item in ask(session).held})
        pairs, loops = setting.pairs(PAIRS), setting.pairs(LOOP_PAIRS)
        floor = paired(timed(asked_again(connection, [due])), timed(_by_key(connection, keys)), pairs)
        loop = timed(_loop(connection))
        asked = paired(timed(asked_again(connection, [due])), loop, loops)
        whole = paired(timed(partial(ask, session)), loop, loops)
        connection.close()
    program.close()
    return [
        Figure(ROW, f"finding what is due / those {len(keys)} customers by number", floor.ratio, GOAL, floor.note()),
        Figure(ROW, "finding what is due / a loop over all customers", asked.ratio, LOOP_GOAL, asked.note()),
        Figure(ROW, "the queue as the window gets it / a loop over all customers", whole.ratio, None, whole.note()),
    ]


def _by_key(connection: sqlite3.Connection, keys: Sequence[int]) -> Callable[[], object]:
    def read() -> int:
        return sum(len(connection.execute(_CUSTOMER, (key,)).fetchone()) for key in keys)

    return read


def _loop(connection: sqlite3.Connection) -> Callable[[], object]:
    now = business.NOW.strftime("%Y-%m-%d %H:%M:%S.%f")

    def read() -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for key, name in connection.execute("SELECT id, name FROM customers").fetchall():
            last = connection.execute(_LAST, (key,)).fetchone()[0]
            for row in connection.execute(_OPEN, (key, now, now)):
                found.append((name, last, *row))
        return found

    return read


_CUSTOMER = "SELECT id, name, household_id, email, phone, street, zone FROM customers WHERE id = ?"
_LAST = "SELECT max(at) FROM events WHERE customer_id = ? AND counts"
_OPEN = (
    "SELECT id, source, journey, touchpoint, purpose, channels, priority, opens, due, closes, why_here FROM follow_ups "
    "WHERE customer_id = ? AND state = 'open' AND opens < ? AND closes > ?"
)
