"""The six figures of a month, and its bars."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from followup_desktop.core.insights.model import (
    AnswerBar,
    Change,
    Counts,
    Figure,
    FigureKey,
    Ratio,
)
from followup_desktop.core.insights.rules.statistics import (
    duration_change,
    satisfaction,
    share_change,
    time_taken,
)

LABELS = {
    FigureKey.PROMISES: "Promises kept on time",
    FigureKey.ANSWERED: "Answered",
    FigureKey.REACHED: "Reached within 24 hours",
    FigureKey.SATISFIED: "Satisfied",
    FigureKey.PUT_RIGHT: "Time to put right",
    FigureKey.KEPT: "Customers kept",
}


MOST_REASONS = 3
"""So many reasons for leaving are named with their numbers; the records behind the figure have them all."""


def figures(now: Counts, before: Counts) -> tuple[Figure, ...]:
    """Return the six figures of a month beside those of the month before."""
    return (
        _share(FigureKey.PROMISES, _promises(now), _promises(before)),
        _share(FigureKey.ANSWERED, _answered(now), _answered(before), note=opened_words(now)),
        _share(FigureKey.REACHED, _reached(now), _reached(before)),
        _satisfied(now, before),
        _put_right(now, before),
        _share(FigureKey.KEPT, _kept(now), _kept(before), note=why_left(now)),
    )


def answer_bars(now: Counts) -> tuple[AnswerBar, ...]:
    """Return the purposes that were sent, the best answered first."""
    bars = [AnswerBar(one.purpose, one.label, one.answered, one.sent) for one in now.by_purpose if one.sent]
    return tuple(sorted(bars, key=_by_share))


def opened_words(now: Counts) -> str:
    """Return how many were opened, as far as receipts tell: "opened by at least 3"; nothing where none came back."""
    read = sum(one.read for one in now.by_purpose)
    return f"opened by at least {read}" if read else ""


def why_left(now: Counts) -> str:
    """Return how many left, with their reasons: "2 left, both moved house"."""
    left, reasons = now.customers_left, Counter(now.left_because)
    if not left:
        return "nobody left" if now.customers_start else ""
    if len(reasons) == 1 and len(now.left_because) == left:
        every = {1: "", 2: "both "}.get(left, "all ")
        return f"{left} left, {every}{next(iter(reasons))}"
    named = ", ".join(f"{reason} {times}" for reason, times in reasons.most_common(MOST_REASONS))
    return f"{left} left: {named}" if named else f"{left} left"


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _share(key: FigureKey, now: Ratio, before: Ratio, note: str = "") -> Figure:
    return Figure(
        key=key,
        label=LABELS[key],
        value=now if now.whole else None,
        before=before if before.whole else None,
        change=share_change(now, before),
        note=note,
    )


def _satisfied(now: Counts, before: Counts) -> Figure:
    score, last = satisfaction(now.ratings), satisfaction(before.ratings)
    change = share_change(score.satisfied, last.satisfied) if score and last else Change.FEW
    return Figure(FigureKey.SATISFIED, LABELS[FigureKey.SATISFIED], score, last, change)


def _put_right(now: Counts, before: Counts) -> Figure:
    return Figure(
        key=FigureKey.PUT_RIGHT,
        label=LABELS[FigureKey.PUT_RIGHT],
        value=time_taken(now.case_days),
        before=time_taken(before.case_days),
        change=duration_change(now.case_days, before.case_days),
    )


def _promises(counts: Counts) -> Ratio:
    return Ratio(counts.promises_on_time, counts.promises_due)


def _answered(counts: Counts) -> Ratio:
    return Ratio(counts.messages_answered, counts.messages_sent)


def _reached(counts: Counts) -> Ratio:
    return Ratio(counts.events_reached, counts.events_to_reach)


def _kept(counts: Counts) -> Ratio:
    return Ratio(max(0, counts.customers_start - counts.customers_left), counts.customers_start)


def _by_share(bar: AnswerBar) -> tuple[float, int, str]:
    return (-bar.answered / bar.sent, -bar.sent, bar.label)
