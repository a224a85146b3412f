"""Row 11: a file of customers, read, checked, its telephone numbers brought into one form, and inserted.

Beside csv.reader and executemany: the same columns into the same table, with its indexes and triggers, nothing checked.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.exchange import import_customers
from followup_desktop.core.exchange import records
from followup_desktop.core.exchange.model import Plan, PlanRow, Verdict
from followup_desktop.core.exchange.rules.reading import read_file
from followup_desktop.store.store import connect_writer
from tests.bench import business
from tests.bench.pairing import Figure, Setting, milliseconds, paired

ROW = "11"
GOAL = 1.35
WHOLE_GOAL = 4.0
PAIRS = 7
HEADER = ("First Name", "Last Name", "Company", "Email", "Phone", "Street", "City", "State", "Zip", "Notes")
COLUMNS = ("given_name", "family_name", "company", "email", "phone", "street", "city", "region", "postal_code", "notes")
CONSTANT = {
    **dict.fromkeys(("country", "language", "zone", "channel", "access_note", "source", "source_key"), ""),
    "stage": "regular",
    "extra": "{}",
    "created_at": "2026-11-23 14:00:00.000000",
}


def measure(setting: Setting) -> Sequence[Figure]:
    """Import into an empty store, again and again, in turn with the floor."""
    empty = business.empty_store(setting.folder / "empty.db") if not (setting.folder / "empty.db").exists() else None
    fresh = _Fresh(empty or setting.folder / "empty.db", setting.folder / "import.db")
    data = file_of(setting.customers).encode()
    pairs = setting.pairs(PAIRS)
    bare = paired(lambda: _read_and_insert(fresh, data), lambda: _floor(fresh, data), pairs)
    whole = paired(lambda: _import(fresh, data), lambda: _floor(fresh, data), pairs)
    return [
        Figure(ROW, "reading and inserting / csv.reader and executemany", bare.ratio, GOAL, bare.note()),
        Figure(ROW, "the whole import / csv.reader and executemany", whole.ratio, WHOLE_GOAL, whole.note()),
    ]


def file_of(customers: int) -> str:
    """Return a file as owners have them: numbers written in five ways, one in a hundred of them none at all."""
    chance, out = random.Random(3), io.StringIO(newline="")
    write = csv.writer(out).writerow
    write(HEADER)
    for key in range(1, customers + 1):
        write(_row(key, chance))
    return out.getvalue()


def _row(key: int, chance: random.Random) -> tuple[str, ...]:
    given, family = chance.choice(business.GIVEN), f"{chance.choice(business.FAMILY)}{key}"
    area, first, last = chance.choice(("212", "415", "503")), f"{chance.randint(200, 999)}", f"{key % 10_000:04}"
    ways = (
        f"({area}) {first}-{last}",
        f"{area}-{first}-{last}",
        f"+1{area}{first}{last}",
        f"{area}{first}{last}",
        f"+1 {area}.{first}.{last}",
    )
    phone = "call mum" if key % 100 == 7 else ways[key % 5]
    email = "no-at-sign" if key % 200 == 9 else f"{given}.{family}@example.com"
    company = f"{family} & Co" if key % 4 == 0 else ""
    street = f"{key} {chance.choice(business.FAMILY)} Street"
    return given, family, company, email, phone, street, "Portland", "OR", f"{97_000 + key % 300}", "gate on the left"


class _Fresh:
    """An empty store, copied anew for each run."""

    def __init__(self, empty: Path, place: Path) -> None:
        self._empty, self.place = empty, place

    def store(self) -> Path:
        """Return a store without customers."""
        for ending in ("", "-journal", "-wal", "-shm"):
            self.place.with_name(self.place.name + ending).unlink(missing_ok=True)
        return Path(shutil.copy(self._empty, self.place))

    def program(self) -> Program:
        """Return the program on a store without customers, open and warm."""
        program = Program(self.store(), FixedClock(business.NOW))
        with program.desk.store.read() as session:
            session.execute(text("SELECT count(*) FROM customers"))
        return program


def _read_and_insert(fresh: _Fresh, data: bytes) -> float:
    program = fresh.program()

    def work() -> None:
        reading = read_file(data, "customers.csv")
        plan = Plan([PlanRow(one, Verdict.NEW) for one in reading.customers], [], ())
        with program.desk.store.write("bench", "") as under_way:
            records.apply(under_way, reading, plan)

    took = milliseconds(work)
    program.close()
    return took


def _import(fresh: _Fresh, data: bytes) -> float:
    program = fresh.program()
    took = milliseconds(lambda: import_customers(program.desk, read_file(data, "customers.csv")))
    program.close()
    return took


def _floor(fresh: _Fresh, data: bytes) -> float:
    connection = connect_writer(fresh.store())
    columns = ("uuid", "name", "sort_name", *COLUMNS, *CONSTANT)
    sql = f"INSERT INTO customers ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    constant = tuple(CONSTANT.values())

    def work() -> None:
        rows = csv.reader(io.StringIO(data.decode(), newline=""))
        next(rows)
        connection.execute("BEGIN IMMEDIATE")
        values = ((str(at), row[0] + row[1], row[1] + row[0], *row, *constant) for at, row in enumerate(rows))
        connection.executemany(sql, values)
        connection.execute("COMMIT")

    took = milliseconds(work)
    connection.close()
    return took
