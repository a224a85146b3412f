"""When somebody is back, as an automatic reply says it, in the languages and notations people write days in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from followup_desktop.mail.parse.model import Mail

_RETURNS = re.compile(
    r"\b(back|return\w*|reachable|available|resum\w*|re-?open\w*|next (?:working |business )?day(?: in| at| back)?|respond|reply|answer|read|in the office|at my desk|at work|in again|"
    r"wieder|zurück\w*|rückkehr|erreichbar|ab|antworte\w*|beantworte\w*|"
    r"vuelv\w*|volver\w*|regres\w*|reincorpor\w*|retom\w*|a partir|de vuelta|disponible|estar[ée]|responder[ée]|incorpor\w*|"
    r"retour\w*|revien\w*|reviendr\w*|à partir|dès|joignable|répond\w*|reprendr\w*|réouv\w*|rouvr\w*|"
    r"rientr\w*|torn\w*|ritorn\w*|a partire|di nuovo|disponibile|risponder\w*|"
    r"volt\w*|retorn\w*|regress\w*|disponível|estarei|responderei|"
    r"terug\w*|vanaf|weer|bereikbaar|aanwezig|"
    r"tilba\w*|tillba\w*|åter\w*|igen|igjen|träffas|fra|från|"
    r"takaisin|palaan|paikalla|tavoitettavissa|wrac\w*|wróc\w*|powr\w*|dostępn\w*|od|zpět|zpátky|vrát\w*|vrac\w*|opět|budu|"
    r"выйду|выхожу|на работ\w*|снова|вернусь|вернется|верн\w*|буду|доступ\w*|повернусь|visszat\w*|újra|ismét|revin|întorc|din|dönece\w*|döner\w*|itibaren|tekrar|επιστρ\w*|torn\w*|tornar\w*|ponovno|vraćam)\b"
    r"|返回|回来|回來|回到|恢复|恢復|復帰|出社|再開|から|より|起|复工|上班|복귀|돌아|부터|חוזר|אחזור|أعود|سأعود|quay lại|trở lại|kembali|กลับ",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(until|till|til|through|thru|up to|to|bis|hasta|jusqu\W?\w*|au|fino|al|até|ao|a|tot|t/m|til og med|til|till|t\.o\.m|do|"
    r"asti|saakka|do|до|по|-ig|pană|până|la|kadar|έως|μέχρι|fins|untill|and|und|y|et|e|en|og|och)\W+(?:[^\W\d_]+\W+){0,3}$|(?:[-–—~〜～/]|to)\s*$",
    re.IGNORECASE,
)
_PLAIN_UNTIL = re.compile(
    r"\b(until|till|til|untill|up to|bis|hasta|jusqu\W?\w*|fino|até|tot|asti|saakka|до|până|kadar|μέχρι|fins|till|do|through|thru|t/m|t\.o\.m)\b\W+(?:[^\W\d_]+\W+){0,4}$",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"\b(through|thru|inclusive|including|included|einschl\w*|inkl\w*|inclusive|incluid[oa]s?|inclusive|inclus\w*|compres[oa]|t/m|tot en met|til og med|till och med|t\.o\.m|włącznie|včetně|включительно)\b",
    re.IGNORECASE,
)
_AFTER_UNTIL = re.compile(r"^\W{0,3}(まで|迄|까지|之前|为止|為止|前|tarihine kadar|ig\b|asti|saakka)", re.IGNORECASE)
_AFTER_BACK = re.compile(
    r"^.{0,12}?(に出社|(?:ご)?(?:連絡|返信|対応)|恢复|weer (bereikbaar|aanwezig|terug)|opnieuw (bereikbaar|aanwezig)|(pazartesi|salı|çarşamba|perşembe|cuma)?\W*günü ofiste|に復帰|に再開|(ben|is|zijn|bin|sind) (ik|wij|we|ich|wir) (er )?(weer|terug|wieder|zurück)|から|より|以降|に復帰|に戻|起|返回|回来|回來|恢复|上班|회사|부터|복귀|에 돌아|itibaren|tarihinde|(bin|sind|ist) (ich |wir )?(wieder|zurück)|wieder|(estar[ée]|volver[ée]|vuelvo)|zurück|terug|tilbage|tillbaka|térek vissza|vissza|újra|dönece|döner|geri|palaan|jsem zpět|zpět|wracam|sono di nuovo|sarò di nuovo|je (serai|suis) (de retour|joignable)|(ich|wir) (wieder|zurück)|(I|we)('ll| will| am| shall) (be )?(back|return|available|in the office))",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(not|no|n't|won't|cannot|nicht|erst|kein\w*|ne|n'|pas|non|não|nao|niet|geen|ikke|inte|ei|nie|ne|не|nu)\b|不|无法|ません|없",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(back|return\w*|available|wieder|zurück|vuelv\w*|regres\w*|retour|revien\w*|rientr\w*|volt\w*|terug|tilbake?|tillbaka|(?:will|i'll|we'll|shall) \w+|answer|reply|respond|resume|antwort\w*|responder\w*|contest\w*|répond\w*|rispond\w*)\b|;",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b(office|opening|business|working|our) hours\b|\b(is|are) open\b|öffnungszeiten|geschäftszeiten|bürozeiten|horario|horaires|\borari[o]?\b|openingstijden|godziny (pracy|otwarcia)|営業時間|营业时间",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(from|between|vom|von|zwischen|ab|del|desde|entre|du|dal|dall\w*|tra|de|van|tussen|fra|från|mellan|mellem|od|с|between|starting|leave)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(r"(?<=[^\d\s][.!?;])\s+(?=[^\W\d_a-z])|[。！？]|\n\s*\n|(?<=[^\W\d_]{4}[.!?])\s+(?=[^\W\d_])")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag lunes lundi lunedì segunda maandag måndag mandag maanantaina maanantai poniedziałek poniedziałku pondělí понедельник dilluns hétfő hétfőn luni pazartesi 月曜日 星期一 周一 월요일",
            "tuesday dienstag martes mardi martedì terça dinsdag tisdag tirsdag tiistaina tiistai wtorek úterý вторник dimarts kedden marți salı 火曜日 星期二 周二 화요일",
            "wednesday mittwoch miércoles mercredi mercoledì quarta woensdag onsdag keskiviikkona środę środa středu středa среду среда dimecres szerdán miercuri çarşamba 水曜日 星期三 周三 수요일",
            "thursday donnerstag jueves jeudi giovedì quinta donderdag torsdag torstaina czwartek čtvrtek четверг dijous csütörtökön joi perşembe 木曜日 星期四 周四 목요일",
            "friday freitag viernes vendredi venerdì sexta vrijdag fredag perjantaina piątek pátek пятницу divendres pénteken vineri cuma 金曜日 星期五 周五 금요일",
            "saturday samstag sonnabend sábado samedi sabato zaterdag lördag lørdag lauantaina sobotę sobotu субботу dissabte szombaton sâmbătă cumartesi 土曜日 星期六 周六 토요일",
            "sunday sonntag domingo dimanche domenica zondag söndag søndag sunnuntaina niedzielę neděli воскресенье diumenge vasárnap duminică pazar 日曜日 星期日 周日 일요일",
        )
    )
    for name in names.split()
}
_TOMORROW = re.compile(
    r"\b(tomorrow(?! night)|morgen|mañana|demain|domani|amanhã|imorgon|i morgen|huomenna|jutro|zítra|завтра)\b|明日|明天|내일",
    re.IGNORECASE,
)
_ENDS_OF_MONTH = re.compile(
    r"\b(?:(?:the )?end of|ende|finales? de|fines de|fin(?: de| d')?|(?:la )?fine(?: di)?|einde?|final de|fim de|slutet av|slutten av|slutningen af|koniec|do końca|konce) ([^\W\d_]{3,12})\.?(?:,? (\d{4}))?",
    re.IGNORECASE,
)
_LONG = {
    "a week": 7,
    "one week": 7,
    "a fortnight": 14,
    "two weeks": 14,
    "2 weeks": 14,
    "three weeks": 21,
    "3 weeks": 21,
}
_IN_WEEKS = re.compile(
    rf"\bin ({'|'.join(_LONG)})(?:['’]s?)?(?: time)?\b|\b(?:in (?:zwei|2) wochen|en (?:dos|2) semanas|dans (?:deux|2) semaines|tra (?:due|2) settimane)\b",
    re.IGNORECASE,
)
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
    "sk",
    "ru",
    "uk",
    "ca",
    "hu",
    "ro",
    "tr",
    "el",
    "hr",
    "sl",
)


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    end: int
    day: date


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
    return found | {"sept": 9, "setiembre": 9, "jänner": 1, "feber": 2}


def return_date(mail: Mail, today: date) -> date | None:
    """Return the day somebody is back, as an automatic reply says it; None where it does not say, or is not clear.

    `today` is the day the message came. “Back on the 5th” and “until the 5th” are the 5th; a span, “from the 2nd to
    the 5th” or “through the 5th”, has its last day away, so they are back on the 6th.
    """
    text = f"{mail.subject}. \n\n{mail.text[:6000]}".replace("\xa0", " ")
    text = re.sub(r"(?m)^\s*>.*$", "", text)
    text = re.sub(r"(?i)\b(einschl|inkl|incl|einschliessl|ca|approx|tel|ggf|d|kl|klo|dal|al)\.(?=\s)", r"\1", text)
    text = re.sub(r"(?i)\btoday,? \(?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", "today", text)
    text = re.sub(r"(?i)\b(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.(?=\s)", r"\1", text)
    returning: list[date] = []
    last: list[date] = []
    for sentence in _sentences(text):
        if _HOURS.search(sentence):
            continue
        found = list(_dates(sentence, today))
        for number, one in enumerate(found):
            if not today <= one.day <= today + timedelta(days=400):
                continue
            says = _says(sentence, one, found[:number], found[number + 1 :])
            if says == "back":
                returning.append(one.day)
            elif says:
                last.append(one.day + timedelta(days=1 if says == "last day" else 0))
    return returning[0] if returning else max(last, default=None)


_HINT = re.compile(rf"{_TOMORROW.pattern}|{_IN_WEEKS.pattern}|{_ENDS_OF_MONTH.pattern}", re.IGNORECASE)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _STOPS.split(text):
        if (sentence and re.search(r"\d|" + "|".join(_WEEKDAYS), sentence, re.IGNORECASE)) or _HINT.search(
            sentence or ""
        ):
            yield " ".join(sentence.split())


_TO = re.compile(
    r"\W*(?:[-–—~〜～至到]|to|bis|al|a|au|à|do|tot|t/m|tot en met|til|till|til og med|till och med|по|до|até|ao|fino al?|hasta|until|till|through|thru|から|부터)\W*(?:(?:and including|d|the|den|dem|el|il|le|zum|einschl\w*|einschließlich)\W*){0,2}(?:[^\W\d_]{3,12}\W+)?",
    re.IGNORECASE,
)


def _says(sentence: str, one: _Day, earlier: list[_Day], later: list[_Day]) -> str:
    """Say whether a date is the day they are back, until when they are away, the last day away, or nothing of it."""
    before = sentence[max(0, one.start - 120) : one.start]
    after = re.sub(r"^\s*[(（][^()（）]{1,12}[)）]", "", sentence[one.end : one.end + 60])
    if later and _TO.fullmatch(sentence[one.end : later[0].start]):
        return ""  # the first day of a span
    near = sentence[earlier[-1].end : one.start] if earlier else before
    included = bool(_INCLUDED.search(near[-30:]) or _INCLUDED.match(after.lstrip(" ,()")))
    if _AFTER_UNTIL.match(after) or re.search(r"(至|到|直到)\s*$", before):
        return "until"
    back = _AFTER_BACK.match(after)
    if back and not (later and later[0].start - one.end - back.end() < 24):
        return "back"  # what is followed by another day right away belongs to that one
    ends_span = bool(earlier) and len(near) <= 22 and bool(_UNTIL.search(near)) and not _AGAIN.search(near)
    if not earlier and re.search(
        r"(\d{1,2}\W{0,3}|\b[^\W\d_]+\.? \d{1,2}\W{0,3})(-|–|—|to|bis|al|au|a|tot|til|till|do|t/m|and|und)\W*$",
        before,
        re.I,
    ):
        ends_span = bool(_FROM_TO.search(before)) or bool(re.search(r"\d[.º]?\s*[-–—]\s*$", before))
    if ends_span:
        return "last day"
    if _PLAIN_UNTIL.search(near) or (included and _UNTIL.search(near)):
        if _NOT.search(before) and _RETURNS.search(before):
            return "back"  # “I will not be back until Monday”: Monday is the day they are back
        return "last day" if included else "until"
    cues = list(_RETURNS.finditer(before))
    if cues and not (
        _FROM_TO.search(before[cues[-1].end() :]) and re.match(r"\W*(-|–|to\b|bis\b|al?\b|au\b|until)", after)
    ):
        away = re.search(
            r"\b(out|away|off|leave|abwesend|urlaub|ausente|vacaciones|absent|congé|assente|ferie|afwezig)\b[^,;]{0,60}$",
            before[cues[-1].end() :],
            re.I,
        )
        if (
            cues[-1][0].casefold() in ("ab", "from", "fra", "från", "od", "din")
            and re.search(r"\b(urlaub|abwesend|nicht|ferie|urlop|borta|poza)\b", sentence, re.I)
            and not re.search(r"wieder|zurück|igen|ponownie|tilbage|tillbaka", sentence, re.I)
        ):
            return ""
        return "" if away else "back"
    return ""


def _dates(text: str, today: date) -> list[_Day]:
    found: list[_Day] = []

    def add(match: re.Match[str], day: date | None) -> None:
        clear = all(match.end() <= one.start or match.start() >= one.end for one in found)
        if day is not None and clear:
            found.append(_Day(match.start(), match.end(), day))

    for match in re.finditer(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text):
        add(match, _day(int(match[1]), int(match[2]), int(match[3])))
    for match in re.finditer(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]", text):
        add(match, _near(int(match[2]), int(match[3]), int(match[1]) if match[1] else None, today))
    word = r"([^\W\d_]{3,12})\.?"
    kinds = r"(?:st|nd|rd|th|er|ème|º|ª|°|\.|:e|:s|-е|-го|-án|-én)?"
    for match in re.finditer(
        rf"(?<![\d.:/])(\d{{1,2}}){kinds}[\s,-]{{0,3}}(?:of\s+|de\s+|d'|di\s+|do\s+)?{word}(?:,?[\s-]{{0,2}}(?:de\s+|del\s+)?(\d{{4}}|'?\d\d(?![\d:.h]))\b)?",
        text,
    ):
        add(match, _worded(match[2], match[1], match[3], today))
    for match in re.finditer(
        rf"(?<!\w){word}\s*-?(\d{{1,2}})(?:st|nd|rd|th|\.)?(?![\d:])(?!\s?(?:am|pm|h|uhr)\b)(?:,?\s+(\d{{4}})\b)?", text
    ):
        add(match, _worded(match[1], match[2], match[3], today))
    for match in re.finditer(
        r"(?<![\d./])(?<!\d-)(\d{1,2})(\s?[./]\s?|-)(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/])(?!\s?(?:%|am|pm|uhr|h\b|:\d))",
        text,
    ):
        add(match, _numeric(match, text, today))
    names = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
    for match in re.finditer(
        rf"(?<![^\W\d_])({names})(?:[- ]feira)?,?\s+(?:the |den |dem |d\. |le |il |el |día |dia |de |dia )?(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|\.)?(?![\d:/-]|\.\d| ?(?:am|pm|uhr|h)\b)",
        text,
        re.IGNORECASE,
    ):
        add(match, _next_such(int(match[2]), today, _WEEKDAYS[match[1].casefold()]))
    for match in re.finditer(
        r"\b(?:the|el día|el dia)\s(\d{1,2})(st|nd|rd|th)?\b(?!\s?(?:of|de|floor|time|%|:))", text, re.IGNORECASE
    ):
        if match[2] or match[0][:2].casefold() == "el":
            add(match, _next_such(int(match[1]), today))
    for match in re.finditer(r"(?<![\d月])(\d{1,2})日(?!間|间)", text):
        add(match, _next_such(int(match[1]), today))
    for match in _ENDS_OF_MONTH.finditer(text):
        month = _months().get(match[1].casefold().strip("."))
        first = _near(month, 1, int(match[2]) if match[2] else None, today) if month else None
        add(match, first and date(first.year, first.month, monthrange(first.year, first.month)[1]))
    for match in _IN_WEEKS.finditer(text):
        add(match, today + timedelta(days=_LONG[match[1].casefold()] if match[1] else 14))
    for match in re.finditer(rf"(?<![^\W\d_])({names})(?![^\W\d_])(?:[- ]feira)?", text, re.IGNORECASE):
        # A weekday beside a date names that date.
        if any(0 <= one.start - match.end() <= 12 or 0 <= match.start() - one.end <= 3 for one in found):
            continue
        ahead = (_WEEKDAYS[match[1].casefold()] - today.weekday() - 1) % 7 + 1
        add(match, today + timedelta(days=ahead))
    for match in _TOMORROW.finditer(text):
        add(match, today + timedelta(days=1))
    return sorted(found, key=lambda one: one.start)


def _next_such(day: int, today: date, weekday: int | None = None) -> date | None:
    """Return the next day with a number, from today on; None where it is no such weekday within two months."""
    for month in range(today.month, today.month + 3):
        found = _day(today.year + (month - 1) // 12, (month - 1) % 12 + 1, day)
        if found is not None and found >= today and weekday in (None, found.weekday()):
            return found
    return None


def _worded(word: str, day: str, year: str | None, today: date) -> date | None:
    month = _months().get(word.casefold().strip("."))
    if month is None:
        return None
    number = int(year.strip("'")) if year else None
    return _near(month, int(day), 2000 + number if number is not None and number < 100 else number, today)


def _numeric(match: re.Match[str], text: str, today: date) -> date | None:
    first, second, sign = int(match[1]), int(match[3]), match[2].strip()
    year = int(match[4]) if match[4] else None
    if year is not None and year < 100:
        year += 2000
    if year is None and sign == "-":
        return None  # “9-11” is a span of hours or days
    if sign == "." and year is None and not re.match(r"\.|\s*$|[\s,)]", text[match.end() :]):
        return None
    if sign == "." or first > 12 or (second <= 12 and _is_day_first(text)):
        return _near(second, first, year, today)
    soon = _near(first, second, year, today)
    # Where the American reading is long past or far off, and the other is soon, the writer was none.
    other = _near(second, first, year, today)
    if (
        other
        and (soon is None or not today <= soon <= today + timedelta(days=90))
        and today <= other <= today + timedelta(days=90)
    ):
        return other
    return soon


def _is_day_first(text: str) -> bool:
    """Whether the words around say that the day stands first, as everywhere but in English of the United States."""
    return not re.search(r"\b(the|office|will|back|and|from|return|until|away|out)\b", text, re.IGNORECASE)


def _near(month: int, day: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    this_year = _day(today.year, month, day)
    if this_year and this_year < today - timedelta(days=60):
        return _day(today.year + 1, month, day)
    return this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
