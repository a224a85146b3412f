"""How Spanish says when. All words are without accents here, as the line is when they are looked for."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.core.promises.rules import alike, counting
from followup_desktop.core.promises.rules.figures import (
    FIGURES,
    WHICH_DAY,
    WHICH_TIME,
    clock,
    dated,
    later,
    numbered,
    slips,
    weekday_of_month,
    weekday_of_this_month,
)
from followup_desktop.core.promises.rules.reading import (
    Grammar,
    InPart,
    Match,
    OnDay,
    Reading,
    Role,
    Setting,
    one_of,
    pattern,
    words_in,
)

WEEKDAYS = {
    **dict.fromkeys(("lunes", "lun"), 0),
    **dict.fromkeys(("martes",), 1),
    **dict.fromkeys(("miercoles", "mie"), 2),
    **dict.fromkeys(("jueves", "jue"), 3),
    **dict.fromkeys(("viernes", "vie"), 4),
    **dict.fromkeys(("sabado", "sab"), 5),
    **dict.fromkeys(("domingo", "dom"), 6),
}
_WORDS_TOO = frozenset({"lun", "mie", "vie", "sab", "dom"})
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("enero", "ene"),
            ("febrero", "feb"),
            ("marzo", "mar"),
            ("abril", "abr"),
            ("mayo", "may"),
            ("junio", "jun"),
            ("julio", "jul"),
            ("agosto", "ago"),
            ("septiembre", "setiembre", "sept", "sep", "set"),
            ("octubre", "oct"),
            ("noviembre", "nov"),
            ("diciembre", "dic"),
        ),
        1,
    )
    for name in names
}
NUMBERS = {
    **{
        word: n
        for n, word in enumerate(
            ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"], 1
        )
    },
    "un": 1,
    "una": 1,
    "un par de": 2,
    "quince": 15,
    "veinte": 20,
    "treinta": 30,
}
UNITS = {
    **dict.fromkeys(("minuto", "minutos", "min"), "minute"),
    **dict.fromkeys(("hora", "horas", "h"), "hour"),
    **dict.fromkeys(("dia", "dias"), "day"),
    **dict.fromkeys(("dia habil", "dias habiles", "dia laborable", "dias laborables"), "workday"),
    **dict.fromkeys(("semana", "semanas"), "week"),
    **dict.fromkeys(("quincena", "quincenas"), "fortnight"),
    **dict.fromkeys(("mes", "meses"), "month"),
    **dict.fromkeys(("ano", "anos"), "year"),
}

_DAY = rf"(?P<weekday>{one_of(WEEKDAYS)})\b\.?"
_MONTH = rf"(?P<month>{one_of(MONTHS)})\b\.?"
_NUMBER = rf"(?P<number>\d{{1,5}}|(?:{one_of(NUMBERS)})\b)"
_UNIT = rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_HOUR = rf"(?P<hour>\d{{1,2}}|{one_of({word: n for word, n in NUMBERS.items() if n <= 12 and word.isalpha()})})"
_YEAR = r"(?:(?:\s+del?|,)?\s+(?P<year>(?:19|20|21)\d\d)(?!:))?"
_COUNTS = {
    **dict.fromkeys(("primer", "primero"), 1),
    **dict.fromkeys(("segundo",), 2),
    **dict.fromkeys(("tercer", "tercero"), 3),
    "cuarto": 4,
    "ultimo": -1,
}
_COMING = r"(?:que viene|que entra|proxim[oa]|siguiente)"
_NEXT_WEEK = r"(?:la semana (?:que viene|que entra|proxima|siguiente)|la (?:proxima|siguiente) semana)"
_NEXT_MONTH = r"(?:del? |el )?(?:mes (?:que viene|que entra|proximo|siguiente)|(?:proximo|siguiente) mes)"
_AT = r"(?:a|sobre|hacia|antes de|a eso de|para|desde|hasta|como a)\s+las?"
_END = r"(?:fin|final|finales|ultimos?)"
_A_TIME = r"(?:las?\s+)?\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?\s?m\b\.?|\s*h\b)?"


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words]


def _weekday(match: Match, at: Setting) -> Reading:
    day = counting.next_weekday(at.today, WEEKDAYS[match["weekday"]])
    alone = not re.search(r"\b(?:el|este|del|al)\s+$", at.text[: match.start()])
    return OnDay(day, weekday=True, weak=alone and match["weekday"] in _WORDS_TOO)


def _weekday_of_a_time(match: Match, at: Setting) -> Reading | None:
    """Read "las ocho del martes": where the time of day comes first, its day follows."""
    before = at.text[: match.start()]
    return (
        _weekday(match, at)
        if re.search(
            rf"\blas?\s+(?:{_HOUR}(?:[:.]\d\d)?|manana|tarde|noche|madrugada)(?: y media| y cuarto| horas)?\s*$"
            rf"|\b(?:(?:primera|ultima) hora|medio ?dia)\s*$",
            before,
        )
        else None
    )


def _weekday_next_week(match: Match, at: Setting) -> Reading:
    return OnDay(counting.weekday_of_next_week(at.today, WEEKDAYS[match["weekday"]]))


def _weekday_this_week(match: Match, at: Setting) -> Reading:
    return OnDay(counting.weekday_of_this_week(at.today, WEEKDAYS[match["weekday"]]))


def _later(match: Match, at: Setting) -> Reading:
    return later(_count(match["number"]), UNITS[match["unit"]], at)


def _feast(match: Match, at: Setting) -> Reading | None:
    if not at.ends_phrase(match.end()):
        return None
    day = _FEASTS.get(match[0].removeprefix("dia de ").removeprefix("los "))
    return dated(*day, None, at) if day else WHICH_DAY


_FEASTS = {
    "nochebuena": (24, 12),
    "navidad": (25, 12),
    "nochevieja": (31, 12),
    "ano nuevo": (1, 1),
    "reyes": (6, 1),
    "todos los santos": (1, 11),
    "muertos": (2, 11),
    "san valentin": (14, 2),
    "san juan": (24, 6),
}


def _misspelt(match: Match, at: Setting) -> Reading | None:
    weekday = slips(_SLIPPING).get(match[0])
    return None if weekday is None else OnDay(counting.next_weekday(at.today, weekday), weekday=True)


_SLIPPING = (("miercoles", 2), ("jueves", 3), ("viernes", 4), ("sabado", 5), ("domingo", 6))
"""Monday and Tuesday are not among them: what is left of them are other words ("partes", "mares")."""


def _a_week_from_today(match: Match, at: Setting) -> Reading:
    return later(1, "week", at)


def _end_of_named_month(match: Match, at: Setting) -> Reading:
    return OnDay(counting.end_of_month(counting.month_from(at.today, MONTHS[match["month"]])), limit=True)


def _start_of_named_month(match: Match, at: Setting) -> Reading:
    return dated(1, MONTHS[match["month"]], None, at)


def _weekday_of_month(match: Match, at: Setting) -> Reading:
    weekday, count = WEEKDAYS[match["weekday"]], _COUNTS[match["count"]]
    if match["month"]:
        return weekday_of_month(counting.month_from(at.today, MONTHS[match["month"]]), weekday, count, at)
    if match["next"]:
        return weekday_of_month(counting.months_later(at.today.replace(day=1), 1), weekday, count, at)
    return weekday_of_this_month(weekday, count, at)


def _dated(match: Match, at: Setting) -> Reading:
    number = match["number"]
    return dated(int(number) if number.isdigit() else 1, MONTHS[match["month"]], _year(match), at)


def _year(match: Match) -> int | None:
    return int(match["year"]) if match["year"] else None


def _numbered(match: Match, at: Setting) -> Reading | None:
    """Read "el 5", "el dia 5" and "viernes 27" as the day of the month."""
    led = re.search(r"\b(?:el|al|del|dia)\s+$", at.text[: match.start()])
    return numbered(int(match["number"]), at) if (led or at.after_weekday) and at.ends_phrase(match.end()) else None


def _hour_after_day(match: Match, at: Setting) -> Reading | None:
    """Read "manana 9" as an hour."""
    return clock(int(match["number"])) if at.after_day and at.ends_phrase(match.end()) else None


def _hour_and_more_after_day(match: Match, at: Setting) -> Reading | None:
    return clock(int(match["hour"]), {"media": 30, "cuarto": 15}[match["more"]]) if at.after_day else None


def _at_hour(match: Match, at: Setting) -> Reading:
    hour = _count(match["hour"])
    if match["less"]:
        minutes = 15 if match["less"] == "cuarto" else _count(match["less"])
        return clock((hour - 2) % 12 + 1 if hour <= 12 else hour - 1, 60 - minutes) if minutes < 60 else WHICH_TIME
    extra = match["more"]
    minutes = {"media": 30, "cuarto": 15}.get(extra or "", 0) or (_count(extra) if extra else int(match["minute"] or 0))
    return clock(hour, minutes, match["half"] or "", exact=match["hour"].startswith("0"))


def _hours(match: Match, at: Setting) -> Reading:
    return clock(int(match["hour"]), int(match["minute"] or 0), exact=True)


def _part(match: Match, at: Setting) -> Reading:
    afternoon = match["part"] in ("tarde", "noche")
    return InPart(afternoon, over_at={"manana": 6, "madrugada": 6, "tarde": 17, "noche": 21}[match["part"]])


def _this_part(match: Match, at: Setting) -> Reading:
    over_at = {"manana": 12, "madrugada": 6, "tarde": 20, "noche": 24}[match["part"]]
    return InPart(match["part"] in ("tarde", "noche"), over_at=over_at, this_day=True)


@cache
def spanish() -> Grammar:
    """Return the grammar, made when the first line is read: its patterns take 20 ms to compile."""
    return Grammar(
        patterns=(
            pattern(
                rf"(?P<count>{one_of(_COUNTS)})\s+{_DAY}\s+(?:(?P<next>{_NEXT_MONTH})|(?:del|de este) mes|de {_MONTH})",
                _weekday_of_month,
            ),
            pattern(
                rf"{_DAY}\s+pasado|(?:pasado|todos los|todas las|cada|los)\s+(?:{one_of(WEEKDAYS)})s?", alike.aside
            ),
            pattern(rf"hace\s+{_NUMBER}\s+{_UNIT}|anoche|anteayer|antier", alike.aside),
            pattern(rf"(?:entre|desde|de)\s+{_A_TIME}\s+(?:y|a|hasta)\s+{_A_TIME}", alike.two_times),
            *FIGURES[:4],
            # times
            pattern(r"a las (?:12|doce) de la noche", alike.any_part),
            pattern(r"(?P<hour>\d{1,2})\s+y\s+(?P<more>media|cuarto)", _hour_and_more_after_day),
            pattern(
                rf"{_AT}\s+{_HOUR}(?:\s+y\s+(?P<more>media|cuarto|diez|veinte|cinco|\d\d?)"
                rf"|\s+menos\s+(?P<less>cuarto|diez|veinte|cinco|\d\d?)|[:.](?P<minute>\d\d))?"
                rf"(?:\s*(?:horas|hrs?|hs?)\b\.?|\s*(?P<half>[ap])\.?\s?m\b\.?|\s+en punto)?",
                _at_hour,
            ),
            *FIGURES[4:],
            pattern(r"(?P<hour>\d{1,2})\s?(?:h|hs|hrs|horas)(?P<minute>\d\d)?\b\.?", _hours),
            pattern(r"(?:al |a )?(?:medio ?dia)", alike.noon),
            pattern(r"(?:a )?(?:media ?noche)", alike.any_part),
            # parts of a day
            pattern(r"(?:por|de|en|a) la (?P<part>manana|tarde|noche|madrugada)", _part),
            pattern(r"esta (?P<part>manana|tarde|noche|madrugada)", _this_part),
            pattern(r"a primera hora|a ultima hora|temprano", alike.any_part),
            # around today
            pattern(r"pasado manana", alike.day_after_tomorrow),
            pattern(r"(?:manana|mnn|mna)", alike.tomorrow),
            pattern(r"hoy(?: mismo)?(?! en ocho)", alike.today),
            pattern(r"ayer", alike.yesterday),
            pattern(r"(?:al |a )?(?:fin|final) del dia", alike.end_of_day),
            # so much time from now
            pattern(r"(?:de )?hoy en ocho(?: dias)?", _a_week_from_today),
            pattern(r"(?:dentro de|en) media hora", alike.half_an_hour),
            pattern(r"(?:dentro de|en) (?:una )?hora y media", alike.hour_and_a_half),
            pattern(
                r"(?:dentro de|en) (?:unos|unas|algunos|algunas|pocos|pocas) (?:dias|semanas|meses|horas)",
                alike.which_day,
            ),
            pattern(rf"(?:dentro de|en|de aqui a)\s+{_NUMBER}\s*{_UNIT}", _later),
            # weekdays, weeks, months, years
            pattern(rf"{_DAY}\s+(?:de\s+)?{_NEXT_WEEK}", _weekday_next_week),
            pattern(rf"{_NEXT_WEEK},?\s+(?:el\s+)?{_DAY}", _weekday_next_week),
            pattern(rf"{_DAY}\s+{_COMING}", _weekday_next_week),
            pattern(
                rf"{_DAY}\s+(?:de la (?:otra|siguiente) semana|(?:despues|antes) del? (?:la )?(?:navidad|reyes"
                rf"|semana santa|pascua|ano nuevo|fiestas?|puente))",
                alike.which_day,
            ),
            pattern(rf"(?:proximo|siguiente)\s+{_DAY}", _weekday_next_week),
            pattern(rf"este\s+{_DAY}", _weekday_this_week),
            pattern(
                rf"(?:fin de semana|finde) {_COMING}|(?:proximo|siguiente) (?:fin de semana|finde)",
                alike.next_weekend,
            ),
            pattern(rf"(?:a |al )?{_END} de {_NEXT_WEEK}", alike.end_of_next_week),
            pattern(r"(?:a |al )?(?:(?:fin|final) de (?:la|esta)|finales de(?: la| esta)?) semana", alike.end_of_week),
            pattern(r"(?:este )?(?:fin de semana|finde)", alike.weekend),
            pattern(rf"(?:a |al )?{_END} (?:de )?{_NEXT_MONTH}", alike.end_of_next_month),
            pattern(rf"(?:a |al )?(?:ultimo dia|{_END}) (?:de|del|de este) mes", alike.end_of_month),
            pattern(rf"(?:a |al )?{_END} (?:de|del|de este) ano", alike.end_of_year),
            pattern(rf"(?:a |al )?(?:ultimo dia|{_END}) de {_MONTH}", _end_of_named_month),
            pattern(rf"(?:a |al )?(?:principios?|comienzos?|inicios?) de {_MONTH}", _start_of_named_month),
            pattern(
                rf"(?:a |al )?(?:principios?|comienzos?|inicios?) (?:de )?{_NEXT_MONTH}", alike.start_of_next_month
            ),
            pattern(
                rf"{_NEXT_WEEK}|esta semana|{_NEXT_MONTH}|este mes|(?:el )?(?:ano que viene|proximo ano)",
                alike.which_day,
            ),
            pattern(
                rf"(?:(?:a |en )?(?:mediados|la (?:primera|segunda|tercera|ultima) semana) de"
                rf"|(?:en|durante)(?: el mes de)?)"
                rf"\s+{_MONTH}",
                alike.which_day,
            ),
            pattern(
                r"nochebuena|navidad|nochevieja|ano nuevo|(?:dia de )?(?:los )?(?:reyes|muertos)"
                r"|todos los santos|san valentin|san juan"
                r"|semana santa|pascuas?|carnaval(?:es)?|dia de la (?:madre|constitucion|independencia)"
                r"|dia del padre|accion de gracias",
                _feast,
            ),
            # dates
            pattern(rf"(?P<number>\d{{1,2}}|primero|uno)(?:o|er|ro)?(?:\s+de)?[\s-]+{_MONTH}{_YEAR}", _dated),
            pattern(rf"{_MONTH}\s+(?P<number>\d{{1,2}})(?![\d:])(?P<year>(?!))?", _dated),
            pattern(rf"(?P<number>\d{{1,2}})\s+{_NEXT_MONTH}", alike.on_next_months),
            pattern(r"(?P<number>\d{1,2})(?![\d:./-]\d)", _numbered),
            pattern(rf"del?\s+(?:el\s+)?{_DAY}", _weekday_of_a_time),
            pattern(_DAY, _weekday),
            pattern(r"[a-z]{5,10}", _misspelt),
            pattern(r"(?P<number>\d{1,2})(?![\d:./-]\d)", _hour_after_day),
        ),
        lead=re.compile(
            r"(?:\b(?P<lead>a mas tardar|como tarde|no mas tarde del?|antes del?|despues del?|para|hasta|desde|sobre"
            r"|por|del?|en|al?)\s+)?(?P<the>(?!))?(?:\b(?:el|la|los|las|este)\s+)?(?:\bdia\s+)?$"
        ),
        roles={
            **dict.fromkeys(
                ("a mas tardar", "como tarde", "no mas tarde de", "no mas tarde del", "para", "hasta"), Role.BY
            ),
            **dict.fromkeys(("antes de", "antes del"), Role.BEFORE),
            **dict.fromkeys(("despues de", "despues del"), Role.AFTER),
            **dict.fromkeys(("de", "del", "desde", "sobre", "por"), Role.ASIDE),
        },
        followers=words_in(
            "a al de del en el la los por para con que y o u pero si antes despues sobre hoy manana pasado esta "
            "este a.m p.m "
        )
        | WEEKDAYS.keys()
        | MONTHS.keys(),
        after_something=re.compile(r"\bdespues del?(?:\s+[\w'-]+){1,4}\s+del?\s*$"),
        before_something=re.compile(r"\bantes del?(?:\s+[\w'-]+){1,4}\s+del?\s*$"),
    )
