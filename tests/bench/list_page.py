"""Row 7: the next page of the customer list, from the middle of it.

What the database does for the page is measured beside the same columns of as many customers by consecutive number: that
is what finding them by name may cost. The page as the window gets it, with route, next step and days in words, is
measured beside it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.queue.queries import customers
from tests.bench import business
from tests.bench.pairing import Figure, Pairs, Setting, paired, slope, timed
from tests.bench.replay import Statement, asked_again, reader, statements_of

ROW = "7"
GOAL = 1.3
SLOPE = 0.05
SMALL = 1_000
PAIRS = 200


def measure(setting: Setting) -> Sequence[Figure]:
    """Measure the page here, and how it grows from a small business to this one."""
    here, whole = _page(setting, setting.customers)
    figures = [
        Figure(ROW, "finding the next page of 100 / 100 by number", here.ratio, GOAL, here.note()),
        Figure(ROW, "the page as the window gets it / 100 by number", whole.ratio, None, whole.note()),
    ]
    if setting.customers > SMALL:
        small, _ = _page(setting, SMALL)
        grown = slope(median(small.one), median(here.one), setting.customers / SMALL)
        figures.append(Figure(ROW, f"exponent of its growth from {SMALL:,} customers / {SLOPE}", grown / SLOPE, 1.0))
    return figures


def _page(setting: Setting, size: int) -> tuple[Pairs, Pairs]:
    path = business.store_of(size, setting.folder)
    program = Program(path, FixedClock(business.NOW))
    question = partial(_middle, size=size)
    statements = statements_of(program.desk.store, question)
    page = next(one for one in statements if "sort_name >=" in one[0])
    with program.desk.store.read() as session:
        connection = reader(path)
        floor = timed(_by_number(connection, page, size))
        found = paired(timed(asked_again(connection, [page])), floor, setting.pairs(PAIRS))
        whole = paired(timed(partial(question, session)), floor, setting.pairs(PAIRS))
        connection.close()
    program.close()
    return found, whole


def _middle(session: Session, size: int) -> object:
    after = customers.key_of(session, size // 2)
    return customers.page(session, business.NOW, business.ZONE, customers.Filter(), after)


def _by_number(connection: sqlite3.Connection, page: Statement, size: int) -> Callable[[], object]:
    """Return the floor: the columns of the page, of customers by consecutive number."""
    sql = f"{page[0].partition('WHERE')[0]} WHERE customers.id > ? ORDER BY customers.id LIMIT 100"
    return asked_again(connection, [(sql, (size // 2,))])
