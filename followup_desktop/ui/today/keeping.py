"""What was typed into a draft is kept by itself, and can be let go of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight


class Keeping(QObject):
    """Keeps the words of the card shown; until they are in the store it knows them itself."""

    forgotten = Signal()  # the card shown begins anew

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._runner, self._page, self._pane, self._sight = context.runner, page, pane, sight
        self._typed: dict[int, tuple[str, str]] = {}

    def typed(self, follow_up: int) -> tuple[str, str] | None:
        """Return what was typed for a follow-up and is on its way into the store."""
        return self._typed.get(follow_up)

    def forget(self, follow_up: int) -> None:
        """Let go of what was typed: the follow-up is settled."""
        self._typed.pop(follow_up, None)

    @Slot()
    def now(self) -> None:
        """Keep what was typed and is not kept yet."""
        if self._sight.current is None or self._sight.card is None:
            return
        words = self._pane.draft.take_unkept()
        if words is None:
            return
        from followup_desktop.commands.messages import keep_draft

        key = self._sight.current.follow_up
        self._typed[key] = words
        self._runner.attempt(self._page, keep_draft, partial(self._on_kept, key, words), self._on_problem, key, *words)

    @Slot()
    def start_over(self) -> None:
        """Let go of the owner's words, and have the draft made anew."""
        if self._sight.current is None:
            return
        from followup_desktop.commands.messages import fresh_draft

        self._pane.draft.take_unkept()
        key = self._sight.current.follow_up
        self.forget(key)
        self._runner.attempt(self._page, fresh_draft, partial(self._on_forgotten, key), self._on_problem, key)

    def _on_kept(self, key: int, words: tuple[str, str], _done: object) -> None:
        if self._typed.get(key) == words:
            del self._typed[key]

    def _on_forgotten(self, key: int, _done: object) -> None:
        if self._sight.current is not None and self._sight.current.follow_up == key:
            self._pane.draft.touched = False
            self.forgotten.emit()

    def _on_problem(self, problem: Problem) -> None:
        self._pane.show_problem(problem)
