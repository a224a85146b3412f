"""What every test may use: a clock that stands, a real store, a small business."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from tests.rows import ROWS

pytest_plugins = ["tests.mailservers"]

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
"""Monday 23 November 2026, 9:00 in New York."""

# A busy machine makes slow examples: that says nothing about what is tested.
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")

BUSINESS = {
    "business.name": "Blue Heron Pools",
    "business.owner": "Dana Whitlock",
    "business.phone": "555-0142",
    "business.postal_address": "3 Ferry Lane, Marlow Bay, FL 32000",
    "business.zone": "America/New_York",
    "business.region": "US",
    "business.currency": "USD",
    "business.language": "en",
}


def pytest_configure() -> None:
    """Collect between tests only: widgets must not die in the thread of a worker that happens to make an object."""
    gc.disable()


_SINCE_ALL = count(1)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None]:
    """Collect what the test left behind, on the main thread, once what it closed is gone."""
    yield
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(2 if next(_SINCE_ALL) % 100 == 0 else 1)
    if gc.isenabled():
        gc.disable()
        pytest.fail("This test left Python's collector on: a worker of a later one could take a widget apart.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse rows the product does not have."""
    for item in items:
        for mark in item.iter_markers("row"):
            unknown = set(mark.args) - ROWS
            if unknown:
                raise pytest.UsageError(f"{item.nodeid}: there is no row {', '.join(sorted(unknown))}")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture
def program(tmp_path: Path, clock: FixedClock, fresh_store: Path) -> Iterator[Program]:
    """The program on a new store of a small business in New York."""
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    path.chmod(0o600)
    program = Program(path, clock)
    yield program
    program.close()


@pytest.fixture(scope="session")
def fresh_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store with the business's settings, every journey on, and no customer.

    Copied for each test, since making one is slow.
    """
    from followup_desktop.commands.business import change_settings, first_settings
    from followup_desktop.commands.journeys import switch_journey

    path = tmp_path_factory.mktemp("fresh") / "business.db"
    made = Program(path, FixedClock(MONDAY))
    first_settings(made.desk, BUSINESS)
    change_settings(made.desk, BUSINESS)
    for journey in made.journeys:
        switch_journey(made.desk, journey, on=True)
    with made.desk.store.write("test", "", undoable=False) as work:
        from sqlalchemy import text

        work.session.execute(text("DELETE FROM steps"))
    made.close()
    return path


@pytest.fixture
def desk(program: Program) -> Any:
    return program.desk


@pytest.fixture
def read(desk: Any) -> Callable[..., Any]:
    """Ask a question: `read(queue, now)` runs `queue(session, now)`."""

    def ask(question: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with desk.store.read() as session:
            return question(session, *args, **kwargs)

    return ask


@pytest.fixture
def add(desk: Any) -> Callable[..., int]:
    """Add a customer: `add("Priya Nair", email="priya@example.com")`."""
    from followup_desktop.commands.customers import add_customer
    from followup_desktop.core.customers.model import Person

    def make(name: str, **more: Any) -> int:
        given, _, family = name.partition(" ")
        more.setdefault("email", f"{given}.{family}@example.com".lower().replace(" ", "."))
        return int(add_customer(desk, Person(given, family, **more)).result)

    return make


@pytest.fixture
def log(desk: Any) -> Callable[..., int]:
    """Log that something happened: `log(customer, "visit_done", visit="repair", about="pump")`."""
    from followup_desktop.commands.history import log as log_command
    from followup_desktop.core.customers.model import CustomerId
    from followup_desktop.core.history.model import Happening, NewEvent

    def write(customer: int, what: str, **more: Any) -> int:
        return int(log_command(desk, CustomerId(customer), NewEvent(Happening(what), **more)).result)

    return write


@pytest.fixture
def queue(desk: Any, clock: FixedClock) -> Callable[..., Any]:
    """Return the queue as it stands now, or on a day."""
    from followup_desktop.core.queue.queries.today import queue as ask

    def look(day: Any = None) -> Any:
        with desk.store.read() as session:
            return ask(session, clock.now(), day)

    return look


_NEAR = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this computer."""
    import socket

    def guarded(name: str) -> Callable[..., Any]:
        reach = getattr(socket.socket, name)

        def only_near(self: socket.socket, *given: Any) -> Any:
            address = given[-1]  # sendto(data, flags, address)
            near = self.family not in (socket.AF_INET, socket.AF_INET6) or str(address[0]).startswith(_NEAR)
            if not near:
                raise AssertionError(f"a test tried to reach {address[0]}")
            return reach(self, *given)

        return only_near

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
