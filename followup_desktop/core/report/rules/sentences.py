"""The three sentences a report opens with."""

from __future__ import annotations

from datetime import date

from followup_desktop.base.wording import list_words, sentence
from followup_desktop.core.insights.model import Change, Figure, FigureKey, MonthFigures, Ratio, Score
from followup_desktop.core.insights.rules.figures import month_before
from followup_desktop.core.insights.rules.words import month_name, month_words, number_words
from followup_desktop.core.report.rules.plain import cut, plain

FAR = 0.15
"""From this difference between two shares on, a real change is called far larger or far smaller."""

_ONES = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def opening(month: MonthFigures, locale: str) -> tuple[str, ...]:
    """Return the three sentences: who was reached, what was kept, whom to ring; or what would fill an empty month."""
    if month.is_empty:
        return _nothing(month)
    found = {figure.key: figure for figure in month.figures}
    told = [
        _reached(found.get(FigureKey.REACHED), month.month, locale),
        _promises(found.get(FigureKey.PROMISES), locale),
        _answered(found.get(FigureKey.ANSWERED), month.month, locale),
        _satisfied(found.get(FigureKey.SATISFIED), month.month, locale),
    ]
    return (*[words for words in told if words][:2], _who_to_ring(month))


def no_one_at_risk(month: MonthFigures) -> str:
    """Say that nobody is at risk, or that nothing is known yet that would tell."""
    return "Not enough has happened yet to tell." if month.is_empty else "Nobody shows signs of leaving."


def in_words(number: int, locale: str = "en_US") -> str:
    """Return a number below a hundred in words, a larger one in figures."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    return number_words(number, locale)


def _nothing(month: MonthFigures) -> tuple[str, ...]:
    when = month_words(month.month)
    first = f"Nothing has been counted in {when} yet." if month.is_running else f"Nothing was counted in {when}."
    return (
        first,
        "A report fills itself from what you do: visits and quotes you log, follow-ups you send from Today, promises "
        "you note and keep, ratings your customers give.",
        "Each figure below says what fills it.",
    )


def _reached(figure: Figure | None, month: date, locale: str) -> str:
    ratio = _ratio(figure)
    if figure is None or ratio is None:
        return ""
    people = "customers" if ratio.whole != 1 else "customer"
    said = f"You reached {_of(ratio, locale)} {people} within a day of what happened to them"
    return said + _against(figure, month) + "."


def _promises(figure: Figure | None, locale: str) -> str:
    ratio = _ratio(figure)
    if ratio is None:
        return ""
    if ratio.whole == 1:
        return "The one promise that fell due was kept on time." if ratio.part else "The one promise due was not kept."
    if not ratio.missing:
        return f"All {in_words(ratio.whole, locale)} promises were kept on time."
    kept, due = in_words(ratio.part, locale), in_words(ratio.whole, locale)
    missing = in_words(ratio.missing, locale)
    first = kept.replace("no", "none", 1) if not ratio.part else kept
    verb = "was" if ratio.part <= 1 else "were"
    rest = f"; {missing} {'was' if ratio.missing == 1 else 'were'} not" if ratio.part else ""
    return sentence(f"{first} of {due} promises {verb} kept on time{rest}.")


def _answered(figure: Figure | None, month: date, locale: str) -> str:
    ratio = _ratio(figure)
    if figure is None or ratio is None:
        return ""
    messages = "messages" if ratio.whole != 1 else "message"
    verb = "were" if ratio.whole != 1 else "was"
    return f"Of {number_words(ratio.whole, locale)} {messages}, {number_words(ratio.part, locale)} {verb} answered" + (
        _against(figure, month) + "."
    )


def _satisfied(figure: Figure | None, month: date, locale: str) -> str:
    ratio = _ratio(figure)
    if figure is None or ratio is None:
        return ""
    answers = "ratings were" if ratio.whole != 1 else "rating was"
    return f"{_of(ratio, locale)} {answers} a 4 or a 5{_against(figure, month)}."


def _who_to_ring(month: MonthFigures) -> str:
    people = month.at_risk
    if not people:
        return no_one_at_risk(month)
    many = max(month.at_risk_total, len(people))
    names = list_words(cut(plain(one.name), 40) for one in people[:3])
    who = "customer" if many == 1 else "customers"
    first = " first" if many > 1 else ""
    return sentence(f"{in_words(many)} {who} may be leaving: ring {names}{first}.")


def _against(figure: Figure, month: date) -> str:
    """Return how the share compares, said only where the numbers support it."""
    now, before = _ratio(figure), _as_ratio(figure.before)
    if now is None or before is None or figure.change not in (Change.UP, Change.DOWN):
        return ""
    difference = abs((now.share or 0) - (before.share or 0))
    size = "larger" if figure.change is Change.UP else "smaller"
    far = "far " if difference >= FAR else ""
    return f", a {far}{size} share than in {month_name(month_before(month))}"


def _of(ratio: Ratio, locale: str) -> str:
    return f"{number_words(ratio.part, locale)} of {number_words(ratio.whole, locale)}"


def _ratio(figure: Figure | None) -> Ratio | None:
    return _as_ratio(figure.value) if figure else None


def _as_ratio(value: object) -> Ratio | None:
    match value:
        case Ratio():
            return value
        case Score(satisfied=ratio):
            return ratio
        case _:
            return None
