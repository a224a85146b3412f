"""Settling the card shown: each is one command after which it leaves the list, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # it brings SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal


class Settling(QObject):
    """Runs what settles the card shown; what was typed is kept first, for Undo."""

    settled = Signal(int)  # follow-up that left the list
    keep_wanted = Signal()  # what was typed must be kept first

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._runner, self._page, self._pane, self._sight = context.runner, page, pane, sight

    def settle(self, command: Any, *given: Any, then: Callable[[Done[Any]], None] | None = None, **more: Any) -> None:
        """Run a command after which the card leaves the list, once however often it is asked for."""
        current = self._sight.current
        if current is None or current.follow_up == self._sight.under_way:
            return
        self.keep_wanted.emit()
        self._sight.under_way = current.follow_up
        self._pane.forget_problem()
        after = partial(self._on_settled, current.follow_up, then)
        self._runner.attempt(self._page, command, after, self.say, *given, **more)

    def done_by(self, how: str, note: str = "", *, went_wrong: bool = False, sheet: Proposal | None = None) -> None:
        """Note how it was done, whether the note says what went wrong, and of which sheet the words were made."""
        from followup_desktop.commands.messages import MadeOf, done

        if self._sight.current is not None:
            also = self._pane.draft.also.ticked()
            made = MadeOf(sheet.place, sheet.made, sheet.known_words) if sheet and sheet.place else None
            self.settle(done, self._sight.current.follow_up, how, note, also=also, went_wrong=went_wrong, of=made)

    @Slot(str)
    def put_off(self, day: str) -> None:
        """Show it again on a day (YYYY-MM-DD)."""
        from followup_desktop.commands.messages import later

        if self._sight.current is not None:
            self.settle(later, self._sight.current.follow_up, date.fromisoformat(day))

    @Slot(str)
    def skip_for(self, why: str) -> None:
        """Skip it for a reason."""
        from followup_desktop.commands.messages import skip

        if self._sight.current is not None:
            self.settle(skip, self._sight.current.follow_up, why)

    def say(self, problem: Problem) -> None:
        """Say beside the card what went wrong; it stays on the list."""
        self._sight.under_way = 0
        self._pane.busy.finish()
        self._pane.show_problem(problem)

    def _on_settled(self, follow_up: int, then: Callable[[Done[Any]], None] | None, done: Done[Any]) -> None:
        self.settled.emit(follow_up)
        if then is not None:
            then(done)
