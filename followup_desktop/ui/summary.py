"""What rail and tray show, in one question; and what the palette finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.base.wording import clock_words, short_day_words
from followup_desktop.base.zones import end_of_day, local, local_day
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.messages import queries as messages
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.core.queue.queries.today import queue
from followup_desktop.core.queue.rules.wishes import led_by_wishes
from followup_desktop.store import search


@dataclass(frozen=True, slots=True)
class Line:
    """One promise for the tray's menu."""

    id: int
    customer: str
    when: str
    late: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for rail and tray."""

    cards: int
    open_promises: int
    due_promises: int
    customers: int
    open_cases: int
    promises: tuple[Line, ...]
    mail: str
    mail_good: bool
    demo: bool = False


def summary(session: Session, now: datetime) -> Summary:
    """Count what waits."""
    business = operators.business(session)
    zone = business.zone
    today = end_of_day(local_day(now, zone), zone)
    waiting = promises.open_promises(session)
    due = [p for p in waiting if p.due <= today]
    said, good = _mail(session, now, zone)
    return Summary(
        cards=len(led_by_wishes(queue(session, now), consent.wishes(session))[0].cards),
        open_promises=len(waiting),
        due_promises=len(due),
        customers=customers.count(session),
        open_cases=len(cases.cases(session)),
        promises=tuple(_line(p, now) for p in due),
        mail=said,
        mail_good=good,
        demo=business.demo,
    )


def found_for(session: Session, text: str) -> list[search.Hit]:
    """Return customers, then entries of the history, that fit what was typed."""
    ids = search.customers(session, text, 12)
    names = {c.id: c for c in lists.by_ids(session, ids)}
    people = [search.Hit(key, names[key].name, None, names[key].company or names[key].email) for key in ids]
    return [*people, *search.history(session, text, 12)]


def _line(promise: Promise, now: datetime) -> Line:
    today = local_day(now, promise.zone)
    when = clock_words(promise.due_time) if promise.due_time else short_day_words(promise.due_date, today)
    return Line(promise.id, promise.customer or promise.what, when, promise.due < now)


def _looked_words(looked: datetime, now: datetime, zone: str) -> str:
    at, today = local(looked, zone), local_day(now, zone)
    clock = clock_words(at.time())
    return clock if at.date() == today else f"{short_day_words(at.date(), today)}, {clock}"


def _mail(session: Session, now: datetime, zone: str) -> tuple[str, bool]:
    account = messages.account(session)
    if account is None:
        return "No mail account yet", False
    if account.paused:
        return "Mail is paused: see Settings", False
    states = messages.states(session)
    if states.get("ask", 0) or states.get("failed", 0):
        return "A message needs you", False
    waiting = states.get("queued", 0)
    looked = messages.last_look(session)
    ready = f"Mail checked {_looked_words(looked, now, zone)}" if looked else "Mail ready"
    return (f"{waiting} in the outbox" if waiting else ready), True
