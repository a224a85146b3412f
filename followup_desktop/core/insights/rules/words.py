"""A month's figures as they are read: English words, with numbers and money as the locale writes them.

Other locales than US English ask Babel, which takes 0.15 s to load, and only then.
"""

from __future__ import annotations

from datetime import date

from followup_desktop.base import money as amounts
from followup_desktop.base import wording
from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import (
    SMALL,
    Change,
    Count,
    Duration,
    Figure,
    FigureKey,
    FigureWords,
    Ratio,
    Score,
    Value,
)
from followup_desktop.core.insights.rules.figures import month_before

AS_COUNTS = (FigureKey.PROMISES, FigureKey.KEPT)
"""Figures whose few misses matter more than their percentage."""

NOTHING = "–"

PLAIN = ("en", "en_US")
"""Locales whose numbers are written without Babel."""

VERDICTS = {
    Change.UP: "a real rise",
    Change.DOWN: "a real fall",
    Change.NONE: "no real change",
    Change.FEW: "too few to compare",
}

FILLED_BY = {
    FigureKey.PROMISES: "No promise was due. Note what you promise, and it is counted here",
    FigureKey.ANSWERED: "No message was sent. Send from Today, and answers are counted here",
    FigureKey.REACHED: "Nothing asked for a contact. Log visits, quotes and complaints",
    FigureKey.SATISFIED: "Nobody was asked or answered. Ratings from 1 to 5 fill this",
    FigureKey.PUT_RIGHT: "No complaint was put right this month",
    FigureKey.KEPT: "No customers when the month began",
}


def figure_words(figure: Figure, month: date, locale: str = "en_US") -> FigureWords:
    """Say a figure of `month`: its label, the large text, and the line below with last month beside it."""
    if figure.value is None:
        return FigureWords(figure.label, NOTHING, FILLED_BY[figure.key])
    parts = [_detail(figure, figure.value, locale), _against(figure, month, locale)]
    return FigureWords(figure.label, headline(figure.key, figure.value, locale), ". ".join(filter(None, parts)))


def headline(key: FigureKey, value: Value, locale: str = "en_US") -> str:
    """Return a value as its large text: counts where they are small or where the misses matter."""
    match value:
        case Ratio():
            return ratio_words(value, locale) if key in AS_COUNTS else share_words(value, locale)
        case Score():
            return share_words(value.satisfied, locale)
        case Duration():
            return days_words(value.median, locale)
        case Count():
            return number_words(value.number, locale)
        case Money():
            return money_words(value, locale)


def ratio_words(ratio: Ratio, locale: str = "en_US") -> str:
    """Return "47 of 49"."""
    return f"{number_words(ratio.part, locale)} of {number_words(ratio.whole, locale)}"


def share_words(ratio: Ratio, locale: str = "en_US") -> str:
    """Return a percentage, or the counts where they are too small for one (K6)."""
    if ratio.share is None:
        return NOTHING
    return ratio_words(ratio, locale) if ratio.whole < SMALL else percent_words(ratio, locale)


def percent_words(ratio: Ratio, locale: str = "en_US") -> str:
    """Return a whole percentage; never 0 or 100 unless it is none or all."""
    if not ratio.whole:
        return NOTHING
    percent = round(100 * ratio.part / ratio.whole)
    if 0 < ratio.part < ratio.whole:
        percent = min(99, max(1, percent))
    if locale in PLAIN:
        return f"{percent}%"
    from babel.numbers import format_percent

    return str(format_percent(percent / 100, locale=locale))


def days_words(days: float, locale: str = "en_US") -> str:
    """Return "2.1 days", "1 day" or "5 hours"."""
    if 0 < days < 1:
        hours = max(1, round(days * 24))
        return "1 hour" if hours == 1 else f"{hours} hours"
    text = decimal_words(days, 1, locale)
    return f"{text} day" if text == "1" else f"{text} days"


def decimal_words(number: float, digits: int, locale: str = "en_US") -> str:
    """Return a number with at most so many digits after the point: "2.1", "6"."""
    if locale in PLAIN:
        text = f"{number:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    from babel.numbers import format_decimal

    return str(format_decimal(round(number, digits), format=f"#,##0.{'#' * digits}", locale=locale))


def mean_words(mean: float, locale: str = "en_US") -> str:
    """Return a mean with one digit: "4.6"."""
    return decimal_words(mean, 1, locale)


def score_words(score: int | None) -> str:
    """Return a net promoter score with its sign: "+50"."""
    if score is None:
        return NOTHING
    return f"+{score}" if score > 0 else str(score).replace("-", "−")


def money_words(money: Money, locale: str = "en_US") -> str:
    """Return an amount with its currency; whole amounts without their cents."""
    return amounts.format(money, locale)


def number_words(number: int, locale: str = "en_US") -> str:
    """Return a whole number with the locale's grouping."""
    return wording.number_words(number, locale)


def month_words(month: date) -> str:
    """Return "October 2026"."""
    return wording.month_words(month)


def month_name(month: date) -> str:
    """Return "October"."""
    return wording.month_words(month, year=False)


def short_month(month: date) -> str:
    """Return "Oct 2026"."""
    return f"{month_name(month)[:3]} {month.year}"


def known_locale(name: str) -> str:
    """Return the locale if its rules are known, its language if only that is, else US English."""
    plain = name.split(".")[0].split("@")[0].replace("-", "_")
    if plain in PLAIN:
        return plain
    from babel import Locale, UnknownLocaleError

    for candidate in (plain, plain.split("_")[0]):
        try:
            return str(Locale.parse(candidate))
        except (UnknownLocaleError, ValueError):
            continue
    return "en_US"


def _detail(figure: Figure, value: Value, locale: str) -> str:
    """Return what stands behind the large text: the counts, the mean, the number of cases, who left."""
    match value:
        case Ratio() if figure.key not in AS_COUNTS and value.whole >= SMALL:
            return ", ".join(part for part in (ratio_words(value, locale), figure.note) if part)
        case Score():
            counts = f"{ratio_words(value.satisfied, locale)} " if value.satisfied.whole >= SMALL else ""
            return f"{counts}rated 4 or 5; mean {mean_words(value.mean, locale)}"
        case Duration():
            return _cases(value, locale)
        case _:
            return figure.note


def _cases(duration: Duration, locale: str) -> str:
    if duration.cases == 1:
        return "one case"
    return f"median of {number_words(duration.cases, locale)} cases; longest {days_words(duration.longest, locale)}"


def _against(figure: Figure, month: date, locale: str) -> str:
    last = month_name(month_before(month))
    if figure.before is None:
        return f"Nothing in {last} to compare with"
    return f"{last} {headline(figure.key, figure.before, locale)}: {VERDICTS[figure.change]}"
