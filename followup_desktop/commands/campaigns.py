"""Commands about segments and campaigns."""

from __future__ import annotations

from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.campaigns import queries, records
from followup_desktop.core.campaigns.model import CampaignId, NewCampaign
from followup_desktop.core.campaigns.rules import check_footer, checked
from followup_desktop.core.segments import records as segments
from followup_desktop.core.segments.model import Conditions, SegmentId
from followup_desktop.store.store import Work


@command("segment.save", says="Segment saved")
def save_segment(work: Work, name: str, conditions: Conditions) -> SegmentId:
    """Keep a filter under a name; one of that name is replaced."""
    key = segments.save(work, name, conditions)
    work.says = f"Segment “{segments.row_of(work, key).name}” saved"
    return key


@command("segment.rename", says="Segment renamed")
def rename_segment(work: Work, segment: int, name: str) -> None:
    """Call a segment something else."""
    segments.rename(work, segment, name)


@command("segment.remove", says="Segment removed")
def remove_segment(work: Work, segment: int) -> None:
    """Let go of a segment."""
    work.says = f"Segment “{segments.remove(work, segment)}” removed"


@command("campaign.start", says="Campaign started")
def start(work: Work, new: NewCampaign) -> CampaignId:
    """Begin a campaign: each message comes onto Today on its day, to be read and sent one by one."""
    business = business_of(work)
    new = checked(new, local_day(work.now, business.zone))
    check_footer(new, business.postal_address)
    found = queries.preview(work.session, new, work.now)
    key = records.start(work, new, found, business)
    work.says = f"“{new.topic}” started: {count_words(len(found.places), 'customer', 'customers')}"
    return key


@command("campaign.stop", says="Campaign stopped")
def stop(work: Work, campaign: int) -> None:
    """Stop a campaign: what is not written yet is not written."""
    work.says = f"“{records.stop(work, campaign)}” stopped"


@command("campaign.resume", says="Campaign goes on")
def resume(work: Work, campaign: int) -> int:
    """Go on with a stopped campaign, spread anew from today."""
    left = records.resume(work, campaign, business_of(work))
    work.says = f"“{records.row_of(work, campaign).topic}” goes on: {count_words(left, 'customer', 'customers')} left"
    return left
