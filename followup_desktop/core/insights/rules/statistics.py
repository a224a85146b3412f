"""Whether numbers support calling something a change, and the formulas of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, lgamma, sqrt
from statistics import median

from followup_desktop.core.insights.model import SMALL, Change, Duration, Nps, Ratio, Score

ALPHA = 0.05
"""How often two months that differ by chance alone may be called different."""


def satisfaction(ratings: Sequence[int]) -> Score | None:
    """Return CSAT, the share of 4 and 5 among answers, with the mean; `ratings` counts 1 to 5 stars."""
    answers = sum(ratings)
    if not answers:
        return None
    mean = sum(stars * times for stars, times in enumerate(ratings, start=1)) / answers
    return Score(Ratio(sum(ratings[3:]), answers), mean)


def net_promoters(answers: Sequence[int]) -> Nps:
    """Group answers from 0 to 10 as Reichheld does ("The One Number You Need to Grow", HBR, December 2003)."""
    return Nps(promoters=sum(answers[9:]), passives=sum(answers[7:9]), detractors=sum(answers[:7]))


def time_taken(days: Sequence[float]) -> Duration | None:
    """Return the median and the longest of `days`; None without any."""
    return Duration(median(days), max(days), len(days)) if days else None


def share_change(now: Ratio, before: Ratio) -> Change:
    """Say whether a share really rose or fell: Fisher's exact test at 5 %, nothing said below ten on either side."""
    if now.whole < SMALL or before.whole < SMALL:
        return Change.FEW
    if fisher(now, before) >= ALPHA:
        return Change.NONE
    return Change.UP if now.part * before.whole > before.part * now.whole else Change.DOWN


def duration_change(now: Sequence[float], before: Sequence[float]) -> Change:
    """Say whether it really takes longer or shorter: the Mann-Whitney test at 5 %, from ten cases on either side."""
    if len(now) < SMALL or len(before) < SMALL:
        return Change.FEW
    probability, is_larger = mann_whitney(now, before)
    if probability >= ALPHA:
        return Change.NONE
    return Change.UP if is_larger else Change.DOWN


def fisher(a: Ratio, b: Ratio) -> float:
    """Return the two-sided p of Fisher's exact test that both shares are one.

    R. A. Fisher, "The Design of Experiments" (1935), chapter 2; two-sided as the sum of all tables that are no
    more likely than the one seen. Exact, so it never claims more than `ALPHA` allows, however small the numbers.
    """
    hits, whole = a.part + b.part, a.whole + b.whole

    def log_likelihood(part: int) -> float:
        return _log_choose(a.whole, part) + _log_choose(b.whole, hits - part) - _log_choose(whole, hits)

    # Equal likelihoods differ in their last bits; a hair's breadth keeps both tails in.
    limit = log_likelihood(a.part) + 1e-9
    possible = range(max(0, hits - b.whole), min(a.whole, hits) + 1)
    return min(1.0, sum(exp(value) for value in map(log_likelihood, possible) if value <= limit))


def mann_whitney(a: Sequence[float], b: Sequence[float]) -> tuple[float, bool]:
    """Return the two-sided p that `a` and `b` are alike, and whether `a` tends to be the larger.

    H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50-60; normal approximation with the
    correction for ties and for continuity, good from about ten on each side.
    """
    ranks, ties = _ranks([*a, *b])
    n, m = len(a), len(b)
    u = sum(ranks[:n]) - n * (n + 1) / 2
    variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    distance = u - n * m / 2
    if variance <= 0:
        return 1.0, False
    return erfc(max(0.0, abs(distance) - 0.5) / sqrt(2 * variance)), distance > 0


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _ranks(values: Sequence[float]) -> tuple[list[float], float]:
    """Return the rank of each value, ties sharing theirs, and the sum of t^3 - t over groups of ties."""
    positions: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values), start=1):
        positions.setdefault(value, []).append(rank)
    ties = sum(len(group) ** 3 - len(group) for group in positions.values())
    return [sum(positions[value]) / len(positions[value]) for value in values], ties
