"""Commands about what happened: logging it, and closing a route's stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import local_day, resolve
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.cases import records as cases
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId, Stage
from followup_desktop.core.feedback import records as feedback
from followup_desktop.core.feedback.model import How, NewAnswer
from followup_desktop.core.history import records
from followup_desktop.core.history.model import LABELS, EventId, Happening, NewEvent
from followup_desktop.core.promises import records as promises
from followup_desktop.store.store import Work

AHEAD = timedelta(minutes=5)
"""How far a clock may be ahead before an event counts as being in the future."""

_NOTES = (Happening.CALL, Happening.IN_PERSON, Happening.NOTE)
"""Whose notes are the owner's own, and may say what was promised."""

_LEADS_TO: dict[Happening, Stage] = {Happening.QUOTE_SENT: Stage.QUOTED, Happening.QUOTE_WON: Stage.NEW}


@command("history.log", says="Logged")
def log(work: Work, customer: CustomerId, new: NewEvent) -> EventId:
    """Write down that something happened to a customer."""
    row = customers.get(work, customer)
    _check(work, new)
    event = records.note(work, customer, _completed(work, new))
    work.says = ""
    scale = feedback.scale_of(new.what)
    if scale is not None:
        feedback.describe(work, customer, event, NewAnswer(scale, new.rating, new.note, How.OTHER, new.at))
    cases.after_event(work, customer, event, new)
    _say(work, f"{LABELS[new.what]}: {row.name}")
    if new.what in _NOTES:
        offer_noted(work, customer, event, new.note, new.at)
    _move_on(work, customer, row.stage, new)
    if new.what is Happening.LEFT:
        customers.set_stage(work, customer, Stage.FORMER)
    return event


def offer_noted(work: Work, customer: int, event: int | None, note: str, at: datetime | None = None) -> None:
    """Offer what the notes of a call say was promised, and say so."""
    business = business_of(work)
    said = promises.Said(note, at or work.now, business.zone, business.region, event=event, noted=True)
    found = promises.offer_all(work, customer, said) if note.strip() else 0
    if found:
        work.says = f"{work.says}. {count_words(found, 'promise', 'promises')} found in the note"


@command("route.close_stop", says="Visit closed")
def close_stop(work: Work, customer: CustomerId, stop: int, day: date, what: Happening, by: str = "") -> EventId:
    """Say what happened at a stop of a day."""
    row = customers.get(work, customer)
    new = NewEvent(what, at=moment_of_visit(work, day), visit="routine", by=by, stop=stop)
    event = records.note(work, customer, new)
    work.says = ""
    cases.after_event(work, customer, event, new)
    _say(work, f"{LABELS[what]}: {row.name}")
    return event


@command("route.close_day", says="Day closed")
def close_day(work: Work, stops: list[tuple[CustomerId, int, str]], day: date) -> int:
    """Mark every given stop of a day as done; return how many. Stops are (customer, stop, technician)."""
    at = moment_of_visit(work, day)
    for customer, stop, by in stops:
        records.note(work, customer, NewEvent(Happening.VISIT_DONE, at=at, visit="routine", by=by, stop=stop))
    work.says = f"{len(stops)} visits done"
    return len(stops)


def moment_of_visit(work: Work, day: date) -> datetime:
    """Return when a visit of `day` is said to have been: now, or noon of an earlier day; raises Problem for a later."""
    zone = business_of(work).zone
    today = local_day(work.now, zone)
    if day > today:
        raise Problem("That day has not come yet.", "Nothing was changed.", "Mark visits when they are done.")
    return work.now if day == today else resolve(day, time(12), zone)


def _say(work: Work, words: str) -> None:
    """Say what was logged, and after it that it was joined to a case, where it was."""
    work.says = f"{words}. {work.says}" if work.says else words


def _check(work: Work, new: NewEvent) -> None:
    if new.at is not None and new.at > work.now + AHEAD and new.what is not Happening.BOOKING:
        raise Problem("That lies in the future.", "Nothing was logged.", "Give the time it happened.")
    if new.what is Happening.RATING and not (new.rating is not None and 1 <= new.rating <= 5):
        raise Problem("A rating is a number from 1 to 5.", "Nothing was logged.", "Give it with the rating.")
    if new.amount is not None and new.amount < 0:
        raise Problem("An amount cannot be below zero.", "Nothing was logged.", "Leave it out, or give what it cost.")


def _completed(work: Work, new: NewEvent) -> NewEvent:
    visit = new.visit or ("routine" if new.what is Happening.VISIT_DONE else "")
    currency = business_of(work).currency if new.amount is not None and not new.currency else new.currency
    return replace(new, visit=visit, currency=currency, counts=new.counts or new.what is Happening.CALL)


def _move_on(work: Work, customer: CustomerId, stage: str, new: NewEvent) -> None:
    to = _LEADS_TO.get(new.what)
    if (to is Stage.QUOTED and stage == Stage.LEAD) or (to is Stage.NEW and stage in (Stage.LEAD, Stage.QUOTED)):
        customers.set_stage(work, customer, to)
