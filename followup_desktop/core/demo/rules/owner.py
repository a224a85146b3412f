"""What Dana does about a follow-up: when, by which way, in which words; and what she lets pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.demo.model import Entry, Extra, Letter, Settled, Wrong
from followup_desktop.core.demo.rules import customer
from followup_desktop.core.demo.rules.words import capital
from followup_desktop.core.demo.rules.year import Open, Year, is_wrong
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import QUESTION_GAPS, Outcome, Source

WEEK = timedelta(days=7)
QUOTE = "confirmation/ad_hoc"
_CALL_NOTES = {
    "quote_check_in": "quote",
    "quote_closing": "quote",
    "inquiry_check_in": "quote",
    "apology": "apology",
    "recovery_check": "check",
    "check_in": "check",
    "promise": "promise",
    "usage_check_in": "asked",
    "onboarding": "asked",
    "continuity": "asked",
    "referral_request": "asked",
    "moment_of_truth": "asked",
    "renewal": "renewal",
    "referral_thanks": "thanks",
    "thank_you": "thanks",
}
_BY_MAIL = {"apology": 0.6, "recovery_check": 0.8, "referral_thanks": 0.75, "answer": 0.9}
"""How often she writes where she could ring; otherwise nearly always."""


def decide(year: Year, each: Open) -> None:
    """Mean to do something about a follow-up, some time after it came up."""
    if each.entry.what == Happening.QUOTE_SENT and each.touchpoint is each.journey.touchpoints[0]:
        year.later(each.entry.at + timedelta(minutes=4), partial(_mail_quote, year, each.entry))
    if each.touchpoint.purpose is Purpose.ANSWER and is_wrong(each.entry):
        # Another letter may come before the answer and end it; the case is put right all the same.
        year.later(year.dates.office(each.due + timedelta(days=4)), partial(_put_right, year, each.entry))
    first = each.opens if each.touchpoint.opens_before else each.due
    at = year.dates.office(first + _patience(year, each))
    year.later(at, partial(_act, year, each, each.turn))


def _mail_quote(year: Year, entry: Entry, at: datetime) -> None:
    """Send the quote by mail; now and then it is handed over at the pool."""
    person = year.life.person
    if not person.email or year.life.suppressed or "email" in year.life.refuses or year.rng.random() < 0.2:
        return
    words = year.words.letter(QUOTE, year.life, entry, at)
    if words:
        letter = send(year, words, at, Purpose.CONFIRMATION, QUOTE, counts=False)
        done = Settled(Outcome.SENT, at, letter=letter)
        year.life.extras.append(Extra(Purpose.CONFIRMATION, at, settled=done))


def _patience(year: Year, each: Open) -> timedelta:
    if each.journey.source is Source.CASE:
        return year.hours(1.2, 0.6)
    if each.journey.source is Source.ANSWER:
        return min(year.hours(3, 0.9), timedelta(hours=40))
    if each.touchpoint.opens_before:
        return year.hours(2.5, 0.7)
    slips = timedelta(days=1) if year.rng.random() < 0.12 else timedelta()
    return slips + timedelta(minutes=year.rng.randrange(100))


def _act(year: Year, each: Open, turn: int, at: datetime) -> None:
    if each.is_over or each.turn != turn or (each.closes is not None and at >= each.closes):
        return
    if _too_soon(year, each, at):
        each.is_over = True
        return
    again = _not_now(year, each, at)
    if again is not None:
        year.later(year.dates.office(again), partial(_act, year, each, turn))
    elif each.closes is not None and year.rng.random() > 0.78 + 0.18 * year.how_far(at):
        return  # a busy day: it lapses
    elif "thanks" in each.entry.told and year.rng.random() < 0.94:
        year.settle(each, Outcome.SKIPPED, at, year.rng.choice(year.words.material.skips))
    else:
        _carry_out(year, each, at)


def _too_soon(year: Year, each: Open, at: datetime) -> bool:
    """Whether they heard of this, or were asked this, too short a time ago."""
    gaps = {each.journey.key: each.journey.not_within} if each.touchpoint is each.journey.touchpoints[0] else {}
    if each.touchpoint.question:
        gaps[each.touchpoint.question] = QUESTION_GAPS[each.touchpoint.question]
    return any(gap and key in year.heard and at < year.heard[key] + gap for key, gap in gaps.items())


def _not_now(year: Year, each: Open, at: datetime) -> datetime | None:
    """Return when it may be done, where it may not now: a case is open, or they heard from us this week."""
    if each.journey.source is Source.JOURNEY and year.has_open_case():
        return at + timedelta(days=1)
    if each.touchpoint.is_transactional or year.last_counted is None or at >= year.last_counted + WEEK:
        return None
    return year.last_counted + WEEK + timedelta(minutes=5)


def _carry_out(year: Year, each: Open, at: datetime) -> None:
    words = _words(year, each, at) if _writes(year, each) else None
    if words:
        _send(year, each, words, at)
    else:
        _by_hand(year, each, at)
    low = each.touchpoint.purpose is Purpose.ANSWER and is_wrong(each.entry)
    if each.touchpoint.purpose is Purpose.APOLOGY or low:
        _mend(year, each.entry, at)
    elif each.touchpoint.purpose is Purpose.RECOVERY_CHECK:
        year.later(year.dates.office(at + timedelta(days=year.rng.randrange(1, 5))), partial(_close, year, each.entry))


def _writes(year: Year, each: Open) -> bool:
    life = year.life
    may = bool(life.person.email) and not life.suppressed and "email" not in life.refuses
    return (
        may and "email" in each.touchpoint.channels and year.rng.random() < _BY_MAIL.get(each.touchpoint.purpose, 0.94)
    )


def _words(year: Year, each: Open, at: datetime) -> tuple[str, str] | None:
    entry = each.entry
    if entry.what != Happening.MESSAGE_IN:
        more = {"made": _made(year, entry)}
        to = f"{each.touchpoint.template}/4" if entry.rating == 4 else each.touchpoint.template
        return year.words.letter(to, year.life, entry, at, **more)
    answer = entry.told.get("answer")
    if not answer or ("{next}" in answer and year.life.place is None):
        return None
    text = year.words.plain(answer, year.life, at, year.rng.choice(customer.TECHNICIANS))
    return f"Re: {entry.about.removeprefix('Re: ')}", year.words.framed(year.life, text)


def _made(year: Year, entry: Entry) -> str:
    how = next((w.entry.told.get("how", "") for w in year.life.wrongs if w.entry is entry), "")
    return "" if "{" in how else capital(how)


def _send(year: Year, each: Open, words: tuple[str, str], at: datetime) -> None:
    point = each.touchpoint
    letter = send(year, words, at, point.purpose, point.template, counts=not point.is_transactional, settles=each)
    customer.consider(year, letter, each, at)


def send(
    year: Year,
    words: tuple[str, str],
    at: datetime,
    purpose: str,
    template: str,
    *,
    counts: bool,
    settles: Open | None = None,
) -> Letter:
    """Write to the customer; what else waits for them may be covered by it."""
    answers = settles.entry.letter if settles and settles.entry.letter else None
    letter = Letter(at, words[0], words[1], purpose=purpose, template=template, counts=counts, answers=answers)
    year.life.letters.append(letter)
    if settles:
        year.settle(settles, Outcome.SENT, at, letter=letter)
        _cover(year, settles, letter, at)
    year.happen(
        Entry(Happening.MESSAGE_OUT, at, note=words[1], about=words[0], counts=counts, purpose=purpose, letter=letter)
    )
    return letter


def _cover(year: Year, by: Open, letter: Letter, at: datetime) -> None:
    for each in _waiting(year, at):
        if each.journey.source is not Source.CASE and year.rng.random() < 0.5:
            year.end(each, Settled(Outcome.COVERED, at, letter=letter, covered_by=by.plan))


def _waiting(year: Year, at: datetime) -> Iterable[Open]:
    return [each for each in year.opens if not each.is_over and each.opens <= at]


_HOW = {
    "call": (Outcome.CALLED, Happening.CALL, "Called"),
    "text": (Outcome.TEXTED, Happening.MESSAGE_OUT, "Text sent"),
    "card": (Outcome.CARD, Happening.MESSAGE_OUT, "Card written"),
}


def _by_hand(year: Year, each: Open, at: datetime) -> None:
    """Ring, text, or write a card."""
    point, person = each.touchpoint, year.life.person
    ways = [w for w in ("call", "card", "text") if w in point.channels and w not in year.life.refuses]
    way = next((w for w in ways if (person.street if w == "card" else person.phone)), "")
    if not way:
        year.settle(each, Outcome.SKIPPED, at, "No way to reach them.")
        return
    outcome, happening, label = _HOW[way]
    note = _note(year, each) if way == "call" else _TEXTS.get(point.purpose, "") if way == "text" else ""
    year.settle(each, outcome, at, note)
    counts = not point.is_transactional
    year.happen(Entry(happening, at, note=note, about=label, counts=counts, purpose=point.purpose))


_TEXTS = {
    Purpose.THANK_YOU: "It is done. Ring me if it does anything it should not. Dana",
    Purpose.CONFIRMATION: "You are in the book; we come in the morning. Dana",
    Purpose.ANSWER: "Thank you for telling me. It goes on to the team. Dana",
    Purpose.CHECK_IN: "Is all well since we were there? A number from 1 to 5 is plenty. Dana",
    Purpose.QUOTE_CHECK_IN: "Is anything in the price unclear? A word is enough and I ring. Dana",
    Purpose.INQUIRY_CHECK_IN: "Is it still of interest? A yes or no is plenty. Dana",
    Purpose.APOLOGY: "I am sorry about this. I ring you tonight. Dana",
    Purpose.RECOVERY_CHECK: "Has it held since? A yes or no is plenty. Dana",
    Purpose.USAGE_CHECK_IN: "Is there anything that could be easier for you? Dana",
    Purpose.ONBOARDING: "How would you rather hear from us: mail, text or a call? Dana",
    Purpose.REVIEW_REQUEST: "Would you write two honest lines about the work? It helps people near you. Dana",
    Purpose.REFERRAL_REQUEST: "If someone near you is looking, would you give them my number? Dana",
    Purpose.RENEWAL: "It ends soon. Shall it go on as it is? Dana",
    Purpose.CONTINUITY: "Before the season changes: is there something you would like done? Dana",
    Purpose.MOMENT_OF_TRUTH: "May I come by for ten minutes and look at it with you? Dana",
}


def _note(year: Year, each: Open) -> str:
    kind = _CALL_NOTES.get(each.touchpoint.purpose, "answer")
    return year.rng.choice(year.words.material.calls[kind])


def _mend(year: Year, entry: Entry, at: datetime) -> None:
    """Put it right within days."""
    done = max(entry.at + year.hours(44, 0.7), at + timedelta(minutes=30))
    year.later(year.dates.office(done), partial(_put_right, year, entry))


def _put_right(year: Year, entry: Entry, at: datetime) -> None:
    wrong = _case_of(year, entry)
    if wrong is not None and wrong.state == "open":
        how = entry.told.get("how", "It is put right.")
        when = year.dates.bare(year.dates.day_of(at), year.dates.day_of(entry.at))
        how = how.replace("{on}", f"on {when}")
        entry.told = {**entry.told, "how": how}
        wrong.state, wrong.put_right_at = "put_right", at
        year.happen(Entry(Happening.CASE_RESOLVED, at, note=how))
        # Whatever becomes of the check, nothing more was heard of it after a month.
        year.later(at + timedelta(days=30), partial(_close, year, entry))


def _close(year: Year, entry: Entry, at: datetime) -> None:
    wrong = _case_of(year, entry)
    if wrong is not None and wrong.state == "put_right":
        wrong.state, wrong.closed_at = "closed", at


def _case_of(year: Year, entry: Entry) -> Wrong | None:
    return next((wrong for wrong in year.life.wrongs if wrong.entry is entry), None)
