"""How English says when."""

from __future__ import annotations

import re
from datetime import timedelta
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
    **dict.fromkeys(("monday", "mon"), 0),
    **dict.fromkeys(("tuesday", "tues", "tue"), 1),
    **dict.fromkeys(("wednesday", "weds", "wed"), 2),
    **dict.fromkeys(("thursday", "thurs", "thur", "thu"), 3),
    **dict.fromkeys(("friday", "fri"), 4),
    **dict.fromkeys(("saturday", "sat"), 5),
    **dict.fromkeys(("sunday", "sun"), 6),
}
_WORDS_TOO = frozenset({"sat", "sun", "wed"})
"""Short names that are words as well: "replace the sun shade"."""
_VERBS_TOO = frozenset({"may", "march"})
"""Months that are words as well: "5 may be enough"."""
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
NUMBERS = {
    **{
        word: n
        for n, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
        )
    },
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "twenty": 20,
    "thirty": 30,
    "ninety": 90,
}
ORDINALS = {
    word: n
    for n, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
            *("eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third"),
            *("twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth"),
            *("thirtieth", "thirty-first"),
        ),
        1,
    )
}
UNITS = {
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minute"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), "hour"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("working day", "working days", "business day", "business days"), "workday"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
}

_DAY = rf"(?P<weekday>{one_of(WEEKDAYS)})\b\.?"
_MONTH = rf"(?P<month>{one_of(MONTHS)})\b\.?"
_NUMBER = rf"(?P<number>\d{{1,5}}|(?:{one_of(NUMBERS)})\b)"
_UNIT = rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_ORDINAL = rf"(?P<ordinal>{one_of(ORDINALS)})"
_HOUR = rf"(?P<hour>\d{{1,2}}|{one_of({word: n for word, n in NUMBERS.items() if n <= 12 and word.isalpha()})})"
_NO_MONTH = rf"(?!\s+(?:of\s+)?(?:{one_of(MONTHS)})\b)"
_YEAR = r"(?:,?[\s-]+(?P<year>(?:19|20|21)\d\d)(?!:))?"


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words]


def _weekday(match: Match, at: Setting) -> Reading:
    day = counting.next_weekday(at.today, WEEKDAYS[match["weekday"]])
    sure = match["weekday"] not in _WORDS_TOO or _SURELY_A_DAY.match(at.text, match.end())
    return OnDay(day, weekday=True, weak=not sure)


_SURELY_A_DAY = re.compile(
    r"\s+(?:the\s+)?(?:morning|afternoon|evening|night|arvo|noon|lunchtime|[ap]\.?m\b|at\s+\d|\d)"
)


def _weekday_next_week(match: Match, at: Setting) -> Reading:
    return OnDay(counting.weekday_of_next_week(at.today, WEEKDAYS[match["weekday"]]))


def _weekday_this_week(match: Match, at: Setting) -> Reading:
    return OnDay(counting.weekday_of_this_week(at.today, WEEKDAYS[match["weekday"]]))


def _week_on_a_weekday(match: Match, at: Setting) -> Reading:
    said = match.groupdict()
    weeks = _count(said["number"]) if said.get("number") else 1
    weeks *= 2 if (said.get("unit") or "").startswith("fortnight") else 1
    first = counting.next_weekday(at.today, WEEKDAYS[match["weekday"]])
    reading = later(weeks, "week", at)
    return OnDay(first + (reading.day - at.today)) if isinstance(reading, OnDay) and weeks < 1000 else reading


def _later(match: Match, at: Setting) -> Reading:
    return later(_count(match["number"]), UNITS[match["unit"]], at)


def _later_from_tomorrow(match: Match, at: Setting) -> Reading:
    reading = _later(match, at)
    return OnDay(reading.day + timedelta(days=1)) if isinstance(reading, OnDay) and reading.day.year < 9999 else reading


def _a_week_later(match: Match, at: Setting) -> Reading:
    return later(1, "week", at)


def _feast(match: Match, at: Setting) -> Reading | None:
    """Read a feast that has a day of its own; one that moves, or differs from land to land, is asked about."""
    if not at.ends_phrase(match.end()):
        return None
    name = match[0].replace("new years", "new year's").replace(".", "").removesuffix(" day").removeprefix("the ")
    name = name.replace("valentines", "valentine's").replace("patricks", "patrick's").replace("saint p", "st p")
    day = _FEASTS.get(name.replace("xmas", "christmas"))
    return dated(*day, None, at) if day else WHICH_DAY


_FEASTS = {
    "christmas": (25, 12),
    "christmas eve": (24, 12),
    "boxing": (26, 12),
    "new year's eve": (31, 12),
    "new year's": (1, 1),
    "new year": (1, 1),
    "halloween": (31, 10),
    "valentine's": (14, 2),
    "st patrick's": (17, 3),
    "canada": (1, 7),
    "australia": (26, 1),
    "anzac": (25, 4),
    "veterans": (11, 11),
    "veterans'": (11, 11),
    "remembrance": (11, 11),
    **dict.fromkeys(("independence", "4th of july", "fourth of july"), (4, 7)),
}


def _misspelt(match: Match, at: Setting) -> Reading | None:
    weekday = slips(_SLIPPING).get(match[0])
    return None if weekday is None else OnDay(counting.next_weekday(at.today, weekday), weekday=True)


_SLIPPING = (
    *(("monday", 0), ("tuesday", 1), ("wednesday", 2), ("thursday", 3), ("friday", 4), ("saturday", 5), ("sunday", 6)),
    *(("wensday", 2), ("wendsday", 2), ("wenesday", 2), ("saterday", 5), ("thersday", 3), ("tusday", 1)),
)


def _tomorrow_week(match: Match, at: Setting) -> Reading:
    return OnDay(at.today + timedelta(days=8))


def _end_of_named_month(match: Match, at: Setting) -> Reading:
    return OnDay(counting.end_of_month(counting.month_from(at.today, MONTHS[match["month"]])), limit=True)


def _start_of_named_month(match: Match, at: Setting) -> Reading:
    return dated(1, MONTHS[match["month"]], None, at)


def _start_of_next_week(match: Match, at: Setting) -> Reading:
    return OnDay(counting.weekday_of_next_week(at.today, 0))


def _weekday_of_month(match: Match, at: Setting) -> Reading:
    weekday, count = WEEKDAYS[match["weekday"]], _COUNTS[match["count"]]
    if match["month"]:
        return weekday_of_month(counting.month_from(at.today, MONTHS[match["month"]]), weekday, count, at)
    if match["next"]:
        return weekday_of_month(counting.months_later(at.today.replace(day=1), 1), weekday, count, at)
    return weekday_of_this_month(weekday, count, at)


def _hour_in_words(match: Match, at: Setting) -> Reading:
    return clock(_count(match["hour"]), _MINUTES[match["minutes"]])


def _half_hour(match: Match, at: Setting) -> Reading:
    return clock(_count(match["hour"]), 30)


def _dated(match: Match, at: Setting) -> Reading | None:
    year = int(match["year"]) if match["year"] else None
    if year is None and match["month"] in _VERBS_TOO and not at.ends_phrase(match.end()):
        return None
    return dated(int(match["number"]), MONTHS[match["month"]], year, at)


def _dated_in_words(match: Match, at: Setting) -> Reading:
    return dated(ORDINALS[match["ordinal"]], MONTHS[match["month"]], int(match["year"]) if match["year"] else None, at)


def _numbered(match: Match, at: Setting) -> Reading | None:
    return numbered(int(match["number"]), at) if at.ends_phrase(match.end()) else None


def _numbered_in_words(match: Match, at: Setting) -> Reading | None:
    before = at.text[: match.start()]
    if not re.search(r"\b(?:on|by|before|until|till) the\s+$", before) or not at.ends_phrase(match.end()):
        return None
    return numbered(ORDINALS[match["ordinal"]], at)


def _number_after_day(match: Match, at: Setting) -> Reading | None:
    """Read "Fri 9" as an hour, "Fri 27" as the day of the month."""
    number = int(match["number"])
    if at.after_day is None or not at.ends_phrase(match.end()):
        return None
    if number > 12:
        return numbered(number, at) if at.after_weekday else None
    return clock(number)


def _at_hour(match: Match, at: Setting) -> Reading | None:
    hour = match["hour"]
    if not at.ends_phrase(match.end()) or not hour:
        return None
    return clock(_count(hour), exact=hour.startswith("0"))


def _at_four_figures(match: Match, at: Setting) -> Reading | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    return clock(hour, minute, exact=True) if hour < 24 and minute < 60 and at.ends_phrase(match.end()) else None


def _at_point(match: Match, at: Setting) -> Reading | None:
    return clock(int(match["hour"]), int(match["minute"])) if at.ends_phrase(match.end()) else None


def _at_point_after_day(match: Match, at: Setting) -> Reading | None:
    """Read "Fri 13.00": without a day before it, it may be a price."""
    return _at_point(match, at) if at.after_weekday and int(match["hour"]) < 24 else None


def _french_hour(match: Match, at: Setting) -> Reading:
    return clock(int(match["hour"]), int(match["minute"]), exact=True)


def _oclock(match: Match, at: Setting) -> Reading:
    return clock(_count(match["hour"]))


def _past_the_hour(match: Match, at: Setting) -> Reading:
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(match["part"]) or _count(match["part"])
    return clock(_count(match["hour"]), minutes)


def _to_the_hour(match: Match, at: Setting) -> Reading:
    minutes = {"quarter": 15, "a quarter": 15}.get(match["part"]) or _count(match["part"])
    hour = _count(match["hour"])
    return clock((hour - 2) % 12 + 1 if hour <= 12 else hour, 60 - minutes) if 0 < minutes < 60 else WHICH_TIME


def _this_morning(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=False, over_at=12, this_day=True)


def _this_afternoon(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=True, over_at=18, this_day=True)


def _tonight(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=True, this_day=True)


def _morning(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=False, over_at=6)


def _afternoon(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=True, over_at=17)


def _evening(match: Match, at: Setting) -> Reading:
    return InPart(afternoon=True, over_at=21)


def _bare_part(match: Match, at: Setting) -> Reading | None:
    if at.after_day is None and at.text[match.end() :].strip(" .,;!?"):
        return None
    return {"m": _morning, "a": _afternoon}.get(match[0][0], _evening)(match, at)


def _half_of_a_day(match: Match, at: Setting) -> Reading | None:
    """Read "Sat am" as the morning; without a day before it, it is none."""
    return InPart(afternoon=match[0].startswith("p")) if at.after_day is not None else None


_AT_ABOUT = "(?:at about|at around|at|@|around|approx|by|before|until|till)"
_COUNTS = {
    **{word: n for n, words in enumerate((("first", "1st"), ("second", "2nd"), ("third", "3rd")), 1) for word in words},
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45, "twenty": 20, "forty": 40, "fifty": 50}
_HOUR_WORD = (
    rf"(?P<hour>{one_of({word: n for word, n in NUMBERS.items() if n <= 12 and len(word) > 2 and word.isalpha()})})"
)
_PART = r"(?P<part>half|a quarter|quarter|\d{1,2}|five|ten|twenty)(?:\s+min(?:ute)?s?)?"
_A_TIME = r"\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?\s?m\b\.?)?"


_FEAST = (
    r"(?:(?:valentine'?s|st\.? patrick'?s|saint patrick'?s)(?: day)?|(?:canada|independence|memorial|labou?r"
    r"|veterans'?|remembrance"
    r"|columbus|presidents'?|mlk|mothers?'?s?|fathers?'?s?|australia|anzac) day|(?:the )?(?:4th|fourth) of july"
    r"|good friday|black friday|cyber monday|mardi gras|passover|ramadan|diwali|hanukkah|(?:spring |summer "
    r"|may |august )?bank holiday"
    r"|(?:spring|summer|winter|fall|half[- ]term) (?:break|term)|(?:christmas|xmas|new year'?s)(?: eve| day)"
    r"|christmas|xmas"
    r"|new year|halloween|boxing day|thanksgiving|easter(?: sunday| monday)?)"
)


@cache
def english() -> Grammar:
    """Return the grammar, made when the first line is read: its patterns take 20 ms to compile."""
    return Grammar(
        patterns=(
            pattern(
                rf"(?:the )?(?P<count>{one_of(_COUNTS)})\s+{_DAY}\s+(?:of|in)\s+"
                rf"(?:{_MONTH}|(?:the|this) month|(?P<next>next month))",
                _weekday_of_month,
            ),
            pattern(
                rf"(?:last|past|every|each|previous)\s+(?:{one_of(WEEKDAYS)}|week|month|year|weekend|day)s?(?!\s+of)",
                alike.aside,
            ),
            pattern(rf"(?:{_NUMBER}|a few|some|several)\s+{_UNIT}\s+ago", alike.aside),
            pattern(rf"(?:between|from)\s+{_A_TIME}\s*(?:and|to|till|until|-)\s*{_A_TIME}", alike.two_times),
            *FIGURES,
            # times
            pattern(rf"(?:at\s+)?{_PART}\s+past\s+{_HOUR}", _past_the_hour),
            pattern(rf"(?:at\s+)?{_PART}\s+(?:to|before)\s+{_HOUR}", _to_the_hour),
            pattern(rf"(?:at\s+)?{_HOUR}\s*o'?\s?clock", _oclock),
            pattern(r"(?:noon|midday|lunchtime|lunch time)", alike.noon),
            pattern(r"midnight", alike.any_part),
            pattern(r"(?:at|by|before|@)\s*(?P<hour>\d{1,2})\.(?P<minute>\d\d)", _at_point),
            pattern(r"(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?!\d|\.\d)", _at_point_after_day),
            pattern(r"(?:at|@)\s*(?P<hour>\d\d)(?P<minute>\d\d)", _at_four_figures),
            pattern(rf"{_AT_ABOUT}\s*{_HOUR}\s*(?:-|or|to|and)\s*\d{{1,2}}(?!\s*[:/.]\d)", alike.two_times),
            pattern(rf"{_AT_ABOUT}\s*{_HOUR}(?![\d/:-]|\.\d){_NO_MONTH}(?:ish|\s+sharp)?", _at_hour),
            pattern(r"(?P<hour>\d{1,2})h(?P<minute>\d\d)", _french_hour),
            pattern(rf"{_HOUR_WORD}\s+(?P<minutes>{one_of(_MINUTES)})", _hour_in_words),
            pattern(rf"half\s+{_HOUR}(?!\s+(?:of|price|a)\b)", _half_hour),
            # parts of a day
            pattern(r"this morning", _this_morning),
            pattern(r"this afternoon", _this_afternoon),
            pattern(r"(?:tonight|this evening)", _tonight),
            pattern(r"(?:first thing )?(?:in the|in the early|in the late) morning", _morning),
            pattern(r"in the (?:early |late )?afternoon", _afternoon),
            pattern(r"(?:in the (?:early |late )?evening|at night)", _evening),
            pattern(r"(?:first thing|last thing|sometime|some time|or so)(?=[\s,.;!]|$)", alike.any_part),
            pattern(rf"(?:early|late)(?=\s+(?:on\s+)?(?:{one_of(WEEKDAYS)}|tomorrow|today)\b)", alike.any_part),
            pattern(r"(?:morning|afternoon|evening|night|arvo)", _bare_part),
            pattern(r"[ap]\.?m\b\.?", _half_of_a_day),
            # around today
            pattern(r"(?:the )?day after tomorrow", alike.day_after_tomorrow),
            pattern(r"(?:the )?day before yesterday|last night", alike.aside),
            pattern(r"this time(?= (?:tomorrow|on|next (?!week)|in)\b)", alike.any_part),
            pattern(r"(?:later )?today", alike.today),
            pattern(r"tomorrow\s+week", _tomorrow_week),
            pattern(
                r"(?:tomorrow|tomorow|tommorow|tommorrow|tomorro|tmrw|tmrow|tmw|tmr|2moro|2morrow|tomoz)",
                alike.tomorrow,
            ),
            pattern(r"yesterday", alike.yesterday),
            pattern(
                r"(?:(?:the )?end of (?:the |this )?(?:business )?day|eod|close of (?:business|play)"
                r"|end of (?:business|play)|cob|eob|cop)",
                alike.end_of_day,
            ),
            # so much time from now
            pattern(r"in half an hour|in a half hour", alike.half_an_hour),
            pattern(r"in an hour and a half", alike.hour_and_a_half),
            pattern(
                r"(?:in|within|over)? ?(?:the next few|a few|some|several) (?:days|weeks|months|hours|minutes)",
                alike.which_day,
            ),
            pattern(rf"(?:in|within)\s+(?:the\s+next\s+)?{_NUMBER}\s*{_UNIT}(?:'?s? time)?", _later),
            pattern(rf"{_NUMBER}\s+{_UNIT}\s+from\s+(?:now|today)", _later),
            pattern(rf"{_NUMBER}\s+(?P<unit>weeks?|fortnights?)\s+(?:from\s+)?today", _later),
            pattern(r"this time next week", _a_week_later),
            pattern(rf"{_NUMBER}\s+{_UNIT}\s+from\s+tomorrow", _later_from_tomorrow),
            pattern(rf"{_NUMBER}\s+(?P<unit>weeks?|fortnights?)\s+(?:(?:on|from|after)\s+)?{_DAY}", _week_on_a_weekday),
            # weekdays, weeks, months, years
            pattern(rf"next\s+{_DAY}\s+week", alike.which_day),
            pattern(
                rf"(?:the )?{_DAY}\s+(?:right )?(?:after|before|following)\s+(?:the )?(?:{_FEAST}|holidays?"
                rf"|party|wedding)",
                alike.which_day,
            ),
            pattern(
                rf"{_NUMBER}\s+{_UNIT}\s+(?:before|after)\s+(?:the\s+)?(?:{_FEAST}|{one_of(WEEKDAYS)}\b"
                rf"|\d{{1,2}}(?:st|nd|rd|th))",
                alike.which_day,
            ),
            pattern(rf"{_DAY}\s+(?:week|(?P<unit>fortnight)|after next)", _week_on_a_weekday),
            pattern(rf"{_DAY}\s+(?:of\s+)?next\s+week", _weekday_next_week),
            pattern(rf"next\s+(?:week,?\s+(?:on\s+)?)?{_DAY}", _weekday_next_week),
            pattern(rf"(?:this|this coming|coming|the coming)\s+{_DAY}", _weekday_this_week),
            pattern(r"(?:the )?(?:end of (?:the |this )?week|week'?s end|eow)", alike.end_of_week),
            pattern(r"(?:the )?end of next week", alike.end_of_next_week),
            pattern(r"(?:the )?(?:(?:end|last day) of (?:the |this )?month|month'?s? end|eom)", alike.end_of_month),
            pattern(r"(?:the )?(?:end|last day) of next month", alike.end_of_next_month),
            pattern(r"(?:the )?(?:end of (?:the |this )?year|year'?s? end|eoy)", alike.end_of_year),
            pattern(rf"(?:the )?(?:end|last day) of {_MONTH}", _end_of_named_month),
            pattern(rf"(?:the )?(?:beginning|start|first) of {_MONTH}(?! \d)", _start_of_named_month),
            pattern(r"(?:the )?(?:beginning|start|first) of (?:next|the) month", alike.start_of_next_month),
            pattern(r"(?:the )?(?:beginning|start) of next week", _start_of_next_week),
            pattern(r"next weekend", alike.next_weekend),
            pattern(r"(?:this |the |over the |at the )?weekend", alike.weekend),
            pattern(
                r"(?:some ?time )?(?:early |late(?:r)? )?(?:in )?(?:next|this)\s+(?:week|month|year)"
                r"|the week after(?: next)?",
                alike.which_day,
            ),
            pattern(
                rf"(?:(?:in |during )?(?:the )?(?:(?:first|second|third|last|1st|2nd|3rd|4th) (?:week|half"
                rf"|part) of|middle of|mid|early|late)"
                rf"[\s-]*|(?:in|during|sometime in|some time in) ){_MONTH}(?!\s*\d)",
                alike.which_day,
            ),
            pattern(r"(?:early |late |some ?time |later )?in the new year", alike.which_day),
            pattern(_FEAST, _feast),
            # dates
            pattern(rf"{_MONTH}\s+\d{{1,2}}\s?[-–/]\s?\d{{1,2}}(?![\d:.]|\s*[ap]\.?m)", alike.which_day),
            pattern(
                rf"\d{{1,2}}(?:st|nd|rd|th)?\s?(?:[-–]|to|or)\s?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}",
                alike.which_day,
            ),
            pattern(rf"(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH}{_YEAR}", _dated),
            pattern(rf"{_MONTH}\s+(?:the\s+)?(?P<number>\d{{1,2}})(?:st|nd|rd|th){_YEAR}", _dated),
            pattern(rf"{_MONTH}[\s-]*(?P<number>\d{{1,2}})(?![\d:]|\s*[ap]\.?m){_YEAR}", _dated),
            pattern(rf"{_ORDINAL}\s+of\s+{_MONTH}{_YEAR}", _dated_in_words),
            pattern(rf"{_MONTH}\s+(?:the\s+)?{_ORDINAL}{_YEAR}", _dated_in_words),
            pattern(r"(?P<number>\d{1,2})(?:st|nd|rd|th)?\s+of\s+next\s+month", alike.on_next_months),
            pattern(r"(?P<number>\d{1,2})(?:st|nd|rd|th)(?:\s+of\s+(?:the|this)\s+month)?", _numbered),
            pattern(_ORDINAL, _numbered_in_words),
            pattern(rf"{_DAY}", _weekday),
            pattern(r"[a-z]{5,10}", _misspelt),
            pattern(rf"(?P<number>\d{{1,2}})(?:ish)?{_NO_MONTH}", _number_after_day),
        ),
        lead=re.compile(
            r"(?:(?:(?<!')\b|(?=@))(?P<lead>not before|no earlier than|not until|not till|no sooner than"
            r"|no later than|not later than|on or before|at the latest by|latest by|due by"
            r"|due on|due|by|before|until|till|til|on|for|from|since|of|about|regarding|re|after|at|around|@)\s+)?"
            r"(?P<the>(?:the|my|our|his|her|their)\s+)?$"
        ),
        roles={
            **dict.fromkeys(
                ("no later than", "not later than", "on or before", "at the latest by", "latest by"), Role.BY
            ),
            **dict.fromkeys(("due by", "due on", "due", "by", "until", "till", "til"), Role.BY),
            **dict.fromkeys(("from", "since", "of", "about", "regarding", "re"), Role.ASIDE),
            **dict.fromkeys(("not before", "no earlier than", "not until", "not till", "no sooner than"), Role.AFTER),
            "before": Role.BEFORE,
            "for": Role.FOR,
            "after": Role.AFTER,
        },
        followers=words_in(
            "on at by before after about regarding re in with to for from and or but that then if so because when "
            "the a an this next first latest sharp please pls tomorrow today tonight morning afternoon evening "
            "night noon arvo "
        )
        | WEEKDAYS.keys()
        | MONTHS.keys(),
        after_something=re.compile(
            r"\bafter(?:\s+(?!call|ring|text|tell|send|that\b"
            r"|all\b)[\w'-]+){1,4}\s+(?:on|of)\s+(?:the\s+)?$"
        ),
        before_something=re.compile(r"\bbefore(?:\s+[\w'-]+){1,4}\s+of\s+(?:the\s+)?$"),
    )
