"""In which part of the day somebody likes to be reached, where they say so in a reply: English and Spanish. Pure.

"Mornings are best", "please ring after five", "mejor por las tardes". It is proposed, never done by itself. A time of
one day ("tomorrow morning", "Friday afternoon") is none, nor is one for the work ("come in the mornings").
"""

from __future__ import annotations

import re

_PARTS = {
    "morning": r"mornings?|before (?:noon|lunch)|a\.?m\.?|(?:por|en) las? mañanas?|las mañanas|antes del mediod[íi]a",
    "afternoon": r"afternoons?|after lunch|(?:por|en) las? tardes?|las tardes|despu[ée]s de comer",
    "evening": r"evenings?|after (?:work|5|five|6|six)(?: ?p\.?m\.?| o['’]clock)?|(?:por|en) las? noches?|las noches"
    r"|despu[ée]s de(?:l trabajo| las (?:5|cinco|6|seis))",
}
"""The parts of the day as `core.customers.model.BEST_TIMES` has them; the evening begins at five."""
_PART = {part: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for part, words in _PARTS.items()}
_ANY = "|".join(_PARTS.values())

_LIKES = re.compile(
    r"\b(?:best|better|easiest|easier|prefer|preferred|prefiero|preferimos|prefer(?:ible|iría)|mejor(?:es)?"
    r"|pick up the phone|answer (?:the phone|calls)|(?:am|['’]m) (?:\w+ )?(?:free|home|in)|rather|me (?:viene|va|vienen|van) bien)\b"
    rf"|\b(?:{_ANY}) (?:usually |generally |always )?(?:suits?|works?)\b"
    rf"|\b(?:{_ANY}) (?:is|are|would be|es|son|ser[íi]an?) (?:fine|good|ideal|ok(?:ay)?|great|perfect|buen\w*|ideal)\b"
    rf"|\b(?:call|ring|phone|text|reach|contact|message|e-?mail|write(?: to)?)\s+(?:me|us)\b.{{0,30}}\b(?:{_ANY})\b"
    rf"|\b(?:ll[áa]m[ea]n?me|ll[áa]m[ea]n?nos|escr[íi]b[ae]n?me|escr[íi]b[ae]n?nos)\b.{{0,30}}(?:{_ANY})\b"
    r"|\b(?:get|catch|reach) (?:me|us|hold of me)\b|\b(?:please|por favor)\b.{0,12}\b(?:call|ring|text|only)\b",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(
    r"\b(?:tomorrow|today|tonight|yesterday|this (?:morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:when|once|before|after) (?:you|he|she|they|we)\b|as soon as|hoy|ma[ñn]ana por|esta (?:mañana|tarde|noche)|ayer|(?:el|este|pr[óo]ximo) (?:lunes|martes|mi[ée]rcoles"
    r"|jueves|viernes|s[áa]bado|domingo)|\d{1,2}(?:st|nd|rd|th)\b|in an hour)",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    r"\b(?:come|comes|coming|visits?|appointments?|clean\w*|service[ds]?|servic\w+|pool|mow\w*|spray\w*|crew|technician"
    r"|arriv\w+|deliver\w*|repair\w*|install\w*|stop by|drop by|swing by|venir|vengan|visitas?|cita|limpi\w+|piscina|t[ée]cnico)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:good (?:morning|afternoon|evening|night)|(?:have|had|enjoy) (?:an?|your|the)(?: \w+)? (?:morning|afternoon|evening)"
    r"|buen[oa]s (?:d[íi]as|tardes|noches)|feliz (?:tarde|noche))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:not|never|no|nunca|don['’]?t|can['’]?t|avoid|except|evit\w+|bad|worse|worst)\b", re.IGNORECASE
)


def best_time_wish(words: str) -> tuple[str, str] | None:
    """Return the part of the day they like to be reached in, and the sentence; None where none is plainly meant."""
    for line in re.split(r"(?<=[.!?;])\s+|\n{2,}", words[:8000]):
        said = " ".join(_GREETING.sub(" ", line).split())
        named = {part for part, says in _PART.items() if says.search(_positive(said))}
        if len(named) != 1 or said.endswith("?"):
            continue
        if _LIKES.search(said) and not _ONE_DAY.search(said) and not _OF_WORK.search(said):
            return named.pop(), " ".join(line.split())[:300]
    return None


def _positive(sentence: str) -> str:
    """Return a sentence without the parts that say when not, and without what is only compared with."""
    parts = re.split(r"[,;:]|\b(?:but|than|rather than|pero|que)\b", sentence)
    kept = [part for place, part in enumerate(parts) if not _REFUSES.search(part) and not _is_compared(parts, place)]
    return ", ".join(kept)


def _is_compared(parts: list[str], place: int) -> bool:
    """Whether a part only says what another one is better than."""
    return (
        place > 0
        and bool(re.search(r"\b(?:better|rather|mejor)\b", parts[place - 1], re.IGNORECASE))
        and len(parts[place].split()) <= 3
    )
