"""What a page gets from the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from followup_desktop.base.changes import Done
from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.base.settings import Settings
from followup_desktop.ui.runner import Runner
from followup_desktop.ui.theme import Theme


class Go(Protocol):
    """Opens a page, with what to show there."""

    def __call__(self, page_key: str, /, **focus: Any) -> None:
        """Open `page_key`; `focus` reaches its `focus_on` (for example customer_id=7)."""


class CountDown(Protocol):
    """Counts down in the bar before something leaves the computer."""

    def __call__(self, says: str, seconds: int, undo: Callable[[], None]) -> None:
        """Show "`says` in 10 s" with Undo; pressing Undo calls `undo`."""


@dataclass(frozen=True, slots=True)
class Context:
    """The program as a page sees it. Pages know nothing else of the window or of each other."""

    runner: Runner
    clock: Clock
    theme: Theme
    settings: Settings
    go: Go
    say: Callable[[Done[Any]], None]
    """Show what a command did, with Undo. (The runner's commands say it themselves.)"""
    problem: Callable[[Problem], None]
    """Show a problem in the bar, when there is no better place beside the thing concerned."""
    count_down: CountDown
    find: Callable[[], None]
    """Open the search box of Ctrl+K."""
    log: Callable[..., None]
    """Open "Log something", optionally with customer_id=…."""
    promise: Callable[..., None]
    """Open the one-line capture of a promise, optionally with customer_id=…."""
    put_right: Callable[..., None]
    """Ask what went wrong and open a case, optionally with customer_id=…, text=…, how=…, event=…."""
    program: Any
    """The program behind the window (`app.Program`): `.templates`, `.journeys`, `.path`, `.desk`."""
    wake_outbox: Callable[[], None]
    """Tell that something may wait in the outbox now."""
    passwords: Any
    """Where mail passwords are kept (`ui.passwords.Passwords`)."""
    places: Any
    """The data folder (`system.paths.Places`)."""
    switch_store: Callable[[Any], None]
    """Go on with another store (a path), such as the demo."""
    restore: Callable[[Any], None]
    """Close, put a copy (a path) in the place of the store, and start again."""
    test_reminder: Callable[[], str]
    """Send a reminder to try it out, and return in words how it was shown, or why not."""
    tray_available: Callable[[], bool]
    """Say whether this desktop shows tray icons now."""
