"""What the Templates page asks the store, and what it works out while one types."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts import queries
from followup_desktop.core.drafts.model import (
    Draft,
    Enclosure,
    Facts,
    Place,
    Template,
    TemplateProblem,
    TemplateVersion,
    VoiceProposal,
)
from followup_desktop.core.drafts.queries.previewing import Sample, samples
from followup_desktop.core.drafts.rules.asking import asked
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.reading import SAVED, SEGMENTS, choose
from followup_desktop.core.drafts.rules.sandbox import BadTemplate, check_words
from followup_desktop.core.journeys.model import Journey
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.segments import queries as segments


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """Every template that counts, what the owner keeps changing, and the languages of the business."""

    templates: tuple[Template, ...]
    changes: dict[str, int]
    language: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One template: its words now and as shipped, the owner's versions, whom to try it on, and what goes with it.

    Without `template` there is none at this place yet; `begins` is what another would begin with.
    """

    place: Place
    template: Template | None
    begins: str
    shipped: Template | None
    versions: tuple[TemplateVersion, ...]
    samples: tuple[Sample, ...]
    voice: tuple[VoiceProposal, ...]
    enclosures: tuple[Enclosure, ...]
    kept: tuple[Enclosure, ...]
    segments: tuple[tuple[str, str], ...]
    """Whom there may be words for: what is kept, and what it is called."""
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What words are worth: what is wrong with them, or what they say to each customer and leave out."""

    problems: tuple[TemplateProblem, ...]
    drafts: tuple[tuple[Draft, tuple[str, ...]], ...] = ()


def read_templates(session: Session, shipped: Sequence[Template]) -> TemplatesView:
    """Return every template there is now."""
    here = queries.templates_now(session, shipped)
    changes = Counter(one.place.key for one in queries.voice(session, here))
    return TemplatesView(tuple(here), dict(changes), operators.business(session).language[:2])


def read_place(
    session: Session, place: Place, shipped: Sequence[Template], journeys: Sequence[Journey], now: datetime
) -> PlaceView:
    """Return one template whole."""
    here = queries.templates_now(session, shipped)
    template = next((each for each in here if each.place == place), None)
    nearest = template or choose(here, place.key, place.channel, place.language)
    begins = nearest.source if nearest else ""
    return PlaceView(
        place=place,
        template=template,
        begins=begins,
        shipped=next((each for each in shipped if each.place == place), None),
        versions=tuple(queries.versions_of(session, place)),
        samples=tuple(samples(session, place, begins, journeys, now)),
        voice=tuple(queries.voice_of(session, template)) if template else (),
        enclosures=tuple(queries.enclosures_of_template(session, place.key, place.language)),
        kept=tuple(queries.enclosures(session)),
        segments=_segments(session, place),
        zone=operators.business(session).zone,
        now=now,
    )


def _segments(session: Session, place: Place) -> tuple[tuple[str, str], ...]:
    saved = tuple((f"{SAVED}{one.id}", f"“{one.name}”") for one in segments.segments(session))
    known = (*SEGMENTS.items(), *saved)
    gone = () if place.segment in dict(known) else ((place.segment, "a segment that is gone"),)
    return (*known, *gone)


def look(place: Place, source: str, facts: Sequence[Facts]) -> Seen:
    """Check words and make drafts of them."""
    problems = tuple(check_words(source, place.channel))
    if problems:
        return Seen(problems)
    template = Template(place.key, Purpose(place.key.partition("/")[0]), place.channel, place.language, source)
    try:
        drafts = [(compose(template, known), tuple(one.what for one in asked(source, known))) for known in facts]
    except BadTemplate as bad:
        return Seen(tuple(bad.problems))
    return Seen((), tuple(drafts))


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of two texts, each with a sign: " " where they are alike, "-" and "+" where they differ."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [(line[:1], line[2:]) for line in lines if not line.startswith("?")]
