"""Row 5: memory with the window open, everything loaded, in its share of the machine (PSS)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench import business
from tests.bench.pairing import Figure, Setting, paired, short
from tests.bench.processes import has_screen, running, screen

ROW = "5"
GOAL = 1.8
GROWTH_MB = 3.0
SMALL = 1_000
PAIRS = 5
WHAT = "memory with the window open / bare window"


def measure(setting: Setting) -> Sequence[Figure]:
    """Open both windows in turn and weigh them; then a small business beside this one."""
    if not has_screen():
        return [Figure(ROW, WHAT, None, GOAL, "Xvfb is not installed: apt-get install xvfb")]
    with screen() as environment:
        window, bare = _Window(setting, setting.customers, environment), _Bare(environment)
        pairs = paired(window, bare, setting.pairs(PAIRS))
        figures = [Figure(ROW, WHAT, pairs.ratio, GOAL, pairs.note("MB"))]
        if setting.customers > SMALL:
            small = _Window(setting, SMALL, environment)
            grown = median(pairs.one) - median([small() for _ in range(setting.pairs(PAIRS))])
            what = f"growth from {SMALL:,} customers / {short(GROWTH_MB)} MB"
            figures.append(Figure(ROW, what, max(grown, 0.0) / GROWTH_MB, 1.0, f"{grown:+.1f} MB"))
    return figures


class _Window:
    """The program with its window open, the first draft shown."""

    def __init__(self, setting: Setting, customers: int, environment: dict[str, str]) -> None:
        self._store = business.store_of(customers, setting.folder)
        self._environment = environment

    def __call__(self) -> float:
        arguments = ("--store", str(self._store), "--now", business.NOW_TEXT)
        with running("whole_window", *arguments, **self._environment) as program:
            program.heard("drafted")
            program.heard("settled")
            return megabytes(program.pid)


class _Bare:
    """The bare window."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def __call__(self) -> float:
        with running("bare_window", **self._environment) as bare:
            bare.heard("ready")
            return megabytes(bare.pid)


def megabytes(pid: int) -> float:
    """Return the proportional share of memory of a process (PSS of /proc/PID/smaps_rollup), in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
