"""Measuring in pairs, and what a figure is."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Measure = Callable[[], float]
"""Does something once and returns what it took (milliseconds, bytes: the same on both sides of a pair)."""


@dataclass(frozen=True)
class Setting:
    """How to measure: the size of the business, how patiently, and where files may be put."""

    customers: int
    folder: Path
    most: int = 1_000
    """Pairs to measure at most; with one, nothing is run to warm up either."""

    def pairs(self, usual: int) -> int:
        """Return how many pairs to measure."""
        return min(usual, self.most)


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is None where it could not be measured; `note` says why, or what it took."""

    row: str
    what: str
    ratio: float | None
    goal: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Return what is to be said of it."""
        if self.ratio is None:
            return "left out"
        if self.goal is None:
            return ""
        return "met" if self.ratio <= self.goal else "MISSED"


@dataclass(frozen=True)
class Pairs:
    """What pairs of runs took, first the thing itself, then its floor."""

    one: Sequence[float]
    floor: Sequence[float]

    @property
    def ratio(self) -> float:
        """Return the median of the ratios, pair by pair."""
        return median(a / b for a, b in zip(self.one, self.floor, strict=True))

    def note(self, unit: str = "ms") -> str:
        """Say what both took, as medians, and how many pairs there were."""
        return f"{short(median(self.one))} beside {short(median(self.floor))} {unit}, {len(self.one)} pairs"


def paired(one: Measure, floor: Measure, pairs: int) -> Pairs:
    """Run both once to warm up, then in turn; nothing is collected in between, which would fall on either."""
    if pairs > 1:
        one(), floor()
    mine, least = [], []
    with without_collector():
        for _ in range(pairs):
            mine.append(one())
            least.append(floor())
    return Pairs(mine, least)


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold Python's cycle collector for as long as something is measured."""
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def timed(work: Callable[[], object]) -> Measure:
    """Return a measure of how many milliseconds `work` takes."""

    def measure() -> float:
        return milliseconds(work)

    return measure


def milliseconds(work: Callable[[], object]) -> float:
    """Run something once and return what it took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 stay below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * 0.95) - 1)]


def slope(small: float, large: float, times: float) -> float:
    """Return the exponent of growth: 0 is flat, 1 as fast as the data."""
    return math.log(large / small) / math.log(times)


def short(value: float) -> str:
    """Write a figure with three digits."""
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"
