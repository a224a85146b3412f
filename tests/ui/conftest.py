"""A theme and a runner for tests of the window."""

import threading
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.ui.runner import Runner
from followup_desktop.ui.theme import Theme


class FakeStore:
    """A store that hands out one value as its session."""

    def __init__(self):
        self.version = 1
        self.session = {"answer": 42}
        self.listeners = []

    def tell(self, changes):
        for listener in list(self.listeners):
            listener(changes)

    @contextmanager
    def read(self):
        yield self.session

    def data_version(self):
        return self.version


class FakeDesk:
    def __init__(self):
        self.store = FakeStore()


class PatientBot(QtBot):
    """Waits as long as a busy machine needs; where nothing is wrong, that is as short as ever."""

    def waitUntil(self, callback, *, timeout=20_000):
        return super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=20_000, **more):
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture
def desk():
    return FakeDesk()


@pytest.fixture
def runner(qapp, desk):
    runner = Runner(desk)
    yield runner
    runner.close()


@pytest.fixture(scope="session")
def themes(qapp):
    return Theme(qapp, "light")


@pytest.fixture
def theme(themes):
    themes.set_mode("light")
    yield themes
    themes.set_mode("light")


@pytest.fixture
def gate():
    """Return an event that opens at the latest when the test ends, so that no worker waits for ever."""
    event = threading.Event()
    yield event
    event.set()
