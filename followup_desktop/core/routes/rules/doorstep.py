"""What to know before one knocks, and the one question worth asking. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from followup_desktop.base.wording import date_words, long_date_words, month_words, running
from followup_desktop.core.routes.model import Doorstep, Piece, Question, Trouble

LATELY = timedelta(days=10)
"""How long a kept promise is worth asking about."""
ASK_ANEW = timedelta(days=60)
"""How long somebody who was asked is left in peace."""
SEASON_AHEAD = timedelta(days=21)
LONGEST = 70
"""Characters of what somebody wrote that fit beside a question."""

_NEW = ("new", "lead", "quoted")
_SOUTH = frozenset({"AU", "NZ", "ZA", "AR", "CL", "UY", "PY", "BO", "PE", "BR", "NA", "BW", "ZW", "MZ", "MG"})
_SEASONS = ((3, "spring", "autumn"), (6, "summer", "winter"), (9, "autumn", "spring"), (12, "winter", "summer"))


def know(at: Doorstep, day: date) -> tuple[Piece, ...]:
    """Return what to know before a visit on `day`: tags first, then plain words."""
    found = (*_waiting(at, day), *_troubles(at, day), *_owed(at), *_newcomer(at), *_plain(at))
    return tuple(sorted(found, key=_tags_first))


def _tags_first(piece: Piece) -> bool:
    return piece.tone is None


def _waiting(at: Doorstep, day: date) -> Iterable[Piece]:
    if at.wrote:
        yield Piece(f"Reply waiting since {_on(at.wrote.day, day)}", "warning")


def _troubles(at: Doorstep, day: date) -> Iterable[Piece]:
    for trouble in at.troubles:
        if trouble.put_right is not None:
            yield Piece(f"{_short(_what(trouble))}, put right {_day(trouble.put_right, day)}: did it hold?")
        elif trouble.kind in _WRONG:
            yield Piece(f"{_WRONG[trouble.kind]} {_lately(trouble.day, day)}", "warning")
        else:
            yield Piece(f"Open case: {_short(trouble.what, 40)}", "danger")


_WRONG = {"visit_late": "Late visit", "visit_missed": "Missed visit"}


def _what(trouble: Trouble) -> str:
    return _WRONG.get(trouble.kind, trouble.what)


def _owed(at: Doorstep) -> Iterable[Piece]:
    for owed in at.owed:
        if owed.kept is None:
            if owed.late:
                yield Piece(f"Promise {owed.when}", "danger")
            yield Piece(f"Promised: {running(owed.what)}" + ("" if owed.late else f", due {owed.when}"))


def _newcomer(at: Doorstep) -> Iterable[Piece]:
    if at.stage in _NEW and at.visits == 0:
        yield Piece("First visit", "accent")


def _plain(at: Doorstep) -> Iterable[Piece]:
    for text in (at.access_note, at.notes, f"Referred by {at.referred_by}" if at.referred_by else ""):
        if text.strip():
            yield Piece(" ".join(text.split()))


def ask(at: Doorstep, day: date, region: str = "US", trade: str = "") -> Question | None:
    """Return the question of a visit on `day`: about what is open first, then what is new; none too often."""
    for rule in _QUESTIONS:
        question = rule(at, day)
        if question is not None:
            return question
    general = _IN_GENERAL.get(trade, "Is everything the way you like it?")
    if at.asked is None:
        return _about_the_season(day, region) or Question(general, "Not asked yet")
    if day - at.asked < ASK_ANEW:
        return None
    return Question(general, f"Not asked since {month_words(at.asked, year=False)}")


_IN_GENERAL = {
    "pools": "Is the water the way you like it?",
    "lawn_care": "Is the lawn the way you like it?",
    "cleaning": "Is everything as clean as you like it?",
}


def _asked_since(at: Doorstep, day: date) -> bool:
    """Whether they were asked after that day: nobody is asked the same twice."""
    return at.asked is not None and at.asked > day


def _about_what_they_wrote(at: Doorstep, day: date) -> Question | None:
    if at.wrote is None:
        return None
    why = f"They wrote: “{_short(at.wrote.text)}”" if at.wrote.text.strip() else f"They wrote {_day(at.wrote.day, day)}"
    return Question("I saw your note. Shall we look at it together?", why)


def _about_trouble(at: Doorstep, day: date) -> Question | None:
    for trouble in at.troubles:
        if trouble.put_right is None and (trouble.kind not in _WRONG or not _asked_since(at, trouble.day)):
            return _about_open_trouble(trouble, day)
    for trouble in at.troubles:
        if trouble.put_right is not None and not _asked_since(at, trouble.put_right):
            why = f"Put right {_day(trouble.put_right, day)}: {_short(_what(trouble))}"
            return Question("Has it been all right since?", why)
    return None


def _about_open_trouble(trouble: Trouble, day: date) -> Question:
    if trouble.kind == "visit_late":
        return Question(f"Was {_on(trouble.day, day)} all right after all?", f"We came late {_day(trouble.day, day)}")
    if trouble.kind == "visit_missed":
        missed = f"We did not come {_day(trouble.day, day)}"
        return Question(f"How can we make up for {_on(trouble.day, day)}?", missed)
    return Question("What would make it right for you?", f"Open case: {_short(trouble.what)}")


def _about_a_promise(at: Doorstep, day: date) -> Question | None:
    for owed in at.owed:
        if owed.kept is not None and day - owed.kept <= LATELY and not _asked_since(at, owed.kept):
            return Question("Was that what you needed?", f"Promise kept {_day(owed.kept, day)}: {_short(owed.what)}")
        if owed.kept is None and owed.due <= day:
            said = f"Promise {owed.when}" if owed.late else f"Promise due {owed.when}"
            return Question("Besides what we promised, is anything else waiting?", said)
    return None


def _about_a_rating(at: Doorstep, day: date) -> Question | None:
    if at.rated is None or at.rated.score is None or at.rated.score > 3 or _asked_since(at, at.rated.day):
        return None
    why = f"Rated {at.rated.score} of 5 {_day(at.rated.day, day)}"
    return Question("What would make it a 5?", f"{why}: {_short(at.rated.text)}" if at.rated.text.strip() else why)


def _about_a_quote(at: Doorstep, day: date) -> Question | None:
    if at.quote is None or _asked_since(at, at.quote.day):
        return None
    what = f": {_short(at.quote.text)}" if at.quote.text.strip() else ""
    return Question("Is anything in the price unclear?", f"Quote sent {_day(at.quote.day, day)}{what}")


def _about_our_work(at: Doorstep, day: date) -> Question | None:
    if at.work is None or _asked_since(at, at.work.day):
        return None
    what = f": {_short(at.work.text)}" if at.work.text.strip() else ""
    return Question("Is it doing what it should?", f"{_WORK.get(at.work.kind, 'Work')} {_day(at.work.day, day)}{what}")


_WORK = {"repair": "Repair", "installation": "Fitted", "purchase": "Bought"}


def _about_the_first_weeks(at: Doorstep, day: date) -> Question | None:
    if at.stage not in _NEW or at.visits > 2:
        return None
    return _FIRST[at.visits]


_FIRST = (
    Question("What should we know that nobody has asked you?", "First visit"),
    Question("Is it the way you expected?", "Second visit"),
    Question("What made you choose us?", "Third visit"),
)

_QUESTIONS: tuple[Callable[[Doorstep, date], Question | None], ...] = (
    _about_what_they_wrote,
    _about_trouble,
    _about_a_promise,
    _about_a_rating,
    _about_a_quote,
    _about_our_work,
    _about_the_first_weeks,
)


def _about_the_season(day: date, region: str) -> Question | None:
    for month, north, south in _SEASONS:
        start = date(day.year, month, 1)
        if start - SEASON_AHEAD <= day < start:
            season = south if region in _SOUTH else north
            return Question(f"Anything you want changed before {season}?", "Season change")
    return None


def _on(day: date, seen_from: date) -> str:
    """Return "today", "yesterday", "Sunday" within a week, "last Tuesday" a week ago, else "Fri 6 Nov"."""
    ago = (seen_from - day).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if not 1 < ago <= 7:
        return date_words(day, seen_from)
    weekday = long_date_words(day).partition(" ")[0]
    return f"last {weekday}" if ago == 7 else weekday


def _day(day: date, seen_from: date) -> str:
    """Return the same as it stands after a verb: "today", "on Sunday"."""
    words = _on(day, seen_from)
    return words if words.startswith(("today", "yesterday", "last ")) else f"on {words}"


def _lately(day: date, seen_from: date) -> str:
    """Return "last week" for the calendar week before, else the day."""
    weeks = (_monday(seen_from) - _monday(day)).days // 7
    return "last week" if weeks == 1 else _day(day, seen_from)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _short(text: str, most: int = LONGEST) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
