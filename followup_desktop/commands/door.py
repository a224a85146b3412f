"""What makes a function a command: one transaction, one undo step, one entry in the palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from followup_desktop.base.changes import Done
from followup_desktop.commands.desk import Desk
from followup_desktop.core.history.records import refresh_contacts
from followup_desktop.core.journeys.records import lapse, reconcile
from followup_desktop.core.journeys.rules.plan import Plan
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.risk import records as risk
from followup_desktop.store.store import Work

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Command(Generic[P, T]):
    """A verb of the program. One without words (`says`) is the program's own and is no undo step."""

    name: str
    says: str
    body: Callable[Concatenate[Work, P], T]

    def __call__(self, desk: Desk, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Run it in one transaction and bring the follow-ups of everyone it touched in line."""
        with desk.store.write(self.name, self.says, undoable=bool(self.says)) as work:
            result = self.body(work, *args, **kwargs)
            work.session.flush()
            bring_in_line(work, desk)
        return Done(result, work.changes, work.step, work.says)


def bring_in_line(work: Work, desk: Desk) -> None:
    """Work out anew what follows for the customers touched: last contacts, follow-ups, standing."""
    if work.recorder.kinds == _UNDER_WAY:
        return  # a step of the outbox, which runs for each message several times
    lapse(work)
    customers = work.recorder.customers - work.recorder.in_line
    if not customers or work.recorder.kinds.isdisjoint(_MATTERS):
        return
    plan = plan_of(work, desk)
    refresh_contacts(work, customers)
    reconcile(work, customers, plan)
    risk.refresh(work, customers, plan.business.zone)


_UNDER_WAY = {"messages"}
_MATTERS = frozenset(
    {"events", "promises", "cases", "customers", "follow_ups", "invited", "equipment", "agreements", "stops"}
)


def plan_of(work: Work, desk: Desk) -> Plan:
    """Return what planning goes by now: the journeys that are on, and the business."""
    return plan_for(work.session, desk)


def plan_for(session: Session, desk: Desk) -> Plan:
    """Return what planning goes by, for whoever only asks."""
    business = operators.business(session)
    there = desk.library.standings(session, business.trade)
    return Plan([each.journey for each in there if each.on], business)


def business_of(work: Work) -> Business:
    """Return the business, within a command."""
    return operators.business(work.session)


def command(name: str, says: str) -> Callable[[Callable[Concatenate[Work, P], T]], Command[P, T]]:
    """Make a function a command."""

    def make(body: Callable[Concatenate[Work, P], T]) -> Command[P, T]:
        return Command(name, says, body)

    return make


AnyCommand = Command[Any, Any]
