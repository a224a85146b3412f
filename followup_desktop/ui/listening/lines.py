"""What customers told us, in the words of the Listening page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_desktop.base.wording import count_words, moment_words, month_words, short_day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.feedback.model import (
    Answer,
    Mood,
    Movement,
    Review,
    Talk,
    TalkKind,
    TalkState,
    ThemeCount,
    ThemeProposal,
)
from followup_desktop.core.feedback.rules.scores import mood_of, score_words
from followup_desktop.ui.listening.reading import ListeningView
from followup_desktop.ui.widgets.grouped import Group, Item
from followup_desktop.ui.widgets.grouped import Tone as ListTone
from followup_desktop.ui.widgets.text import plain

_TONES: dict[Mood, ListTone] = {Mood.UNHAPPY: "danger", Mood.LUKEWARM: "warning", Mood.HAPPY: "good"}
HOW = {
    "link": "by a link in your mail", "mail": "in a reply", "call": "on the phone", "text": "by text",
    "in_person": "in person", "other": "",
}  # fmt: skip
KINDS = {TalkKind.HAPPY: "Happy", TalkKind.LUKEWARM: "Lukewarm", TalkKind.QUIET: "Quiet"}
MOVES = {
    Movement.GROWING: "comes up more often than three months before",
    Movement.SHRINKING: "comes up less often than three months before",
    Movement.NO_CHANGE: "no real change over six months",
    Movement.FEW: "too few to say whether it grows",
}


def subtitle(view: ListeningView) -> str:
    """Say the scores of the last 90 days with the number of answers behind each."""
    parts = []
    if view.score is not None:
        ratio = view.score.satisfied
        parts.append(f"{ratio.part} of {ratio.whole} rated 4 or 5, mean {view.score.mean:.1f}")
    if view.nps.score is not None:
        parts.append(f"NPS {view.nps.score:+d} of {count_words(view.nps.answers, 'answer', 'answers')}")
    return f"90 days: {' · '.join(parts)}" if parts else ""


def groups(view: ListeningView) -> list[Group]:
    """Return the groups of the list: what waits first."""
    waiting = [one for one in view.answers if one.waits]
    answered = [one for one in view.answers if not one.waits]
    open_reviews = [one for one in view.reviews if one.answered_at is None]
    others = [one for one in view.reviews if one.answered_at is not None]
    themes = [one for one in view.themes.counts if one.total]
    unheard = [one for one in view.themes.counts if not one.total]
    found = [
        Group("waiting", "Waits for your answer", [answer_item(one, view) for one in waiting]),
        Group("reviews", "Reviews without an answer", [review_item(one, view) for one in open_reviews]),
        Group(
            "talks", f"To talk with in {month_words(view.month, year=False)}", [talk_item(one) for one in view.talks]
        ),
        Group("themes", "What comes up again", [theme_item(one) for one in themes]),
        Group("proposals", "Perhaps a theme", [proposal_item(one) for one in view.themes.proposals]),
        Group("answered", "Answered lately", [answer_item(one, view) for one in answered]),
        Group("old_reviews", "Reviews answered", [review_item(one, view) for one in others]),
        Group("unheard", "Themes nobody named", [theme_item(one) for one in unheard]),
    ]
    return [group for group in found if group.items]


def answer_item(one: Answer, view: ListeningView) -> Item:
    """Return the row of an answer."""
    mood = mood_of(one.scale, one.score)
    said = " · ".join(filter(None, (score_words(one.scale, one.score), _line(one.text))))
    return Item(
        f"answer-{one.id}", one.name, said, _day(local_day(one.at, view.zone), view),
        _TONES[mood] if mood and one.waits else "muted", plain(one.text),
    )  # fmt: skip


def review_item(one: Review, view: ListeningView) -> Item:
    """Return the row of a review."""
    said = " · ".join(filter(None, (_stars(one.rating), one.site, _line(one.text))))
    tone: ListTone = "danger" if one.rating is not None and one.rating <= 2 and not one.answered_at else "muted"
    note = _day(one.on, view) if one.on else ""
    return Item(f"review-{one.id}", one.author or "Somebody", said, note, tone, plain(one.text))


def talk_item(one: Talk) -> Item:
    """Return the row of a talk."""
    note = {TalkState.DONE: "done", TalkState.SKIPPED: "skipped"}.get(one.state, "")
    return Item(f"talk-{one.id}", one.name, f"{KINDS[one.kind]}. {one.why}", note)


def theme_item(one: ThemeCount) -> Item:
    """Return the row of a theme."""
    tone: ListTone = "danger" if one.movement is Movement.GROWING else "muted"
    second = MOVES[one.movement] if one.movement is not Movement.FEW else ", ".join(one.theme.words)
    return Item(f"theme-{one.theme.key}", one.theme.name, second, str(one.total) if one.total else "", tone)


def proposal_item(one: ThemeProposal) -> Item:
    """Return the row of what may become a theme."""
    return Item(f"proposal-{one.words}", f"“{one.words}”", _line(one.example), str(one.times))


def answer_facts(one: Answer, view: ListeningView) -> list[tuple[str, str]]:
    """Return what is known of an answer, line by line."""
    found = [("Said", " ".join(filter(None, (moment_words(one.at, view.now, view.zone), HOW.get(one.how, "")))))]
    if one.answered_at is not None:
        found.append(("You answered", moment_words(one.answered_at, view.now, view.zone)))
    elif one.rested_at is not None:
        found.append(("Needs no answer", moment_words(one.rested_at, view.now, view.zone)))
    if one.dealt_with_at is not None:
        found.append(("Dealt with", moment_words(one.dealt_with_at, view.now, view.zone)))
    return found


def theme_facts(one: ThemeCount, view: ListeningView) -> list[tuple[str, str]]:
    """Return how often a theme came up, month by month, and what was said, the newest first."""
    months = [
        f"{month_words(month, year=False)} {times}"
        for month, times in zip(view.themes.months, one.months, strict=True)
        if times
    ]
    found = [
        ("Came up", f"{count_words(one.total, 'time', 'times')} in a year, {MOVES[one.movement]}"),
        ("By month", ", ".join(months) or "never"),
        ("Answered", f"{one.answered} of {one.total}"),
    ]
    return found + [
        (f"{_day(said.on, view)}, {said.name or said.kind}", _line(said.text, 200)) for said in one.sayings[:12]
    ]


def talk_lines(one: Talk) -> Sequence[str]:
    """Return what to ask in a talk."""
    return one.questions


def _stars(rating: int | None) -> str:
    return f"{rating} of 5" if rating is not None else ""


def _day(day: date, view: ListeningView) -> str:
    return short_day_words(day, local_day(view.now, view.zone))


def _line(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
