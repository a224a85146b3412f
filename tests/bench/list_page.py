"""Row 7: the next page of the customer list, from the middle of it.

What the database does for the page is measured beside the same columns of as many customers by consecutive number: that
is what finding them by name may cost. The page as the window gets it, with route, next step and days in words, is
measured beside it too. Growth is the page of this business beside the page of a small one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.queue.queries import customers
from tests.bench import business
from tests.bench.pairing import Figure, Pairs, Setting, paired, timed
from tests.bench.replay import Statement, asked_again, reader, statements_of

ROW = "7"
GOAL = 1.3
EXPONENT = 0.05
"""How steeply the page may grow with the business: doubling it may cost 2 to the power of this."""
SMALL = 1_000
PAIRS = 200


def measure(setting: Setting) -> Sequence[Figure]:
    """Measure the page of this business, and beside the page of a small one."""
    here = _Page(setting, setting.customers)
    found = here.beside(here.by_number(), setting.pairs(PAIRS))
    whole = here.whole(setting.pairs(PAIRS))
    figures = [
        Figure(ROW, "finding the next page of 100 / 100 by number", found.ratio, GOAL, found.note()),
        Figure(ROW, "the page as the window gets it / 100 by number", whole.ratio, None, whole.note()),
    ]
    if setting.customers > SMALL:
        small = _Page(setting, SMALL)
        grown = here.beside(small.find, setting.pairs(PAIRS))
        goal = (setting.customers / SMALL) ** EXPONENT
        figures.append(Figure(ROW, f"the same page / that of {SMALL:,} customers", grown.ratio, goal, grown.note()))
        small.close()
    here.close()
    return figures


class _Page:
    """The page in the middle of a business's list."""

    def __init__(self, setting: Setting, size: int) -> None:
        path = business.store_of(size, setting.folder)
        self._size, self._program = size, Program(path, FixedClock(business.NOW))
        self._connection: sqlite3.Connection = reader(path)
        statements = statements_of(self._program.desk.store, self._ask)
        self._page: Statement = next(one for one in statements if "sort_name >=" in one[0])
        self.find = asked_again(self._connection, [self._page])

    def beside(self, floor: Callable[[], object], pairs: int) -> Pairs:
        """Find the page, in turn with a floor."""
        return paired(timed(self.find), timed(floor), pairs)

    def whole(self, pairs: int) -> Pairs:
        """Make the page as the window gets it, in turn with reading as many by number."""
        with self._program.desk.store.read() as session:
            return paired(timed(partial(self._ask, session)), timed(self.by_number()), pairs)

    def by_number(self) -> Callable[[], object]:
        """Return the floor: the columns of the page, of customers by consecutive number."""
        sql = f"{self._page[0].partition('WHERE')[0]} WHERE customers.id > ? ORDER BY customers.id LIMIT 100"
        return asked_again(self._connection, [(sql, (self._size // 2,))])

    def close(self) -> None:
        """Close the store."""
        self._connection.close()
        self._program.close()

    def _ask(self, session: Session) -> object:
        after = customers.key_of(session, self._size // 2)
        return customers.page(session, business.NOW, business.ZONE, customers.Filter(), after)
