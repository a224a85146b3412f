"""Reading campaigns: what one would do, and how those that began stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.base.phones import key_of
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import local_day, resolve
from followup_desktop.core.campaigns.model import (
    Campaign,
    CampaignId,
    Candidate,
    LeftOut,
    NewCampaign,
    Outline,
    Pace,
    Progress,
    Recipient,
)
from followup_desktop.core.campaigns.rules import outline
from followup_desktop.core.campaigns.tables import CampaignRow, LeftOutRow
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.rules import Standing
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.drafts.model import Facts, Template
from followup_desktop.core.drafts.queries import (
    campaign_facts,
    campaign_language,
    facts_of,
    segments_for,
    templates_now,
)
from followup_desktop.core.drafts.rules.days import LANGUAGE_NAMES, LANGUAGES
from followup_desktop.core.drafts.rules.footing import is_commercial, with_footer
from followup_desktop.core.drafts.rules.reading import FREE, choose
from followup_desktop.core.history.model import FROM_THEM, FROM_US
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.journeys.model import FollowUp, FollowUpId, FollowUpSource, Outcome
from followup_desktop.core.journeys.tables import FollowUpRow, InvitedRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.queue.queries import today
from followup_desktop.core.segments.queries import where
from followup_desktop.core.segments.rules import conditions_of

CARRIES_WORDS = "continuity/campaign"
ANSWER_WITHIN = timedelta(days=14)
SAMPLES = 3
_DONE = {
    Outcome.SENT: "Sent",
    Outcome.CALLED: "Called",
    Outcome.TEXTED: "Text sent",
    Outcome.CARD: "Card written",
    Outcome.IN_PERSON: "Said in person",
    Outcome.COVERED: "Covered by another message",
}
_ENDED = {Outcome.SKIPPED: "skipped", Outcome.STOPPED: "stopped", Outcome.LAPSED: "lapsed"}


def preview(session: Session, new: NewCampaign, now: datetime) -> Outline:
    """Return what a campaign would do if it began now."""
    business = operators.business(session)
    found = candidates(session, where(new.conditions, now), business)
    would = outline(found, new, pace(session, business, new.starts, new.days), now)
    missing = _unspoken(session, new, would, business)
    return replace(would, advice=" ".join(part for part in (would.advice, missing) if part)) if missing else would


def _unspoken(session: Session, new: NewCampaign, would: Outline, business: Business) -> str:
    """Say how many read a language there are templates in, but no words of this campaign; nothing where none do."""
    if not (new.words or new.ask):
        return ""
    reads = _languages(session, [place.customer for place in would.places], business)
    said = {business.language[:2], *new.other}
    counts = Counter(language for language in reads.values() if language in LANGUAGES - said)
    return " ".join(
        f"{count_words(count, 'of them reads', 'of them read')} {LANGUAGE_NAMES[language]} and would get it in "
        f"{LANGUAGE_NAMES.get(business.language[:2], business.language)}: say it in {LANGUAGE_NAMES[language]} too."
        for language, count in sorted(counts.items())
    )


def _languages(session: Session, ids: Sequence[int], business: Business) -> dict[int, str]:
    rows = session.execute(select(CustomerRow.id, CustomerRow.language).where(CustomerRow.id.in_(ids)))
    return {key: (language or business.language)[:2] for key, language in rows}


def pace(session: Session, business: Business, starts: date, days: int) -> Pace:
    """Return how a campaign is spread: what is due anyway, and how much the owner takes on in a day."""
    return Pace(starts, days, business.daily_capacity, _taken(session, business.zone, starts), business.quiet_sundays)


def _taken(session: Session, zone: str, starts: date) -> dict[date, int]:
    query = select(FollowUpRow.customer_id, FollowUpRow.due).where(FollowUpRow.state == "open")
    begins = resolve(starts, time(0), zone)
    on: dict[date, set[int]] = defaultdict(set)
    for customer, due in session.execute(query.where(FollowUpRow.due >= begins)):
        on[local_day(due, zone)].add(customer)
    return {day: len(found) for day, found in on.items()}


_WHO: Any = (
    select(
        CustomerRow.id,
        CustomerRow.household_id,
        CustomerRow.stage,
        CustomerRow.name,
        CustomerRow.zone,
        CustomerRow.email,
        CustomerRow.phone,
        CustomerRow.street,
        ContactRow.last_counted_at,
        ContactRow.last_out_at,
    )
    .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
    .order_by(CustomerRow.id)
)


def candidates(session: Session, members: Any, business: Business) -> list[Candidate]:
    """Return customers with what decides whether and when they may get a campaign. `members` says which."""
    refused, suppressed, bounced = consent.refused(session), consent.suppressed(session), today.bounced(session)
    often, phones, stopping = (
        consent.often(session),
        consent.suppressed(session, "phone"),
        consent.asked_to_stop(session),
    )
    cases, engaged, requested = today.open_cases(session), _engaged(session), _requested(session)
    return [
        Candidate(
            customer=row.id,
            household=row.household_id,
            stage=row.stage,
            standing=Standing(
                name=row.name,
                zone=row.zone or business.zone,
                email=row.email,
                phone=row.phone,
                street=row.street,
                last_counted_at=row.last_counted_at if business.weekly_limit and row.id not in often else None,
                open_case_of=cases.get(row.id, ""),
                refused=refused.get(row.id, frozenset()),
                suppressed=bool(row.email) and row.email.casefold() in suppressed,
                bounced=bool(row.email) and row.email.casefold() in bounced,
                phone_suppressed=bool(row.phone) and key_of(row.phone) in phones,
                asked_to_stop=stopping.get(row.id, ""),
            ),
            last_contact=row.last_out_at,
            engaged_until=engaged.get(row.id) if business.weekly_limit else None,
            requested_at=requested.get(row.id),
        )
        for row in session.execute(_WHO.where(members))
    ]


def _engaged(session: Session) -> dict[int, datetime]:
    query = (
        select(FollowUpRow.customer_id, func.max(FollowUpRow.due))
        .where(FollowUpRow.source == FollowUpSource.CAMPAIGN, FollowUpRow.state == "open")
        .group_by(FollowUpRow.customer_id)
    )
    return {key: at for key, at in session.execute(query)}


def _requested(session: Session) -> dict[int, datetime]:
    query = (
        select(EventRow.customer_id, func.max(EventRow.at))
        .where(EventRow.what.in_(FROM_US), EventRow.purpose == Purpose.REVIEW_REQUEST)
        .group_by(EventRow.customer_id)
    )
    return {key: at for key, at in session.execute(query)}


# How those that began stand


def campaigns(session: Session, now: datetime) -> list[Campaign]:
    """Return every campaign, the newest first."""
    rows = session.scalars(select(CampaignRow).order_by(CampaignRow.id.desc())).all()
    return _with_progress(session, rows, now)


def campaign(session: Session, key: int, now: datetime) -> Campaign:
    """Return one campaign; raises Problem when there is none with that number."""
    row = session.get(CampaignRow, key)
    if row is None:
        raise Problem(f"There is no campaign {key}.", "Nothing was changed.", "Look the number up: campaign list.")
    return _with_progress(session, [row], now)[0]


def recipients(session: Session, key: int, now: datetime) -> list[Recipient]:
    """Return who gets a campaign and how each stands, by day, then name."""
    return _recipients(session, [key], now).get(key, [])


def left_out(session: Session, key: int) -> list[LeftOut]:
    """Return who does not get a campaign, and why, by name."""
    query = (
        select(LeftOutRow.customer_id, CustomerRow.name, LeftOutRow.why)
        .join(CustomerRow, CustomerRow.id == LeftOutRow.customer_id)
        .where(LeftOutRow.campaign_id == key)
        .order_by(CustomerRow.sort_name, CustomerRow.id)
    )
    return [LeftOut(*row) for row in session.execute(query)]


def _with_progress(session: Session, rows: Sequence[CampaignRow], now: datetime) -> list[Campaign]:
    found = _recipients(session, [row.id for row in rows], now)
    return [_campaign(row, found.get(row.id, [])) for row in rows]


def _campaign(row: CampaignRow, found: Sequence[Recipient]) -> Campaign:
    return Campaign(
        id=CampaignId(row.id),
        uuid=row.uuid,
        topic=row.topic,
        words=row.words,
        ask=row.ask,
        segment=row.segment,
        conditions=conditions_of(row.conditions),
        purpose=row.purpose,
        template=row.template,
        starts=row.starts,
        days=row.days,
        open_days=row.open_days,
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        done_by=max((r.day for r in found if r.state != "stopped"), default=None),
        progress=progress_of(found),
    )


def progress_of(found: Iterable[Recipient]) -> Progress:
    """Count how the places of a campaign stand."""
    counts: dict[str, int] = defaultdict(int)
    for recipient in found:
        counts[recipient.state] += 1
        counts["answered"] += recipient.answered
    return Progress(**counts)


def _recipients(session: Session, keys: Collection[int], now: datetime) -> dict[int, list[Recipient]]:
    query = (
        select(InvitedRow, FollowUpRow, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == InvitedRow.customer_id)
        .outerjoin(FollowUpRow, FollowUpRow.invited_id == InvitedRow.id)
        .where(InvitedRow.campaign_id.in_(keys))
        .order_by(InvitedRow.due, CustomerRow.sort_name, InvitedRow.id)
    )
    rows = session.execute(query).all()
    zone = operators.business(session).zone
    held = (
        _held(session, now) if any(f is not None and f.state == "open" and f.opens <= now for _, f, _n in rows) else {}
    )
    heard = _heard(session, rows)
    found: dict[int, list[Recipient]] = defaultdict(list)
    for place, follow_up, name in rows:
        found[place.campaign_id].append(_recipient(place, follow_up, name, _At(now, zone, held, heard)))
    return found


@dataclass(frozen=True, slots=True)
class _At:
    """What is the same for all: the moment, the zone, what Today holds back, and when each was heard from."""

    now: datetime
    zone: str
    held: dict[int, str]
    heard: dict[int, list[datetime]]


def _held(session: Session, now: datetime) -> dict[int, str]:
    return {item.follow_up: item.reason_text for item in today.queue(session, now).held}


def _heard(session: Session, rows: Sequence[Any]) -> dict[int, list[datetime]]:
    since = min((place.at for place, _follow_up, _name in rows), default=None)
    if since is None:
        return {}
    ids = {place.customer_id for place, _follow_up, _name in rows}
    query = select(EventRow.customer_id, EventRow.at).where(EventRow.what.in_(FROM_THEM), EventRow.at >= since)
    found: dict[int, list[datetime]] = defaultdict(list)
    for customer, at in session.execute(query):
        if customer in ids:
            found[customer].append(at)
    return found


def _recipient(place: InvitedRow, follow_up: FollowUpRow | None, name: str, at: _At) -> Recipient:
    state, outcome, why = _stands(place, follow_up, at)
    ended = follow_up.ended_at if follow_up is not None and state == "sent" else None
    heard = at.heard.get(place.customer_id, [])
    return Recipient(
        customer=place.customer_id,
        name=name,
        day=local_day(place.due, at.zone),
        follow_up=follow_up.id if follow_up is not None else None,
        state=state,
        outcome=outcome,
        why=why,
        answered=ended is not None and any(ended < moment <= ended + ANSWER_WITHIN for moment in heard),
    )


def _stands(place: InvitedRow, follow_up: FollowUpRow | None, at: _At) -> tuple[str, str, str]:
    if follow_up is None:
        return "stopped", "Not written", place.stopped
    if follow_up.state != "open":
        outcome = Outcome(follow_up.outcome)
        state = _ENDED.get(outcome, "sent")
        return state, _DONE.get(outcome, state.capitalize()), follow_up.outcome_why
    if follow_up.opens > at.now or (follow_up.later_until is not None and follow_up.later_until > at.now):
        return "coming", "Coming", ""
    if follow_up.id in at.held:
        return "held", "Held back", at.held[follow_up.id]
    return "today", "On Today", ""


# What the messages would say


@dataclass(frozen=True, slots=True)
class Sample:
    """What one of them would get."""

    customer: int
    name: str
    subject: str
    text: str


def samples(
    session: Session, new: NewCampaign, whom: Sequence[int], templates: Sequence[Template], now: datetime
) -> list[Sample]:
    """Return the drafts some customers would get, as they would stand on Today."""
    from followup_desktop.core.drafts.rules.compose import compose  # brings Jinja2: only where drafts are shown

    business = operators.business(session)
    here = templates_now(session, templates)
    found = []
    for key in _telling(whom, _languages(session, whom, business)):
        customer = customers.customer(session, key)
        spoken = customer.person.language or business.language
        language = campaign_language(new.about, spoken, business.language)
        facts = facts_of(session, _as_if(new, key, now), customer, business, now, language)
        known = Facts.of([*campaign_facts(new.about, language), *facts.by_key.values()])
        template = choose(here, template_of(new), "email", language, segments_for(session, customer, here, now))
        if template is not None:
            draft = compose(template, known)
            text = draft.text
            if is_commercial(new.purpose, FollowUpSource.CAMPAIGN):
                text = with_footer(text, business.name, business.postal_address, language)
            found.append(Sample(key, customer.name, draft.subject, text))
    return found


def _telling(whom: Sequence[int], reads: Mapping[int, str]) -> list[int]:
    """Return whose drafts to show: the first ones, with one of each language among them."""
    chosen = sorted({reads.get(key, ""): key for key in reversed(whom)}.values(), key=whom.index)[:SAMPLES]
    more = (key for key in whom if key not in chosen)
    return sorted([*chosen, *islice(more, SAMPLES - len(chosen))], key=whom.index)


def template_of(new: NewCampaign) -> str:
    """Return the key of the template a campaign uses: the one that carries its words, else the purpose's own."""
    return new.template or (CARRIES_WORDS if new.words else f"{new.purpose}/{FREE}")


def _as_if(new: NewCampaign, customer: int, now: datetime) -> FollowUp:
    return FollowUp(
        id=FollowUpId(0),
        uuid="",
        customer=customer,
        key="campaign/0",
        source=FollowUpSource.CAMPAIGN,
        journey="",
        touchpoint="campaign",
        purpose=new.purpose,
        template=template_of(new),
        channels=new.channels,
        transactional=False,
        opens=now,
        due=now,
        closes=None,
        later_until=None,
        state="open",
        outcome="",
        why_here="",
        removed_by="",
        event=None,
        promise=None,
        case=None,
        message=None,
    )
