"""Automatic replies: which they are, and when somebody is back.

Automatic mail says so in its headers (RFC 3834, and the habits that came before it); where it does not, its subject
does. It never counts as an answer.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from followup_desktop.mail.parse.model import Mail

_AWAY = re.compile(
    r"out[ -]of[ -](the )?office|automatic reply|auto(matic)?[- ]?(reply|response|responder|answer)|autoreply|away from (my|the)|on (annual )?(leave|vacation|holiday)|"
    r"vacation (reply|message|notice)|i am away|currently (away|out)|"
    r"abwesen|automatische antwort|nicht im (büro|haus)|im urlaub|"
    r"respuesta autom[áa]tica|fuera de (la )?oficina|de vacaciones|ausencia|ausente|"
    r"r[ée]ponse automatique|absen(t|ce)|en congé|"
    r"risposta automatica|fuori (sede|ufficio)|assen(te|za)|in ferie|"
    r"resposta autom[áa]tica|fora do escrit[óo]rio|de f[ée]rias|aus[êe]n|"
    r"automatisch (antwoord|bericht)|afwezig|niet aanwezig|op vakantie|"
    r"autosvar|automatisk (svar|besvarelse)|automaattinen vastaus|poissa|"
    r"automatyczna odpowied|odpowied[źz] automatyczn|nieobecno|poza biurem|automatick[áa] odpov|nep[řr][íi]tomn|"
    r"automatikus v[áa]lasz|автоответ|автоматическ|отсутств|αυτόματη απάντηση|otomatik yan[ıi]t|"
    r"自动回复|自動回覆|自動応答|不在|부재중|자동 ?응답",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|ne[-_.]?pas[-_.]?repondre|notifications?|alerts?|newsletter|news|bounce)([+\-_.][^@]*)?@",
    re.I,
)
_PRECEDENCE = re.compile(r"^(auto[-_]?reply|bulk|junk|list)$", re.IGNORECASE)


def is_automatic(mail: Mail) -> bool:
    """Whether no person wrote this for us."""
    submitted = mail.header("Auto-Submitted").casefold()
    if submitted and not submitted.startswith("no"):
        return True
    if any(
        mail.header(name)
        for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply")
    ):
        return mail.header("X-Autoreply").casefold() not in ("no", "false") or bool(mail.header("X-Autorespond"))
    if any(mail.header(name) for name in ("List-Id", "List-Unsubscribe", "Feedback-ID", "X-Auto-Response-From")):
        return True
    if _PRECEDENCE.match(mail.header("Precedence")):
        return True
    if mail.header("X-Auto-Response-Suppress") and mail.header("X-MS-Exchange-Generated-Message-Source"):
        return True
    return bool(_ROBOT.match(mail.sender)) or is_away(mail)


def is_away(mail: Mail) -> bool:
    """Whether the subject says that somebody is away, beyond the words of the subject they answer."""
    subject = mail.subject
    without = re.sub(r"^\s*((re|aw|rv|sv|vs|tr|r|antw|odp|fwd?)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
    if without != subject:
        return False  # a person answers with “Re:”; the subject was somebody's own words
    found = _AWAY.search(subject)
    return bool(found) and (found.start() < 12 or bool(mail.header("X-Auto-Response-Suppress")))  # type: ignore[union-attr]


# --- When they are back ---------------------------------------------------------------------------------------------

_BACK = (
    r"back|return\w*|reachable|available again|in the office|at my desk|resume|reopen\w*|until|till|til|through|thru|to|"
    r"ab|wieder|zurück|bis|einschließlich|erreichbar|"
    r"hasta|vuelvo|volver[ée]|regreso|regresar[ée]|reincorpor\w*|a partir del?|de vuelta|"
    r"jusqu'?\w*|retour|reviens|reviendrai|à partir du|de retour|"
    r"fino|rientr\w*|torn\w*|dal|al|até|volt\w*|retorn\w*|a partir de|"
    r"tot|terug|vanaf|t/m|til og med|tilbage|tilbake|till|åter|tillbaka|fra|från|do|wrac\w*|powrót|od|до|с|вернусь"
)
_RETURNS = re.compile(
    r"back|return|reachable|available again|resume|reopen|in the office (again|on)|wieder|zurück|\bab\b|vuelv|volver|regres|reincorp|a partir|de vuelta|"
    r"retour|revien|à partir|rientr|torn|volt|retorn|terug|vanaf|tilba|tillbaka|åter|wrac|powr|вернусь",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(until|till|til|through|thru|bis|hasta|jusqu\w*|fino|até|tot|t/m|до)\W+(\w+\W+){0,3}$|\b(to|al|do|au|a)\s+(the\s+)?$|[-–—]\s*$",
    re.IGNORECASE,
)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag lunes lundi lunedì segunda maandag",
            "tuesday dienstag martes mardi martedì terça dinsdag",
            "wednesday mittwoch miércoles mercredi mercoledì quarta woensdag",
            "thursday donnerstag jueves jeudi giovedì quinta donderdag",
            "friday freitag viernes vendredi venerdì sexta vrijdag",
            "saturday samstag sábado samedi sabato zaterdag",
            "sunday sonntag domingo dimanche domenica zondag",
        )
    )
    for name in names.split()
}
_LANGUAGES = (
    "en",
    "es",
    "de",
    "fr",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "ru",
    "ca",
    "hu",
    "ro",
    "tr",
)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the names of months in the languages of `_LANGUAGES`, long and short, by their number."""
    from babel import Locale  # its tables take a moment, and few messages need them

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        locale = Locale(language)
        for width in ("wide", "abbreviated"):
            for use in ("format", "stand-alone"):
                for number, name in locale.months[use][width].items():
                    word = name.casefold().strip(" .")
                    if len(word) >= 3 and not word.isdigit():
                        found.setdefault(word, number)
    return found | {"sept": 9}


def return_date(mail: Mail, today: date) -> date | None:
    """Return the day somebody is back, as an automatic reply says it; None where it does not say, or is not clear.

    `today` is the day the message came. “Until the 5th” is taken as the last day away, so they are back on the 6th;
    “back on the 5th” is the 5th.
    """
    text = f"{mail.subject}. {' '.join(mail.text.split())}"[:6000]
    found = [(place, day) for place, day in _dates(text, today) if today <= day <= today + timedelta(days=400)]
    told = [(_says_when(text, place), day) for place, day in found]
    returning = [day for word, day in told if word == "back"]
    if returning:
        return returning[0]
    last = [day for word, day in told if word == "until"]
    return max(last) + timedelta(days=1) if last else None


def _says_when(text: str, place: int) -> str:
    """Say whether the words before a date mean the day they are back, the last day away, or neither."""
    before = re.split(r"[.!?;]\s", text[max(0, place - 60) : place])[-1]
    cues = list(re.finditer(rf"\b({_BACK})(?!\w)", before, re.IGNORECASE)) or list(re.finditer(r"(-|–|—)\s*$", before))
    if not cues:
        return ""
    sentence = re.split(r"[.!?;]\s", text[max(0, place - 160) : place])[-1]
    if _UNTIL.search(before):
        # “I will not be back until Monday”: Monday is the day they are back.
        negated = re.search(r"\b(not|no|nicht|erst|ne|non|não|niet|n't)\b.{0,60}$", sentence, re.I) and _RETURNS.search(
            sentence
        )
        return "back" if negated else "until"
    return "back" if _RETURNS.search(sentence) else ""


def _dates(text: str, today: date) -> list[tuple[int, date]]:
    found: list[tuple[int, date]] = []
    for match in re.finditer(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", text):
        found += _day(match.start(), int(match[1]), int(match[2]), int(match[3]))
    for match in re.finditer(r"(?<![\d.-/])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\b\.?(?![\d/])", text):
        found += _numeric(match, text, today)
    word = r"([^\W\d_]{3,12})\.?"
    for match in re.finditer(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:of\s+|de\s+|d')?{word}(?:,?\s+(?:de\s+)?(\d{{4}}))?", text
    ):
        found += _worded(match.start(), match[2], match[1], match[3], today)
    for match in re.finditer(rf"\b{word}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[:.]\d\d)(?:,?\s+(\d{{4}}))?", text):
        found += _worded(match.start(), match[1], match[2], match[3], today)
    for match in re.finditer(
        r"\b("
        + "|".join(_WEEKDAYS)
        + r")\b(?:[- ]feira)?(?!,?\s*(?:the\s+|den\s+|el\s+|le\s+)?\d|,?\s+[^\W\d_]+\.?\s+\d)",
        text,
        re.I,
    ):
        ahead = (_WEEKDAYS[match[1].casefold()] - today.weekday() - 1) % 7 + 1
        found.append((match.start(), today + timedelta(days=ahead)))
    return sorted(found)


def _worded(place: int, word: str, day: str, year: str | None, today: date) -> list[tuple[int, date]]:
    month = _months().get(word.casefold().strip("."))
    if month is None:
        return []
    return _near(place, month, int(day), int(year) if year else None, today)


def _numeric(match: re.Match[str], text: str, today: date) -> list[tuple[int, date]]:
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if match[4] else None
    if year is not None and year < 100:
        year += 2000
    if match[2] == "." or first > 12:
        day, month = first, second
    elif second > 12 or not _is_day_first(text):
        month, day = first, second
    else:
        day, month = first, second
    if match[4] is None and match[2] != "/" and match[2] != ".":
        return []  # “9-11” is a span of hours or days
    return _near(match.start(), month, day, year, today)


def _is_day_first(text: str) -> bool:
    """Whether the words around say that the day stands first, as everywhere but in English of the United States."""
    return not re.search(r"\b(the|office|will|back|and|from|return)\b", text, re.IGNORECASE)


def _near(place: int, month: int, day: int, year: int | None, today: date) -> list[tuple[int, date]]:
    if year is not None:
        return _day(place, year, month, day)
    this_year = _day(place, today.year, month, day)
    if this_year and this_year[0][1] < today - timedelta(days=60):
        return _day(place, today.year + 1, month, day)
    return this_year


def _day(place: int, year: int, month: int, day: int) -> list[tuple[int, date]]:
    try:
        return [(place, date(year, month, day))]
    except ValueError:
        return []
