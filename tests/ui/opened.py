"""One page in the real window, on a real store, for tests of what an owner sees and does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from followup_desktop.commands.undo import undo_last
from followup_desktop.ui.pages import PAGES
from followup_desktop.ui.runner import Runner
from followup_desktop.ui.window import MainWindow, Program


class Values:
    """Settings at their defaults."""

    def value(self, key):
        return {"business.zone": "America/New_York", "business.region": "US"}.get(key, "")

    def change(self, key, value):
        raise AssertionError(f"a page changed {key}")


class Opened:
    """A window with one page shown; what the page asked the window for stands in `went`, `logged` and `said`."""

    def __init__(self, window, page, runner, qtbot):
        self.window, self.page, self.runner, self._qtbot = window, page, runner, qtbot
        self.went, self.logged, self.wrong, self.said, self.problems = [], [], [], [], []

    def settle(self):
        """Wait until every question and command of the page has been answered, and what they changed is shown."""
        self._qtbot.waitUntil(self._is_settled, timeout=20_000)

    def _is_settled(self):
        """Whether nothing waits, nor anything that what was shown last has asked."""
        if self.runner._waiting or self.runner._letterbox._letters:
            return False
        QCoreApplication.processEvents()  # a widget that was put in place of another shows itself an event later
        return not self.runner._waiting and not self.runner._letterbox._letters

    def key(self, key, modifier=None, widget=None):
        """Press a key where the focus is."""
        target = widget or self.window.focusWidget() or self.window
        self._qtbot.keyClick(target, key, *([modifier] if modifier else []))
        self.settle()

    def press(self, button):
        """Press a button, also one that is in a menu for want of room."""
        assert button.isEnabled(), button.text()
        button.click()
        self.settle()

    def texts(self):
        """Every text the page shows."""
        from PySide6.QtWidgets import QLabel

        labels = self.page.findChildren(QLabel)
        return [getattr(label, "whole", label.text)() for label in labels if label.isVisible()]


@pytest.fixture
def desk(program):
    return program.desk


@pytest.fixture
def runner(qapp, desk):
    runner = Runner(desk)
    yield runner
    runner.close()


@pytest.fixture
def opened(theme, runner, program, desk, qtbot):
    """Return a function that opens the window at a page: `opened("promises")`."""
    windows = []

    def open_at(key, size=(1280, 800)):
        def take_back(_step):
            runner.do(window, lambda d: undo_last(d), None)

        entries = [entry for entry in PAGES if entry.key == key]
        window = MainWindow(
            theme, runner, program.clock, Values(), Program(undo=take_back, program=program), pages=entries
        )
        page = window.page(key)
        shown = Opened(window, page, runner, qtbot)
        _listen(page, shown)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        shown.settle()
        windows.append(window)
        return shown

    return open_at


def _listen(page, shown):
    from dataclasses import replace

    page.context = replace(
        page.context,
        go=lambda key, /, **focus: shown.went.append((key, focus)),
        log=lambda **about: shown.logged.append(about),
        put_right=lambda **about: shown.wrong.append(about),
        problem=shown.problems.append,
    )
    page.runner.done.connect(lambda done: shown.said.append(done.says))
    page.runner.problem.connect(shown.problems.append)
