"""Each reminder comes exactly once: the running program, on a system clock that the test sets with libfaketime."""

import os
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import time as time_now
from zoneinfo import ZoneInfo

import pytest

from followup_desktop.app import Program as Store
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.business import change_settings, first_settings
from followup_desktop.commands.promises import make_promise
from followup_desktop.core.promises.model import NewPromise
from tests.conftest import BUSINESS
from tests.desktop.conftest import Talk
from tests.fakes.program import python

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
NEW_YORK, PARIS, TOKYO = "America/New_York", "Europe/Paris", "Asia/Tokyo"
MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.desktop


@pytest.fixture(autouse=True)
def clock_can_be_set():
    """Skip where the system's clock cannot be faked; where it must be, that is a failure."""
    if LIBRARY is None:
        if os.environ.get("FOLLOWUP_REQUIRE_DESKTOP") == "1":
            pytest.fail("libfaketime is required here, but not installed.", pytrace=False)
        pytest.skip("libfaketime is not installed (package faketime)")


class Laptop:
    """A laptop with the program in its tray: its clock can be set, it can sleep, and the program can be killed."""

    def __init__(self, qtbot, run, host, folder):
        self.qtbot, self.run, self.folder = qtbot, run, folder
        self.desktop = host(tray=True, notifications={"can": ["actions", "body", "persistence"]})
        self.offset = folder / "offset"
        self.path = folder / "business.db"
        self.talk = None

    def has(self, *promises, zone=NEW_YORK):
        """Write down promises: (what, day, time, zone)."""
        store = Store(self.path, FixedClock(datetime(2026, 3, 1, tzinfo=UTC)))
        first_settings(store.desk, BUSINESS)
        change_settings(store.desk, BUSINESS | {"business.zone": zone})
        for what, day, at in promises:
            make_promise(store.desk, NewPromise(what, day, at, zone))
        store.close()

    def set_clock(self, at, zone=NEW_YORK):
        """Let the system's clock show a time of a zone; it goes on from there."""
        moment = datetime.combine(*at, tzinfo=ZoneInfo(zone)) if isinstance(at, tuple) else at
        part = self.offset.with_suffix(".part")
        part.write_text(f"{moment.timestamp() - time_now():+.3f}")
        part.replace(self.offset)

    def start(self):
        """Start the program in the tray, as the session does."""
        environment = {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        program = self.run(python("reminded_program.py", "--store", self.path, "--tray"), **environment)
        self.qtbot.waitUntil(lambda: program.lines != [] or not program.running, timeout=30_000)
        assert program.running, program.complaints
        self.talk = Talk(self.qtbot, program)
        self.desktop.wait_for("item", timeout=20_000)

    def kill(self, noted):
        """End the program as a power cut does, once the store has noted so many reminders as shown."""
        self.qtbot.waitUntil(lambda: self._noted() == noted, timeout=20_000)
        self.talk.program.signal(signal.SIGKILL)
        self.qtbot.waitUntil(lambda: not self.talk.program.running, timeout=10_000)

    def _noted(self):
        with closing(sqlite3.connect(self.path)) as store:
            return store.execute("SELECT count(*) FROM reminders WHERE shown_at IS NOT NULL").fetchone()[0]

    def looks(self):
        """Let it look twice: one look may have begun before the clock was set, the next has seen it."""
        said = len(self.talk.said)
        self.qtbot.waitUntil(
            lambda: sum(one[0] == "looked" for one in self.talk.said[said:]) >= 2 or not self.talk.program.running,
            timeout=20_000,
        )
        assert self.talk.program.running, self.talk.program.complaints

    def _desktop_is_heard(self):
        """Wait until all that reached the desktop so far was read here as well."""
        items = sum(said[0] == "item is" for said in self.desktop.said)
        self.desktop.tell("item")
        self.qtbot.waitUntil(lambda: sum(said[0] == "item is" for said in self.desktop.said) > items, timeout=20_000)

    def shown(self):
        """Return what was shown since the last time one asked: title and words of each notification."""
        self.looks()
        self._desktop_is_heard()
        found = [said[2] for said in self.desktop.said if said[0] == "notify"]
        new, self._known = found[getattr(self, "_known", 0) :], len(found)
        return [(one["title"], one["body"]) for one in new]


@pytest.fixture
def laptop(qtbot, bus, run, host, tmp_path):
    (tmp_path / "home").mkdir(mode=0o700)
    return Laptop(qtbot, run, host, tmp_path / "home")


def words(shown):
    return [body for _title, body in shown]


@pytest.mark.row("P3")
def test_after_six_hours_of_sleep_one_notification_says_what_came_due_and_a_clock_set_back_shows_nothing_again(laptop):
    laptop.has(("ring Maria", MONDAY, time(11)), ("ring Tom", MONDAY, time(12)), ("ring Ana", MONDAY, time(13)))
    laptop.set_clock((MONDAY, time(9)))
    laptop.start()
    assert laptop.shown() == []
    laptop.set_clock((MONDAY, time(10, 45)))
    assert laptop.shown() == [("Promise due at 11:00 am", "ring Maria")]
    laptop.set_clock((MONDAY, time(16, 45)))  # six hours of sleep
    assert laptop.shown() == [("2 promises came due while you were away", "ring Tom\nring Ana")]
    laptop.set_clock((MONDAY, time(10, 40)))  # somebody sets the clock back
    assert laptop.shown() == []
    laptop.set_clock((MONDAY, time(13)))
    assert laptop.shown() == []


@pytest.mark.row("P3")
def test_a_program_that_was_killed_carries_on_where_it_was(laptop):
    laptop.has(("ring Maria", MONDAY, time(11)), ("ring Tom", MONDAY, time(12)))
    laptop.set_clock((MONDAY, time(10, 50)))
    laptop.start()
    assert words(laptop.shown()) == ["ring Maria"]
    laptop.kill(noted=1)
    laptop.set_clock((MONDAY, time(12, 30)))
    laptop.start()
    assert laptop.shown() == [("Promise late, was due at 12:00 pm", "ring Tom")]
    laptop.kill(noted=2)
    laptop.start()
    assert laptop.shown() == []
    laptop.set_clock((MONDAY + timedelta(1), time(8, 1)))
    assert laptop.shown() == [("2 promises are still open", "ring Maria\nring Tom")]  # quietly, the next morning
    assert laptop.shown() == []


@pytest.mark.row("P3")
def test_both_nights_on_which_the_clocks_change(laptop):
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    laptop.has(
        ("in the hour there is not", spring, time(2, 30)),
        ("in the hour there is twice", autumn, time(2, 30)),
        zone=PARIS,
    )
    laptop.set_clock(datetime(2026, 3, 29, 0, 59, tzinfo=UTC))  # 1:59, and then 3:00
    laptop.start()
    assert laptop.shown() == []
    laptop.set_clock(datetime(2026, 3, 29, 1, 15, tzinfo=UTC))  # 3:15, a quarter of an hour before 3:30
    assert words(laptop.shown()) == ["in the hour there is not"]
    laptop.set_clock(datetime(2026, 3, 29, 2, 0, tzinfo=UTC))
    assert laptop.shown() == []
    laptop.kill(noted=1)
    laptop.set_clock(datetime(2026, 10, 25, 0, 14, tzinfo=UTC))  # 2:14, the first time
    laptop.start()
    assert [title for title, _ in laptop.shown()] == ["Still open: in the hour there is not"]
    laptop.set_clock(datetime(2026, 10, 25, 0, 15, tzinfo=UTC))
    assert words(laptop.shown()) == ["in the hour there is twice"]
    laptop.set_clock(datetime(2026, 10, 25, 1, 15, tzinfo=UTC))  # 2:15 again
    assert laptop.shown() == []


@pytest.mark.row("P3")
def test_a_journey_over_nine_zones_moves_no_reminder(laptop):
    laptop.has(("ring Maria", MONDAY, time(15)), ("ring Tom", MONDAY, time(17)))
    laptop.set_clock((MONDAY, time(14, 46)))
    laptop.start()
    assert words(laptop.shown()) == ["ring Maria"]
    store = Store(laptop.path, FixedClock(datetime(2026, 11, 23, 20, tzinfo=UTC)))
    change_settings(store.desk, {"business.zone": TOKYO})  # where it is the next morning by now
    store.close()
    assert laptop.shown() == []
    laptop.set_clock((MONDAY, time(16, 45)))
    assert words(laptop.shown()) == ["ring Tom"]
    assert laptop.shown() == []
