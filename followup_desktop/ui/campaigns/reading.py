"""What the Campaigns page asks the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day
from followup_desktop.core.campaigns import queries
from followup_desktop.core.campaigns.model import (
    PURPOSES_OF_CAMPAIGNS,
    Campaign,
    LeftOut,
    NewCampaign,
    Outline,
    Recipient,
)
from followup_desktop.core.campaigns.queries import Sample
from followup_desktop.core.campaigns.rules import check_footer, checked
from followup_desktop.core.drafts.model import Template
from followup_desktop.core.drafts.queries import templates_now
from followup_desktop.core.drafts.rules.reading import short_name
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.segments import queries as segments
from followup_desktop.core.segments.model import Conditions, Offered, Segment
from followup_desktop.core.segments.rules import filter_words


@dataclass(frozen=True, slots=True)
class CampaignsView:
    """Every campaign and segment, what this store has to choose from, and the day it is."""

    campaigns: tuple[Campaign, ...]
    segments: tuple[Segment, ...]
    offered: Offered
    today: date
    anybody: bool
    templates: tuple[tuple[str, str, str], ...]
    """What can be chosen besides the usual words: purpose, key, and what the template is called."""
    other_language: str = "es"
    """The language there are templates in besides the business's."""


def campaigns_view(session: Session, now: datetime, templates: Sequence[Template]) -> CampaignsView:
    """Return what the page shows at first."""
    business = operators.business(session)
    zone = business.zone
    return CampaignsView(
        campaigns=tuple(queries.campaigns(session, now)),
        segments=tuple(segments.segments(session)),
        offered=segments.offered(session),
        today=local_day(now, zone),
        anybody=segments.count(session, (), now) > 0,
        templates=tuple(_offered(templates_now(session, templates))),
        other_language=next(one for one in ("es", "en") if one != business.language[:2]),
    )


def _offered(templates: Sequence[Template]) -> list[tuple[str, str, str]]:
    """Return the mails that fit a campaign, by what they are called, each once whatever its languages."""
    fitting = {t.key: t.place for t in templates if t.channel == "email" and t.purpose in PURPOSES_OF_CAMPAIGNS}
    found = [(key.partition("/")[0], key, short_name(key) or "written at any time") for key in fitting]
    return sorted(found, key=lambda one: (one[0], one[2].casefold()))


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """One campaign, place by place."""

    campaign: Campaign
    whom: str
    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]
    today: date


def campaign_detail(session: Session, key: int, now: datetime) -> CampaignDetail:
    """Return one campaign with everyone it goes to, and who is left out."""
    campaign = queries.campaign(session, key, now)
    return CampaignDetail(
        campaign=campaign,
        whom=filter_words(campaign.conditions, segments.offered(session)),
        recipients=tuple(queries.recipients(session, key, now)),
        left_out=tuple(queries.left_out(session, key)),
        today=local_day(now, operators.business(session).zone),
    )


@dataclass(frozen=True, slots=True)
class Who:
    """Who a filter finds: how many, the first names, and the filter in words."""

    count: int
    names: tuple[str, ...]
    words: str


def who_fits(session: Session, conditions: Conditions, now: datetime) -> Who:
    """Return who fits now."""
    people = segments.members(session, conditions, now, segments.NAMES)
    return Who(
        count=segments.count(session, conditions, now),
        names=tuple(name for _key, name in people),
        words=filter_words(conditions, segments.offered(session)),
    )


@dataclass(frozen=True, slots=True)
class WouldBe:
    """What a campaign would do, or what is missing before it can begin; the first drafts."""

    outline: Outline | None
    samples: tuple[Sample, ...]
    today: date
    problem: Problem | None = None


def would_be(session: Session, new: NewCampaign, templates: Sequence[Template], now: datetime) -> WouldBe:
    """Return what a campaign would do if it began now."""
    business = operators.business(session)
    today = local_day(now, business.zone)
    outline = queries.preview(session, new, now)
    whom = [place.customer for place in outline.places]
    samples = queries.samples(session, new, whom, templates, now)
    try:
        checked(new, today)
        check_footer(new, business.postal_address)
    except Problem as problem:
        return WouldBe(outline, tuple(samples), today, problem)
    return WouldBe(outline, tuple(samples), today)
