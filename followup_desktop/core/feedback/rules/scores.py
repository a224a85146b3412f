"""What a number means: 1 to 5 for how satisfied they are, 0 to 10 for whether they would recommend us. Pure."""

from __future__ import annotations

import re

from followup_desktop.base.errors import Problem
from followup_desktop.core.feedback.model import BOUNDS, Mood, Scale

_HIGHEST_UNHAPPY = {Scale.CSAT: 2, Scale.NPS: 6}
_HIGHEST_LUKEWARM = {Scale.CSAT: 3, Scale.NPS: 8}


def mood_of(scale: Scale, score: int | None) -> Mood | None:
    """Return how content an answer is; None where it has no number."""
    if scale not in BOUNDS or score is None:
        return None
    if score <= _HIGHEST_UNHAPPY[scale]:
        return Mood.UNHAPPY
    return Mood.LUKEWARM if score <= _HIGHEST_LUKEWARM[scale] else Mood.HAPPY


def is_on(scale: Scale, score: int) -> bool:
    """Whether a number is one of the scale."""
    least, most = BOUNDS[scale]
    return least <= score <= most


def check(scale: Scale, score: int | None, text: str = "") -> None:
    """Raise Problem for a number that is not on its scale, and for an answer that says nothing."""
    if scale is Scale.WORDS:
        if not text.strip():
            raise Problem("An answer in words needs words.", "Nothing was written down.", "Write what they said.")
        return
    if score is None or not is_on(scale, score):
        least, most = BOUNDS[scale]
        given = "No number was given" if score is None else f"{score} is not on the scale"
        name = "how satisfied they are (CSAT)" if scale is Scale.CSAT else "whether they would recommend us (NPS)"
        raise Problem(
            f"{given}: {name} goes from {least} to {most}.",
            "Nothing was written down.",
            "Look at the number once more.",
        )


def score_words(scale: Scale, score: int | None) -> str:
    """Say a score with its scale: "4 of 5"."""
    return "" if score is None or scale not in BOUNDS else f"{score} of {BOUNDS[scale][1]}"


_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
)
_IN_WORDS = {word: number % 11 for number, word in enumerate(_NUMBERS)} | {"un": 1}
_LEAD = (
    r"(?:(?:hi|hello|hey|hola|buenas)\b[^\d\n]{0,40}?[,.:!]\s*)?"
    r"(?:(?:i'?d|i would|i'?ll|we'?d|we would)\s+(?:say|give(?:\s+(?:you|it|that|them))?)\s+|"
    r"(?:le|te|les|os)\s+(?:doy|pongo)\s+|(?:yo\s+)?(?:diría|diria)\s+(?:que\s+)?|"
    r"(?:a\s+solid|my\s+answer(?:\s+is)?:?|score:?|rating:?|it'?s|nota:?|mi\s+nota:?)\s+)?"
    r"(?:an?\s+|un\s+)?"
)
_SCORE = re.compile(
    rf"\W*{_LEAD}(?P<score>\d{{1,3}}|{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:$|(?:/|of|out\s+of|de|sobre)\s*(?:5|10|five|ten|cinco|diez)\b|(?:stars?|points?|estrellas?|puntos?)\b|"
    r"[.!;,)](?:\s|$)|[:–—(-]\s|\s[–—(-])",
    re.IGNORECASE,
)


def score_in(text: str, scale: Scale) -> int | None:
    """Return the number a reply begins with, where it is an answer and not some other figure; None otherwise.

    "4", "4, because …", "5 stars", "I'd say 9" answer; "3 days later …" and "9:30 suits me" do not.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = _SCORE.match(first)
    if not found or not _ENDS.match(found["rest"]):
        return None
    word = found["score"].casefold()
    score = _IN_WORDS.get(word, int(word) if word.isdigit() else -1)
    return score if is_on(scale, score) else None


def besides_score(text: str, scale: Scale) -> str:
    """Return what an answer says besides the number it begins with: "2, the gate was open" says "the gate was open".

    Where it is just the number there is nothing left; where it begins with none it stays as it is.
    """
    lines = text.strip().splitlines()
    found = _SCORE.match(lines[0]) if lines and score_in(text, scale) is not None else None
    if found is None:
        return text.strip()
    rest = _SCALE_WORDS.sub("", found["rest"], count=1).lstrip(" .!;,:)(–—-/")
    return "\n".join([rest, *lines[1:]]).strip()


_SCALE_WORDS = re.compile(
    r"^\s*(?:(?:/|of|out\s+of|de|sobre)\s*(?:5|10|five|ten|cinco|diez)\b)?\s*(?:(?:stars?|points?|estrellas?|puntos?)\b)?",
    re.IGNORECASE,
)
