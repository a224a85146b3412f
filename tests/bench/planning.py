"""Planning: bringing everyone's follow-ups in line after an import, and the plan of the coming 30 days.

Both grow with how many customers there are to look at, so the number printed is the time for a thousand customers;
beside each stands how much longer a customer takes in a business of this size than in a small one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from sqlalchemy import delete
from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.customers.queries import who_is_here
from followup_desktop.core.journeys.records import reconcile
from followup_desktop.core.journeys.rules.plan import Plan
from followup_desktop.core.journeys.tables import FollowUpRow, PlannedRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.queries.outlook import outlook
from tests.bench import business
from tests.bench.pairing import Figure, Setting

ROW = "plan"
SMALL = 1_000
GROWTH_GOAL = 1.3
"""A customer may take so much longer in a large business than in a small one."""


def measure(setting: Setting) -> Sequence[Figure]:
    """Measure planning in a store, beside the same in a small one."""
    small = _seconds_a_thousand(min(SMALL, setting.customers), setting.folder)
    large = small if setting.customers <= SMALL else _seconds_a_thousand(setting.customers, setting.folder)
    return [
        Figure(
            ROW, f"{what}, a customer in this business / in one of {SMALL:,}", there / here, GROWTH_GOAL,
            f"{there:.2f} s for a thousand",
        )
        for what, here, there in zip(("planned anew", "planned again", "the next 30 days"), small, large, strict=True)
    ]  # fmt: skip


def _seconds_a_thousand(customers: int, folder: Path) -> tuple[float, float, float]:
    """Return how long a thousand customers take to be planned anew, to be found in line, and to be shown."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(shutil.copy(business.store_of(customers, folder), Path(scratch) / "plan.db"))
        program = Program(path, FixedClock(business.NOW))
        with program.desk.store.write("bench", "", undoable=False) as work:
            for table in (FollowUpRow, PlannedRow):
                work.session.execute(delete(table))
        anew, again = _took(lambda: _plan_all(program)), _took(lambda: _plan_all(program))
        shown = _took(lambda: _show(program))
        program.close()
    return anew * 1000 / customers, again * 1000 / customers, shown * 1000 / customers


def _took(do: Callable[[], None]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


def _plan_all(program: Program) -> None:
    with program.desk.store.write("bench", "", undoable=False) as work:
        reconcile(work, who_is_here(work.session), _everything(program, work.session))


def _show(program: Program) -> None:
    with program.desk.store.read() as session:
        outlook(session, _everything(program, session), business.NOW, 30)


def _everything(program: Program, session: Session) -> Plan:
    """Return a plan with every journey switched on, those that time starts among them."""
    return Plan(program.shipped.journeys, operators.business(session))
