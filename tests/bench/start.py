"""Row 3b: from the start of the program to today's list on the screen, the store loaded, every key answering."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.bench import business
from tests.bench.pairing import Figure, Pairs, Setting, short
from tests.bench.processes import has_screen, running, screen

ROW = "3b"
GOAL = 2.8
STALL_MS = 250
PAIRS = 20
STAGES = ("painted", "ready", "drafted")
WHAT = {
    "painted": "start to the frame of the window / bare window",
    "ready": "start until every key answers / bare window",
    "drafted": "start to the first draft beside the list / bare window",
}


def measure(setting: Setting) -> Sequence[Figure]:
    """Start a bare window and the program in turn."""
    if not has_screen():
        return [Figure(ROW, WHAT["ready"], None, GOAL, "Xvfb is not installed: apt-get install xvfb")]
    store = business.store_of(setting.customers, setting.folder)
    with screen() as environment:
        starts = _Starts(("--store", str(store), "--now", business.NOW_TEXT), environment)
        if setting.most > 1:
            starts.once()
            starts.forget()
        for _ in range(setting.pairs(PAIRS)):
            starts.once()
    return starts.figures()


class _Starts:
    """Pairs of starts, and what was reached when."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self._arguments, self._environment = arguments, environment
        self.forget()

    def forget(self) -> None:
        """Begin anew: the first pair only warms up."""
        self._bare: list[float] = []
        self._reached: dict[str, list[float]] = {stage: [] for stage in STAGES}
        self._stalls: list[float] = []

    def once(self) -> None:
        """Start both, one after the other."""
        with running("whole_window", *self._arguments, **self._environment) as program:
            for stage in STAGES:
                at, (stall,) = program.heard(stage)
                self._reached[stage].append(at)
            self._stalls.append(stall)
        with running("bare_window", **self._environment) as bare:
            self._bare.append(bare.heard("ready")[0])

    def figures(self) -> list[Figure]:
        """Return each stage beside the bare window, and the longest stall as a part of what is allowed."""
        pairs = {stage: Pairs(self._reached[stage], self._bare) for stage in STAGES}
        found = [_figure(stage, pairs[stage], GOAL if stage == "ready" else None) for stage in STAGES]
        stall = median(self._stalls)
        note = f"{short(stall)} ms, the worst {short(max(self._stalls))} ms, from first paint to draft"
        return [*found, Figure(ROW, f"longest stall on the way / {STALL_MS} ms", stall / STALL_MS, 1.0, note)]


def _figure(stage: str, pairs: Pairs, goal: float | None) -> Figure:
    return Figure(ROW, WHAT[stage], pairs.ratio, goal, pairs.note())
