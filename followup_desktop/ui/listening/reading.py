"""What the Listening page asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from followup_desktop.base.zones import local_day
from followup_desktop.core.feedback import queries
from followup_desktop.core.feedback.model import Answer, Review, ReviewLine, Scale, Talk, Themes
from followup_desktop.core.feedback.rules.reviews import answer_draft
from followup_desktop.core.insights.model import Nps, Score
from followup_desktop.core.insights.rules import net_promoters
from followup_desktop.core.insights.rules.statistics import satisfaction
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries as operators

LATELY = timedelta(days=90)
"""How far back answers are listed and counted; what waits is listed however old it is."""
MOST_ANSWERED = 60


NOT_READ = Themes((), (), (), 0, 0)
"""Stands for the themes until they are read."""


@dataclass(frozen=True, slots=True)
class ListeningView:
    """Everything the page lists. `now` is UTC, `zone` the business's; scores are those of the last 90 days."""

    now: datetime
    zone: str
    month: date
    answers: tuple[Answer, ...]
    reviews: tuple[Review, ...]
    drafts: dict[int, str]
    """Words to answer each review with, by its key."""
    talks: tuple[Talk, ...]
    score: Score | None
    nps: Nps
    themes: Themes = NOT_READ
    """What comes up again; it is read after the rest, for it takes longer."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything yet, as far as that is known."""
        return not (self.answers or self.reviews or self.themes.texts or self.themes is NOT_READ)


def listening_view(session: Session, now: datetime) -> ListeningView:
    """Return what customers told us, what waits for an answer first."""
    business = operators.business(session)
    month = local_day(now, business.zone).replace(day=1)
    since = now - LATELY
    every = queries.answers(session)
    waiting = [one for one in every if one.waits]
    answered = [one for one in every if not one.waits and one.at >= since][:MOST_ANSWERED]
    lately = [one for one in every if one.at >= since and one.score is not None]
    reviews = queries.reviews(session)
    return ListeningView(
        now=now,
        zone=business.zone,
        month=month,
        answers=(*waiting, *answered),
        reviews=tuple(reviews),
        drafts={
            one.id: answer_draft(
                ReviewLine(one.author, one.on, one.rating, one.text),
                business.first_name,
                business.name,
                business.phone,
                business.language,
            )
            for one in reviews
        },
        talks=tuple(queries.talks(session, month)),
        score=satisfaction(_counted(lately, Scale.CSAT, 1, 5)),
        nps=net_promoters(_counted(lately, Scale.NPS, 0, 10)),
    )


def themes_view(session: Session, now: datetime) -> Themes:
    """Return what comes up again: it reads every word of a year, so that what waits need not wait for it."""
    return queries.themes_over(session, now)


def _counted(answers: list[Answer], scale: Scale, least: int, most: int) -> list[int]:
    scores = [one.score for one in answers if one.scale is scale]
    return [scores.count(score) for score in range(least, most + 1)]


def answering(session: Session, answer: Answer, now: datetime) -> int | None:
    """Return the follow-up on today's list that answers what a customer told us, or None."""
    found = journeys.of_customer(session, int(answer.customer), open_only=True)
    return next((int(one.id) for one in found if one.event == answer.id and one.opens <= now), None)
