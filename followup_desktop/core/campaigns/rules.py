"""Who gets a campaign, who does not and why, and on which day. Pure: the same people give the same outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, day_words
from followup_desktop.base.zones import Quiet, local_day
from followup_desktop.core.campaigns.model import (
    CHANNELS,
    PURPOSES_OF_CAMPAIGNS,
    Candidate,
    LeftOut,
    NewCampaign,
    Outline,
    Pace,
    Place,
    Said,
)
from followup_desktop.core.consent.model import HeldFor
from followup_desktop.core.consent.rules import WEEK, Asked, held_because
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.drafts.rules.days import LANGUAGES
from followup_desktop.core.drafts.rules.footing import is_commercial
from followup_desktop.core.segments.rules import goes_by_how_happy

REVIEW_PAUSE = timedelta(days=180)
MOST_DAYS, MOST_OPEN = 90, 60
LONGEST_TOPIC, LONGEST_WORDS, LONGEST_ASK = 50, 600, 160
MOST_A_DAY = 1_000_000
LONGEST_WAIT = 400
"""Days after which spreading gives up; nobody's weekly limit reaches so far."""


def checked(new: NewCampaign, today: date) -> NewCampaign:
    """Return the campaign as it is kept, or raise Problem, in words, for one that cannot begin."""
    other = {
        language: Said(_line(said.topic), _line(said.words), _line(said.ask)) for language, said in new.other.items()
    }
    new = replace(new, topic=_line(new.topic), words=_line(new.words), ask=_line(new.ask), other=other)
    _check_words(new)
    for language, said in other.items():
        if language not in LANGUAGES:
            raise _wrong(f"There are no templates in “{language}”.", f"Use {' or '.join(sorted(LANGUAGES))}.")
        _check_words(replace(new, topic=said.topic, words=said.words, ask=said.ask))
    if new.purpose not in PURPOSES_OF_CAMPAIGNS:
        raise _wrong(
            f"“{PURPOSES[new.purpose].label}” is nothing to write to many.", "Write to each of them on its own."
        )
    if new.purpose is Purpose.REVIEW_REQUEST and goes_by_how_happy(new.conditions):
        raise _wrong(
            "Review sites forbid asking only the happy ones.", "Take rating and standing out of the segment: ask all."
        )
    if not new.channels or not set(new.channels) <= set(CHANNELS):
        raise _wrong("By which way are they reached?", f"Use {', '.join(CHANNELS)}.")
    if new.starts < today:
        raise _wrong("This day has gone by.", "Begin today or later.")
    if not 1 <= new.days <= MOST_DAYS:
        raise _wrong("Spread over how many days?", f"Give 1 to {MOST_DAYS}.")
    if not 1 <= new.open_days <= MOST_OPEN:
        raise _wrong("How many days may each wait?", f"Give 1 to {MOST_OPEN}.")
    return new


def check_footer(new: NewCampaign, postal_address: str) -> None:
    """Raise Problem where every one of its mails would lack what the law asks for below mail that advertises."""
    commercial = is_commercial(new.purpose, "campaign") and "email" in new.channels
    if commercial and not postal_address.strip():
        raise _wrong(
            "Below mail that advertises, the law asks for your postal address.", "Put it into Settings, Business."
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _check_words(new: NewCampaign) -> None:
    if not new.topic:
        raise _wrong("What is it about?", "Give a topic: it becomes the subject.")
    if not new.words and new.purpose is Purpose.CONTINUITY and not new.template:
        raise _wrong("What do you want to tell them?", "Write one to three sentences; the rest is about each of them.")
    limits = (
        ("topic", new.topic, LONGEST_TOPIC),
        ("text", new.words, LONGEST_WORDS),
        ("question", new.ask, LONGEST_ASK),
    )
    for what, text, most in limits:
        if len(text) > most:
            raise _wrong(f"The {what} is too long: {len(text)} letters.", f"Use at most {most}.")
    if new.ask.count("?") > 1:
        raise _wrong("That asks two things.", "Ask one: the other gets no answer anyway.")


def _wrong(happened: str, to_do: str) -> Problem:
    return Problem(happened, "Nothing was started; what you entered is still there.", to_do)


def outline(candidates: Sequence[Candidate], new: NewCampaign, pace: Pace, now: datetime) -> Outline:
    """Return who gets it when, who does not and why."""
    asked = Asked("campaign", transactional=False, channels=new.channels)
    going: list[Candidate] = []
    left_out: list[LeftOut] = []
    roofs: dict[int, str] = {}
    for one in sorted(candidates, key=_longest_unheard):
        why = _left_out_because(one, new, asked, now) or _same_roof(one, roofs)
        if why:
            left_out.append(LeftOut(one.customer, one.name, why))
        else:
            going.append(one)
            if one.household is not None:
                roofs[one.household] = one.name
    places = spread(going, pace)
    left_out.sort(key=_by_name)
    return Outline(tuple(places), tuple(left_out), _advice(places, pace))


def _longest_unheard(one: Candidate) -> tuple[bool, float, str, int]:
    # Whoever we have not written to for longest comes first; who never heard from us before all.
    heard = one.last_contact
    return heard is not None, heard.timestamp() if heard else 0.0, one.name.casefold(), one.customer


def _by_name(item: LeftOut) -> tuple[str, int]:
    return item.name.casefold(), item.customer


_NEVER_QUIET = Quiet(start=datetime.min.time(), end=datetime.min.time(), sundays=False)


def _left_out_because(one: Candidate, new: NewCampaign, asked: Asked, now: datetime) -> str:
    if one.stage == Stage.FORMER:
        return f"{one.name} has left."
    held = held_because(asked, one.standing, now, _NEVER_QUIET, weekly_limit=0)  # the limit only moves the day
    if held is not None and held[0] is not HeldFor.QUIET_HOURS:
        return held[1]
    if new.purpose is Purpose.REVIEW_REQUEST and one.requested_at and now - one.requested_at < REVIEW_PAUSE:
        return f"Was asked for a review on {day_words(local_day(one.requested_at, one.standing.zone))}."
    return ""


def _same_roof(one: Candidate, roofs: dict[int, str]) -> str:
    other = roofs.get(one.household) if one.household is not None else None
    return f"{other}, same household, gets it." if other else ""


def spread(going: Iterable[Candidate], pace: Pace) -> list[Place]:
    """Give everyone a day: evenly, no more than a day still holds, and none before their weekly limit allows it.

    Where the days do not hold them all, it goes on for as many more as it takes.
    """
    waiting = list(going)
    quota = -(-len(waiting) // pace.days) if waiting else 0
    places: list[Place] = []
    day = pace.starts
    for _ in range(LONGEST_WAIT):
        if not waiting:
            break
        if not (pace.sundays_off and day.weekday() == 6):
            chosen = [one for one in waiting if free_on(one) <= day][: min(quota, _room(day, pace))]
            places += [Place(one.customer, one.name, day) for one in chosen]
            taken = {one.customer for one in chosen}
            waiting = [one for one in waiting if one.customer not in taken]
        day += timedelta(days=1)
    places += [Place(one.customer, one.name, max(day, free_on(one))) for one in waiting]
    return places


def _room(day: date, pace: Pace) -> int:
    # One goes every day, however full the days are; Today itself spreads what is too much.
    return max(1, pace.capacity - pace.taken.get(day, 0)) if pace.capacity else MOST_A_DAY


def free_on(one: Candidate) -> date:
    """Return the first day on which the weekly limit allows this message (date.min: any)."""
    zone = one.standing.zone
    last = [at for at in (one.standing.last_counted_at, one.engaged_until) if at is not None]
    if not last:
        return date.min
    again = max(last) + WEEK
    # In the middle of that day it may be held for some hours yet: the day after is free from its morning on.
    return local_day(again, zone) + timedelta(days=1)


def _advice(places: Sequence[Place], pace: Pace) -> str:
    if not places:
        return "Nobody would get it."
    last = max(place.day for place in places)
    planned = pace.starts + timedelta(days=pace.days - 1)
    if last <= planned:
        return ""
    over = (last - pace.starts).days + 1
    held = count_words(pace.days, "day", "days")
    return f"{held} do not hold it, beside what is due anyway and the weekly limit: it takes {over}."


def places_again(rest: Sequence[Candidate], pace: Pace) -> list[Place]:
    """Spread what is left of a campaign anew, from today on, when it is resumed."""
    return spread(sorted(rest, key=_longest_unheard), pace)
