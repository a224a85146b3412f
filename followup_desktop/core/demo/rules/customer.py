"""What a customer does about a letter: nothing, mostly; or an answer, a rating, a yes or a no."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from followup_desktop.core.demo.model import Entry, Letter, Replies
from followup_desktop.core.demo.rules.year import Open, Year
from followup_desktop.core.history.model import Happening

ANSWERED = {
    "thank_you": 0.13,
    "confirmation": 0.2,
    "check_in": 0.5,
    "quote_check_in": 0.42,
    "quote_closing": 0.4,
    "inquiry_check_in": 0.42,
    "apology": 0.5,
    "recovery_check": 0.72,
    "continuity": 0.06,
    "promise": 0.26,
    "answer": 0.1,
    "referral_thanks": 0.45,
}
"""The share of letters of each purpose that is answered in an ordinary month."""

SCORES, CHANCES = (5, 4, 3, 2, 1), (60, 31, 5.5, 2.5, 1)
RECOMMENDED, LIKELY = (10, 9, 8, 7, 6, 5), (34, 31, 18, 9, 5, 3)
_STOPPED_WRITING = 45 * 24


def consider(year: Year, letter: Letter, about: Open | None, at: datetime) -> None:
    """Let the customer decide whether to answer a letter."""
    chance = ANSWERED.get(letter.purpose, 0.2) * (0.7 + 0.45 * year.how_far(at)) * year.warmth
    if year.rng.random() < chance and not (about and "decided" in about.entry.told):
        wait = min(year.hours(5, 1.1), timedelta(hours=13 * 24))
        year.later(year.dates.awake(at + wait), partial(_answer, year, letter, about))


def rating(year: Year, at: datetime, tech: str, of: str) -> Entry:
    """Draw a rating with its words, of a "job" or of the "service" as a whole."""
    score = 5 if year.is_happy else year.rng.choices(SCORES, CHANCES)[0]
    words = year.words.fresh(year.words.material.ratings[of][score], str).format(tech=tech)
    return Entry(Happening.RATING, at, rating=score, note=words, by=tech)


def _answer(year: Year, letter: Letter, about: Open | None, at: datetime) -> None:
    if about and about.touchpoint.question == "csat":
        _rate(year, letter, about.entry.by, at)
        return
    if about and about.touchpoint.question == "nps":
        _recommend(year, letter, at)
        return
    replies = _replies(year, letter)
    if replies is None:
        return
    if replies.won and about:
        _decide(year, letter, replies, about, at)
    elif replies.won and year.rng.random() > replies.won:
        _write(year, letter, year.rng.choice(replies.lost), at, {"thanks": "yes"})
    else:
        text = year.rng.choice(replies.texts)
        _write(year, letter, text, at, {"answer": replies.answer} if replies.answer else {"thanks": "yes"})


def _replies(year: Year, letter: Letter) -> Replies | None:
    known = year.words.material.replies
    return known.get(letter.template) or known.get(letter.purpose)


def _rate(year: Year, letter: Letter, tech: str, at: datetime) -> None:
    said = rating(year, at + timedelta(minutes=1), tech, "job")
    _write(year, letter, f"{said.rating}. {said.note}", at, {"thanks": "yes"})
    year.set(said)


def _recommend(year: Year, letter: Letter, at: datetime) -> None:
    """Say whether they would recommend us, from 0 to 10, with a word or two of the service."""
    score = year.rng.choice((9, 10)) if year.is_happy else year.rng.choices(RECOMMENDED, LIKELY)[0]
    of_five = 5 if score >= 9 else 4 if score >= 7 else 3
    tech = year.rng.choice(TECHNICIANS)
    words = year.words.fresh(year.words.material.ratings["service"][of_five], str).format(tech=tech)
    _write(year, letter, f"{score}. {words}", at, {"thanks": "yes"})
    year.set(Entry(Happening.NPS, at + timedelta(minutes=1), rating=score, note=words, by=tech))


def _decide(year: Year, letter: Letter, replies: Replies, about: Open, at: datetime) -> None:
    won = year.rng.random() < replies.won
    _write(year, letter, year.rng.choice(replies.texts if won else replies.lost), at, {"thanks": "yes"})
    entry = about.entry
    noted = year.dates.office(at + timedelta(minutes=year.rng.randrange(20, 300)))
    if about.journey.trigger.happening == Happening.INQUIRY:
        if won:
            sent = year.dates.office(noted + timedelta(days=year.rng.randrange(1, 4)))
            year.set(Entry(Happening.QUOTE_SENT, sent, about=entry.about, amount=quote_price(year, entry.about)))
        return
    what = Happening.QUOTE_WON if won else Happening.QUOTE_LOST
    year.set(Entry(what, noted, about=entry.about, amount=entry.amount if won else None))
    if won:
        _do_it(year, entry, noted)


def _do_it(year: Year, quoted: Entry, noted: datetime) -> None:
    """Carry out what was agreed to, one or two weeks later."""
    day = year.dates.day_of(noted) + timedelta(days=year.rng.randrange(6, 15))
    at = year.dates.office(year.dates.at(day, 540 + year.rng.randrange(360)))
    work = next((w for w in year.words.material.works["installations"] if w.what == quoted.about), None)
    tech = year.rng.choice(TECHNICIANS)
    note = year.rng.choice(work.notes) if work else "It is done as agreed; the place is swept."
    visit = "installation" if work else "extra"
    year.set(Entry(Happening.VISIT_DONE, at, visit=visit, about=quoted.about, amount=quoted.amount, note=note, by=tech))


TECHNICIANS = ("Luis", "Mara")


def quote_price(year: Year, what: str) -> int:
    """Draw the price of something, in cents."""
    works = [w for kind in ("quotes", "installations", "bookings") for w in year.words.material.works[kind]]
    low, high = next((w.price for w in works if w.what == what), (120, 480))
    return year.rng.randrange(low, high + 1, 5) * 100


def _write(year: Year, letter: Letter, text: str, at: datetime, told: dict[str, str]) -> None:
    subject = letter.subject if letter.subject.startswith("Re: ") else f"Re: {letter.subject}"
    tech = year.rng.choice(TECHNICIANS)
    text = year.words.plain(text, year.life, at, tech)
    received = Letter(at, subject, text, out=False, answers=letter)
    year.life.letters.append(received)
    told = told if "?" not in text else {}
    year.happen(Entry(Happening.MESSAGE_IN, at, note=text, about=subject, letter=received, told=told))
