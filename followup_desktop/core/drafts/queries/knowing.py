"""What the coach knows of a customer besides the words of a draft: read once, before the first key is pressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.base import money
from followup_desktop.base.zones import local_day
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import Person
from followup_desktop.core.drafts.model import FROM_NOTES, Before, Knowledge, Outdated, Private, Said, Template, Wording
from followup_desktop.core.drafts.queries import Proposal, templates_now
from followup_desktop.core.drafts.rules.days import plain_date
from followup_desktop.core.drafts.rules.footing import is_commercial, with_footer
from followup_desktop.core.drafts.rules.phrases import is_private
from followup_desktop.core.drafts.rules.reading import other_wordings
from followup_desktop.core.drafts.rules.repeats import prepared, repeat_of
from followup_desktop.core.drafts.tables import DraftRow
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import FROM_THEM, Event, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.routes import queries as routes
from followup_desktop.core.routes.model import WEEKDAY_NAMES

YEAR = timedelta(days=365)
ANSWERED_WITHIN = timedelta(days=30)
AHEAD = timedelta(days=61)
MONTH_FIRST = frozenset({"US"})
"""Countries that write 11/20 for 20 November."""
_PRICED = (Happening.QUOTE_SENT, Happening.BOOKING)


def knowledge(session: Session, found: Proposal, templates: Sequence[Template], now: datetime) -> Knowledge:
    """Return what the coach should know beside this draft; `templates` are those that ship."""
    business = operators.business(session)
    customer, person = found.customer, found.customer.person
    zone = person.zone or business.zone
    today = local_day(now, zone)
    kept = session.get(DraftRow, found.follow_up.id) if found.changed else None
    before = said_before(session, customer.id, now, zone)
    return Knowledge(
        channel=found.channel,
        commercial=is_commercial(found.follow_up.purpose, found.follow_up.source),
        postal_address=business.postal_address,
        refused=_refused(session, found, today, zone),
        today=today,
        written=local_day(kept.at, zone) if kept else None,
        day_first=business.region not in MONTH_FIRST,
        visits=tuple(routes.visits_between(session, customer.id, today, today + AHEAD)),
        outdated=tuple(_outdated(session, customer.id, found.language)),
        made=found.made,
        before=before,
        wordings=tuple(_wordings(session, found, templates, business, before)),
        private=tuple(_private(person)),
        others=other_names(session, customer.id, f"{found.subject}\n{found.text}"),
        answers=_answers(session, found),
        enclosures=tuple(one.name for one in found.enclosures),
        reads=person.language[:2],
    )


def other_names(session: Session, customer: int, text: str) -> frozenset[str]:
    """Return which names in a text are those of customers outside this one's household."""
    from followup_desktop.core.drafts.rules.coach.another_name import names_in  # brings Jinja2

    household = customers.household_names(session, customer)
    return customers.others_named(session, names_in(text).keys(), household)


def said_before(session: Session, customer: int, now: datetime, zone: str) -> Before:
    """Return what everyone of the household heard from us within a year, ready to be compared with."""
    names = customers.household_names(session, customer)
    kinds = (Happening.MESSAGE_OUT, *FROM_THEM)
    events = history.events_since(session, list(names), now - YEAR, kinds)
    return prepared(_said(events, names, customer, zone))


def _said(events: Sequence[Event], names: Mapping[int, str], customer: int, zone: str) -> Iterator[Said]:
    for event in events:
        if event.what is Happening.MESSAGE_OUT and event.note.strip():
            answered = any(_answers_it(event, other) for other in events)
            yield Said(
                day=local_day(event.at, zone),
                to="" if event.customer == customer else names[event.customer],
                subject=event.about,
                text=event.note,
                answered=names[event.customer] if answered else "",
            )


def _answers_it(sent: Event, other: Event) -> bool:
    soon = timedelta() < other.at - sent.at <= ANSWERED_WITHIN
    return soon and other.customer == sent.customer and other.what in FROM_THEM


def _refused(session: Session, found: Proposal, today: date, zone: str) -> str:
    """Say why nothing may be sent to them by this channel, or nothing."""
    if found.channel != "email" or not found.customer.person.email:
        return ""
    row = consent.suppressed_since(session, found.customer.person.email)
    if row is None:
        return ""
    asked = local_day(row[0], zone)
    return f"{found.customer.name} asked on {plain_date(asked, today)} not to be written to"


def _private(person: Person) -> Iterator[Private]:
    """Give what is noted about someone and is not for a mail."""
    if person.access_note:
        yield Private("how to get in", person.access_note)
    if person.notes:
        yield Private(FROM_NOTES, person.notes)
    for name, value in person.extra.items():
        if value and is_private(name):
            yield Private(f"noted as “{name}”", str(value))


def _outdated(session: Session, customer: int, language: str) -> Iterator[Outdated]:
    """Give the prices that were named for something, and have another one since."""
    query = select(EventRow.about, EventRow.amount, EventRow.currency)
    query = query.where(EventRow.customer_id == customer, EventRow.what.in_(_PRICED), EventRow.amount.is_not(None))
    newest: dict[str, str] = {}
    for about, amount, currency in session.execute(query.order_by(EventRow.at.desc(), EventRow.id.desc())):
        what = " ".join(about.casefold().split())
        price = money.Money(amount or 0, currency)
        words = money.format(price, f"{language[:2]}_US" if currency == "USD" else language)
        if what and newest.setdefault(what, words) != words:
            yield Outdated(words, f"the price of the {about}", newest[what])


def _wordings(
    session: Session, found: Proposal, templates: Sequence[Template], business: Business, before: Before
) -> Iterator[Wording]:
    """Give other wordings of the same message that were not said before; only asked for where this one was."""
    if found.place is None or repeat_of(found.text, before) is None:
        return
    from followup_desktop.core.drafts.rules.compose import compose  # brings Jinja2

    for template in other_wordings(templates_now(session, templates), found.place):
        draft = compose(template, found.known)
        text = draft.text
        if found.channel == "email" and is_commercial(found.follow_up.purpose, found.follow_up.source):
            text = with_footer(text, business.name, business.postal_address, found.language)
        if repeat_of(text, before) is None:
            yield Wording(template.key, draft.subject, text)


_FROM_FACTS = {
    "equipment": ("equipment.what",), "complaint": ("complaint.what",), "quote": ("quote.about", "inquiry.about"),
    "technician": ("visit.technician",), "since": ("customer.since",), "rating": ("rating.score",),
    "last_visit": ("visit.day",), "visit_next": ("visit.next_day",), "referral": ("customer.referred_by",),
}  # fmt: skip


def _answers(session: Session, found: Proposal) -> dict[str, str]:
    """Return what need not be asked, by topic."""
    person = found.customer.person
    known = {
        "phone": person.phone,
        "email": person.email,
        "address": ", ".join(part for part in (person.street, person.city) if part) if person.street else "",
        "name": found.customer.name if person.given_name else "",
        "day": _days(session, found.customer.id),
    }
    for topic, keys in _FROM_FACTS.items():
        known[topic] = next((words for key in keys if (words := found.known.text(key))), "")
    return {topic: answer for topic, answer in known.items() if answer}


def _days(session: Session, customer: int) -> str:
    places = routes.places_of(session, customer)
    return " and ".join(dict.fromkeys(WEEKDAY_NAMES[place.weekday] for place in places))
