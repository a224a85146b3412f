"""A journey in the words of the trade: what starts it, when each touchpoint comes, what stops it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from followup_desktop.base.wording import clock_words, count_words, month_words
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.journeys.model import STOPS, TRADE_WORDS, Journey, Moment, Touchpoint, Where
from followup_desktop.core.journeys.rules.planner import STOP_WORDS

_HAPPENS: Mapping[str, str] = MappingProxyType(
    {
        "visit_done": "a visit is done",
        "visit_missed": "a visit was missed",
        "visit_late": "we came late",
        "booking": "something is booked",
        "quote_sent": "a quote is sent",
        "quote_won": "a quote is accepted",
        "quote_lost": "a quote is declined",
        "purchase": "they buy something",
        "inquiry": "they ask about something",
        "complaint": "they complain",
        "rating": "they rate us",
        "nps": "they say whether they would recommend us",
        "dealt_with": "what they told us is dealt with",
        "call": "we talk on the phone",
        "referral": "they refer someone",
        "note": "a note is written",
        "message_out": "we write to them",
        "message_in": "they write to us",
        "reply": "they answer a message",
        "in_person": "we talk in person",
        "case_resolved": "something is put right",
        "opted_out": "they ask not to be written to",
        "bounced": "mail comes back",
        "left": "they leave",
        "contract_changed": "their contract changes",
        "feedback": "they tell us what they think",
        "told_to_stop": "we are told to leave it",
        "first_visit_anniversary": "it is a year or more since the first visit, to the day",
    }
)
_VISITS = {"first": "a first visit", "repair": "a repair", "installation": "an installation", "extra": "an extra visit"}
_CHANNELS = {"email": "email", "text": "text", "call": "call", "card": "card", "in_person": "in person"}
_MORE_STOPS = {
    "visit_missed": "a visit is missed",
    "visit_late": "a visit is late",
    "quote_sent": "a quote is sent",
    "in_person": "you talk in person",
}
_STOPS: Mapping[str, str] = MappingProxyType({**STOP_WORDS, **_MORE_STOPS})
_SELDOM = ("left", "opted_out", "bounced")
"""Named last: they end everything, and say nothing of this touchpoint."""

STAGE_ORDER = tuple(map(str, Stage))
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


def in_trade(text: str, words: Mapping[str, str]) -> str:
    """Say a sentence of ours in the words of a trade: "a visit is done" becomes "an appointment is done"."""
    own = {word: words[word] for word in TRADE_WORDS if words.get(word, TRADE_WORDS[word]) != TRADE_WORDS[word]}
    if not own:
        return text
    return _TRADE_WORD.sub(lambda found: _own_word(found, own), text)


_TRADE_WORD = re.compile(rf"\b(?:(an?) (first |extra |routine )?)?({'|'.join(TRADE_WORDS)})\b")


def _own_word(found: re.Match[str], own: Mapping[str, str]) -> str:
    article, kind, word = found[1], found[2] or "", own.get(found[3], found[3])
    if not article:
        return word
    return f"{'an' if (kind or word)[0] in 'aeiou' else 'a'} {kind}{word}"


_MOMENT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        Moment.RENEWAL_COMING: "an agreement runs out soon",
        Moment.WARRANTY_ENDING: "a warranty ends soon",
        Moment.SERVICE_DUE: "something they own needs service soon",
        Moment.QUIET_TOO_LONG: "it is quiet for too long",
        Moment.FIRST_VISIT_ANNIVERSARY: "it is a year or more since the first visit, to the day",
        Moment.SEASON: "a season begins",
        Moment.REGULARLY: "some time went by",
        Moment.CONSENT_ENDING: "offers may not be written to them much longer",
    }
)
_NO_START = frozenset({"note", "message_out", "told_to_stop", "opted_out", "bounced"})


def start_choices() -> list[tuple[str, str]]:
    """Return what can start a journey, as pairs of key and words that follow “when”."""
    happens = [(key, words) for key, words in _HAPPENS.items() if key not in _NO_START and key not in _MOMENT_NAMES]
    return [*happens, *((str(key), words) for key, words in _MOMENT_NAMES.items())]


def stop_choices() -> list[tuple[str, str]]:
    """Return what can stop a touchpoint, as pairs of key and words that follow “if”."""
    return [(key, words) for key, words in _STOPS.items() if key in STOPS]


def visit_choices() -> list[tuple[str, str]]:
    """Return the kinds of visit, as pairs of key and words."""
    return [("routine", "a routine visit"), *_VISITS.items()]


def channel_choices() -> list[tuple[str, str]]:
    """Return the channels, as pairs of key and words."""
    return list(_CHANNELS.items())


def trigger_words(journey: Journey) -> str:
    """Say what starts a journey, in words that follow "when": "a first visit is done", "they rate us 1 or 2"."""
    happening, where = journey.trigger.happening, journey.trigger.where
    if happening == "visit_done" and where.visit:
        return f"{_any_of(_VISITS.get(kind, f'a {kind} visit') for kind in sorted(where.visit))} is done"
    if happening == "rating":
        return f"they rate us{_score(where)}"
    if happening == "nps" and where != Where():
        return f"they would recommend us {where.rating_at_least or 0} to {where.rating_at_most or 10} of 10"
    return _moment_words(journey) or _HAPPENS.get(happening, happening.replace("_", " "))


def _moment_words(journey: Journey) -> str:
    trigger = journey.trigger
    match trigger.moment:
        case Moment.RENEWAL_COMING:
            return f"an agreement runs out in {_days(trigger.before)}"
        case Moment.WARRANTY_ENDING:
            return f"a warranty ends in {_days(trigger.before)}"
        case Moment.SERVICE_DUE:
            return f"something they own needs service in {_days(trigger.before)}"
        case Moment.QUIET_TOO_LONG:
            return f"it is quiet for longer than is usual with them, or for {_days(trigger.after)}"
        case Moment.SEASON:
            month, day = trigger.on
            return f"it is {day} {month_words(date(2027, month, 1), year=False)}"
        case Moment.CONSENT_ENDING:
            return f"offers may be written to them for {_days(trigger.before)} more"
        case Moment.REGULARLY:
            return f"{_days(trigger.every)} went by"
    return ""


def only_if_words(journey: Journey) -> list[str]:
    """Say whom a journey concerns, one condition a line: "Only for new, regular or advocate customers"; often none."""
    only = journey.only_if
    lines = [
        f"Only for {_any_of(s for s in STAGE_ORDER if s in only.stage)} customers" if only.stage else "",
        f"Only on the route {_any_of(sorted(only.route))}" if only.route else "",
        f"Only after {_any_of(_VISITS.get(k, f'a {k} visit') for k in sorted(only.had_visit))}"
        if only.had_visit else "",
        f"Only before {_any_of(_VISITS.get(k, f'a {k} visit') for k in sorted(only.never_had_visit))}"
        if only.never_had_visit else "",
        f"Only for who owns {_any_of(sorted(only.owns))}" if only.owns else "",
        "" if only.agreement is None else f"Only {'with' if only.agreement else 'without'} an agreement",
        "Not while a case is open" if only.no_open_case else "",
        f"Not again within {_days(journey.not_within)}" if journey.not_within else "",
    ]  # fmt: skip
    return [line for line in lines if line]


def _days(stretch: timedelta) -> str:
    return count_words(round(stretch / _DAY), "day", "days")


def _score(where: Where) -> str:
    least, most = where.rating_at_least or 1, where.rating_at_most or 5
    scores = [str(score) for score in range(least, most + 1)]
    return "" if len(scores) == 5 else f" {_any_of(scores)}"


def when_words(touchpoint: Touchpoint) -> str:
    """Say when a touchpoint comes: "day 3, 9:00 am, until day 6" or "2 hours after, until 24 hours"."""
    start = _offset(touchpoint.offset)
    if touchpoint.follows:
        start += f" from “{touchpoint.follows.replace('_', ' ')}”"
    if touchpoint.at is not None:
        start += f", {clock_words(touchpoint.at)}"
    if touchpoint.closes_after is None:
        return f"{start}, and stays until it is settled"
    return f"{start}, until {_offset(touchpoint.closes_after, end=True)}"


def anew_words(touchpoint: Touchpoint) -> str:
    """Say from what else the days are counted, or nothing: "counted anew once something is put right"."""
    if not touchpoint.restarts_on:
        return ""
    return f"counted anew once {_any_of(_HAPPENS.get(key, key) for key in sorted(touchpoint.restarts_on))}"


def _offset(offset: timedelta, *, end: bool = False) -> str:
    if offset == timedelta() and not end:
        return "at once"
    if offset % _DAY == timedelta() and offset > _DAY:
        return f"day {offset // _DAY}"
    if offset >= _HOUR:
        words = count_words(round(offset / _HOUR), "hour", "hours")
    else:
        words = count_words(round(offset / timedelta(minutes=1)), "minute", "minutes")
    return words if end else f"{words} after"


def channel_words(touchpoint: Touchpoint) -> str:
    """Say how it may be said, the first choice first: "email, call or text"."""
    return _any_of(_CHANNELS.get(channel, channel) for channel in touchpoint.channels)


def stop_words(touchpoint: Touchpoint) -> str:
    """Say what stops a touchpoint, in words that follow "stops if": "they answer or complain"; nothing if nothing does.

    That a reply stops it and that any message of theirs does are the same words, and said once.
    """
    keys = sorted(touchpoint.stops_on, key=_by_weight)
    words = list(dict.fromkeys(_STOPS.get(key, key.replace("_", " ")) for key in keys))
    first = ("you", "they") if words and words[0].startswith("you ") else ("they", "you")
    groups = [_of_one(words, who) for who in first]
    return ", or ".join([*filter(None, groups), *(word for word in words if not word.startswith(("they ", "you ")))])


def _of_one(words: Iterable[str], who: str) -> str:
    """Return everything one of us does, with its doer named once: "they answer, complain or leave"."""
    doings = [word.removeprefix(f"{who} ") for word in words if word.startswith(f"{who} ")]
    return f"{who} {_any_of(doings)}" if doings else ""


def _by_weight(key: str) -> tuple[bool, str]:
    return key in _SELDOM, key


def _any_of(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    return f"{', '.join(first)} or {last}" if first else last
