"""`python -m tests.bench [ROWS …]`: measure and print a table."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.pairing import Figure, Setting, short

ROWS = {
    "3b": "start",
    "5": "memory",
    "7": "list_page",
    "8": "days_queue",
    "9": "search",
    "11": "csv_import",
    "14": "drafts",
    "15": "report",
    "19": "mail_sync",
    "20": "outbox",
    "21": "coach",
    "plan": "planning",
}
FULL, QUICK = 1_000, 3
LINE = "{:<3} {:<62} {:>8} {:>8}  {:<9} {}"


def main(arguments: Sequence[str]) -> int:
    """Measure the rows asked for; 1 only with --gate and a goal missed."""
    given = _parser().parse_args(arguments)
    missed = False
    print(LINE.format("row", "what", "ratio", "goal", "verdict", "took"), flush=True)
    with _folder(given.folder) as folder:
        for size in given.customers:
            if len(given.customers) > 1:
                print(f"    {size:,} customers", flush=True)
            for row in given.rows or ROWS:
                for figure in measured(row, Setting(size, folder, QUICK if given.quick else FULL)):
                    _print(figure)
                    missed = missed or figure.verdict == "MISSED"
    return 1 if given.gate and missed else 0


def measured(row: str, setting: Setting) -> Sequence[Figure]:
    """Measure one row."""
    return importlib.import_module(f"tests.bench.{ROWS[row]}").measure(setting)  # type: ignore[no-any-return]


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder for the businesses: one that is kept for the next time, or one that goes away."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.bench", description="How quick the program is.")
    parser.add_argument("rows", nargs="*", metavar="ROW", type=_row, help=f"of {', '.join(ROWS)}; all without")
    parser.add_argument("--customers", type=_sizes, default=[10_000], metavar="N[,N…]")
    parser.add_argument("--quick", action="store_true", help="few pairs: to see whether it runs")
    parser.add_argument("--gate", action="store_true", help="exit code 1 where a goal is missed")
    parser.add_argument("--folder", type=Path, help="make the businesses here and keep them for the next time")
    return parser


def _row(text: str) -> str:
    if text not in ROWS:
        raise argparse.ArgumentTypeError(f"there is no row {text}; rows are {', '.join(ROWS)}")
    return text


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _print(figure: Figure) -> None:
    ratio = "" if figure.ratio is None else f"{short(figure.ratio)}x"
    goal = "" if figure.goal is None else f"≤ {short(figure.goal)}x"
    print(LINE.format(figure.row, figure.what, ratio, goal, figure.verdict, figure.note), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
