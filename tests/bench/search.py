"""Row 9: one keystroke of a search over the whole history, through the door the window uses."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.store import search
from followup_desktop.store.store import Store
from tests.bench import business
from tests.bench.pairing import Figure, Setting, milliseconds, p95, short, without_collector
from tests.bench.replay import reader

ROW = "9"
GOAL = 6.0
GREP_GOAL = 0.01
GREP_FROM = 100_000
"""grep takes as long as the text is; it says something where there is much of it."""
HITS = 30
ROUNDS = 5
TYPED = (
    *("pump", "filter leak", "water heater", "chlorine", "late payment", "gate key", "algae green", "season", "quote"),
    *("salt cell", "birthday", "warranty pump", "callback morning", "neighbour", "zzyzx", "dog gate", "discount"),
)


def measure(setting: Setting) -> Sequence[Figure]:
    """Type searches key by key, with a read of 30 entries by number after every key, and grep now and then."""
    path = business.store_of(setting.customers, setting.folder)
    program = Program(path, FixedClock(business.NOW))
    connection = reader(path)
    by_number = _by_number(connection, setting.customers * business.ENTRIES)
    keys, floor, grep = [], [], []
    text = _export(connection, setting.folder / f"history-{setting.customers}.txt")
    _type(program.desk.store, "pump"), by_number()
    for _ in range(setting.pairs(ROUNDS)):
        with without_collector():
            for typed in keystrokes():
                keys.append(milliseconds(lambda: _type(program.desk.store, typed)))  # noqa: B023  (run at once)
                floor.append(milliseconds(by_number))
        grep += [milliseconds(lambda: _grep(text, typed)) for typed in ("pump", "algae green")]  # noqa: B023
    connection.close()
    program.close()
    took = f"p50 {short(median(keys))}, p95 {short(p95(keys))}"
    return [
        Figure(
            ROW,
            "a keystroke, p95 / 30 entries by number, p95",
            p95(keys) / p95(floor),
            GOAL,
            f"{took} beside {short(p95(floor))} ms, {len(keys)} keys",
        ),
        Figure(
            ROW,
            "a keystroke, p95 / grep -i over the text",
            p95(keys) / median(grep),
            GREP_GOAL if setting.customers >= GREP_FROM else None,
            f"{took} beside {short(median(grep))} ms",
        ),
    ]


def keystrokes() -> Iterator[str]:
    """Return what stands in the field after every key of every search."""
    for typed in TYPED:
        for end in range(1, len(typed) + 1):
            yield typed[:end]


def _type(store: Store, typed: str) -> list[search.Hit]:
    with store.read() as session:
        return search.history(session, typed, HITS)


def _by_number(connection: sqlite3.Connection, entries: int) -> Callable[[], object]:
    chance = random.Random(5)
    sql = (
        "SELECT e.id, e.customer_id, c.name, e.note, e.about FROM events e JOIN customers c ON c.id = e.customer_id "
        f"WHERE e.id IN ({','.join('?' * HITS)})"
    )

    def read() -> object:
        return connection.execute(sql, [chance.randint(1, entries) for _ in range(HITS)]).fetchall()

    return read


def _export(connection: sqlite3.Connection, path: Path) -> Path:
    rows = connection.execute("SELECT c.name, e.note FROM events e JOIN customers c ON c.id = e.customer_id")
    with path.open("w") as file:
        file.writelines(f"{name}\t{note}\n" for name, note in rows)
    return path


def _grep(path: Path, typed: str) -> None:
    # In the letters of the owner's language: grep is ten times quicker where it knows the letters of English alone.
    language = os.environ | {"LC_ALL": "C.UTF-8"}
    subprocess.run(["grep", "-ic", typed, str(path)], env=language, stdout=subprocess.DEVNULL, check=False)
