"""Writing campaigns: beginning, stopping, going on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import Quiet, end_of_day, local_day, resolve
from followup_desktop.core.campaigns import queries
from followup_desktop.core.campaigns.model import CampaignId, NewCampaign, Outline, Place
from followup_desktop.core.campaigns.rules import places_again
from followup_desktop.core.campaigns.tables import CampaignRow, LeftOutRow
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.journeys.model import Outcome
from followup_desktop.core.journeys.tables import FollowUpRow, InvitedRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.segments.rules import data_of
from followup_desktop.store.store import Work

OWNER_STOPPED = "You stopped the campaign."
DUE_AT = time(12)
"""When on its day a place is due, by the business's clock: it is on Today from the morning on."""


def start(work: Work, new: NewCampaign, found: Outline, business: Business) -> CampaignId:
    """Begin a campaign: from here on it is fixed who gets it, and who does not and why."""
    if not found.places:
        raise Problem("Nobody would get it.", "Nothing was started.", "Change the segment; each name says why not.")
    row = work.add(
        CampaignRow(
            topic=new.topic,
            words=new.words,
            ask=new.ask,
            segment=new.segment,
            conditions=data_of(new.conditions),
            purpose=str(new.purpose),
            template=queries.template_of(new),
            starts=new.starts,
            days=new.days,
            open_days=new.open_days,
            started_at=work.now,
        )
    )
    why = f"You are writing to {count_words(len(found.places), 'customer', 'customers')} about “{new.topic}”."
    for place in found.places:
        opens, due, closes = _times(place.day, new.open_days, business)
        work.session.add(
            InvitedRow(
                campaign_id=row.id,
                customer_id=place.customer,
                at=work.now,
                opens=opens,
                due=due,
                closes=closes,
                purpose=row.purpose,
                template=row.template,
                channels=list(new.channels),
                about=new.about,
                why_here=why,
            )
        )
    for one in found.left_out:
        work.session.add(LeftOutRow(campaign_id=row.id, customer_id=one.customer, why=one.why))
    work.session.flush()
    return CampaignId(row.id)


def _times(day: date, open_days: int, business: Business) -> tuple[datetime, datetime, datetime]:
    zone = business.zone
    closes = end_of_day(day + timedelta(days=open_days - 1), zone)
    quiet = Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays)
    # What would close on a quiet day stays open over the next one it may be said on.
    allowed = end_of_day(
        local_day(quiet.next_allowed(resolve(local_day(closes, zone), DUE_AT, zone), zone), zone), zone
    )
    return resolve(day, time(0), zone), resolve(day, DUE_AT, zone), max(closes, allowed)


def stop(work: Work, campaign: int) -> str:
    """Stop a campaign and return its topic: what is not written yet is not written."""
    row = row_of(work, campaign)
    if row.stopped_at is not None:
        raise Problem("This campaign is stopped already.", "Nothing was changed.", "Resume it to go on.")
    row.stopped_at = work.now
    for place in _open_places(work, campaign):
        place.stopped = OWNER_STOPPED
    return row.topic


def resume(work: Work, campaign: int, business: Business) -> int:
    """Go on with a stopped campaign, spread anew from today; return how many are left."""
    row = row_of(work, campaign)
    if row.stopped_at is None:
        raise Problem("This campaign is running.", "Nothing was changed.", "Stop it first.")
    row.stopped_at = None
    left = _stopped_places(work, campaign)
    on = {place.customer: place.day for place in _days_of(work, [p.customer_id for p in left], row, business)}
    for place in left:
        place.stopped = ""
        place.opens, place.due, place.closes = _times(on[place.customer_id], row.open_days, business)
    return len(left)


def _days_of(work: Work, ids: list[int], row: CampaignRow, business: Business) -> list[Place]:
    today = local_day(work.now, business.zone)
    rest = queries.candidates(work.session, CustomerRow.id.in_(ids), business)
    return places_again(rest, queries.pace(work.session, business, max(today, row.starts), row.days))


def _open_places(work: Work, campaign: int) -> list[InvitedRow]:
    query = select(InvitedRow).join(FollowUpRow, FollowUpRow.invited_id == InvitedRow.id)
    return list(work.session.scalars(query.where(InvitedRow.campaign_id == campaign, FollowUpRow.state == "open")))


def _stopped_places(work: Work, campaign: int) -> list[InvitedRow]:
    query = select(InvitedRow).join(FollowUpRow, FollowUpRow.invited_id == InvitedRow.id)
    only = FollowUpRow.outcome == Outcome.STOPPED, InvitedRow.stopped == OWNER_STOPPED
    return list(work.session.scalars(query.where(InvitedRow.campaign_id == campaign, *only)))


def row_of(work: Work, campaign: int) -> CampaignRow:
    """Return a campaign's row; raises Problem when there is none with that number."""
    row = work.session.get(CampaignRow, campaign)
    if row is None:
        raise Problem(f"There is no campaign {campaign}.", "Nothing was changed.", "Look the number up: campaign list.")
    return row
