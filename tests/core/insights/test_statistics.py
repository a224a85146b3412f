import random

import pytest

from followup_desktop.core.insights.model import Change, Nps, Ratio
from followup_desktop.core.insights.rules.statistics import (
    ALPHA,
    duration_change,
    fisher,
    mann_whitney,
    net_promoters,
    satisfaction,
    share_change,
    time_taken,
)


@pytest.mark.parametrize(
    ("a", "b", "p"),
    [
        # The lady tasting tea: Fisher, "The Design of Experiments", 1935.
        (Ratio(3, 4), Ratio(1, 4), 34 / 70),
        (Ratio(4, 4), Ratio(0, 4), 2 / 70),
        # Fisher 1935, "The logic of inductive inference": criminal twins, 10 of 13 and 2 of 17 (two-sided .00054).
        (Ratio(10, 13), Ratio(2, 17), 0.0005367),
        (Ratio(0, 0), Ratio(3, 5), 1.0),
        (Ratio(0, 20), Ratio(0, 30), 1.0),
        (Ratio(20, 20), Ratio(30, 30), 1.0),
    ],
)
def test_fishers_test_gives_the_published_probabilities(a: Ratio, b: Ratio, p: float):
    assert fisher(a, b) == pytest.approx(p, rel=1e-3)
    assert fisher(b, a) == pytest.approx(p, rel=1e-3)


@pytest.mark.row("K6")
@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (Ratio(97, 110), Ratio(71, 100), Change.UP),
        (Ratio(71, 100), Ratio(97, 110), Change.DOWN),
        (Ratio(62, 151), Ratio(62, 140), Change.NONE),
        (Ratio(47, 49), Ratio(41, 46), Change.NONE),
        (Ratio(9, 9), Ratio(0, 9), Change.FEW),
        (Ratio(0, 9), Ratio(90, 100), Change.FEW),
        (Ratio(10, 10), Ratio(0, 10), Change.UP),
        (Ratio(0, 0), Ratio(0, 0), Change.FEW),
        (Ratio(0, 12), Ratio(0, 12), Change.NONE),
        (Ratio(5_200, 10_000), Ratio(5_000, 10_000), Change.UP),
        (Ratio(5_050, 10_000), Ratio(5_000, 10_000), Change.NONE),
    ],
)
def test_a_change_is_called_one_only_where_the_numbers_support_it(now: Ratio, before: Ratio, said: Change):
    assert share_change(now, before) is said


@pytest.mark.row("K6")
def test_months_that_differ_by_chance_alone_are_seldom_called_different():
    chance = random.Random(7)

    def month() -> Ratio:
        whole = chance.randint(10, 160)
        return Ratio(sum(chance.random() < 0.4 for _ in range(whole)), whole)

    claimed = sum(share_change(month(), month()) is not Change.NONE for _ in range(1_000))
    assert claimed / 1_000 <= ALPHA


def test_the_rank_test_agrees_with_a_worked_example():
    # Two samples without overlap, n = m = 10: U = 0, z = (50 - 0.5) / sqrt(175) = 3.742, p = .000183.
    p, is_larger = mann_whitney([float(n) for n in range(11, 21)], [float(n) for n in range(1, 11)])
    assert p == pytest.approx(0.000183, abs=2e-6)
    assert is_larger


def test_equal_durations_are_no_change_and_few_ones_are_not_compared():
    assert duration_change([2.0] * 12, [2.0] * 12) is Change.NONE
    assert duration_change([2.0] * 9, [9.0] * 12) is Change.FEW
    assert duration_change([], []) is Change.FEW
    assert duration_change([1.0] * 10 + [2.0], [5.0] * 12) is Change.DOWN


@pytest.mark.row("K3")
def test_satisfaction_is_the_share_of_4_and_5_with_the_mean():
    score = satisfaction((1, 0, 2, 7, 10))
    assert score is not None
    assert score.satisfied == Ratio(17, 20)
    assert score.mean == pytest.approx(4.25)
    assert satisfaction((0, 0, 0, 0, 0)) is None


@pytest.mark.row("K3")
def test_nps_is_promoters_minus_detractors():
    answers = [0, 0, 1, 0, 1, 1, 2, 4, 5, 14, 10]
    assert net_promoters(answers) == Nps(promoters=24, passives=9, detractors=5)
    assert net_promoters(answers).score == 50
    assert Nps().score is None


def test_time_taken_is_the_median_and_the_longest():
    taken = time_taken([6.0, 0.5, 2.0, 2.2])
    assert taken is not None
    assert (taken.median, taken.longest, taken.cases) == (pytest.approx(2.1), 6.0, 4)
    assert time_taken([]) is None
