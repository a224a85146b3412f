"""What the owner does with the promises found in a draft: keeps them in mind, refuses them, takes them back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.base.changes import Done
    from followup_desktop.core.promises.rules.finding import FoundPromise


class Promising(QObject):
    """Carries out what is decided about a promise of the draft shown."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        found = pane.draft.found
        found.kept.connect(self._on_kept)
        found.refused.connect(self._on_refused)
        found.gone.connect(self._on_gone)

    @Slot(object)
    def _on_kept(self, found: FoundPromise) -> None:
        current = self._sight.current
        if current is None or current.view is None:
            return
        customer = current.card.customer
        if found.due_date is None:
            self._context.promise(customer_id=customer, text=f"{found.what} ", sentence=found.sentence)
            return
        from followup_desktop.commands.promises import keep_found
        from followup_desktop.core.promises.model import NewPromise

        zone = current.view.beside.business.zone
        new = NewPromise(found.what, found.due_date, found.due_time, zone, customer, found.sentence)
        then = partial(self._remember, current.follow_up, found.sentence)
        self._context.runner.do(self._page, keep_found, then, new)

    def _remember(self, follow_up: int, sentence: str, done: Done[int]) -> None:
        current = self._sight.current
        if current is not None and current.follow_up == follow_up:
            self._pane.draft.found.note_kept(sentence, int(done.result))

    @Slot(object)
    def _on_refused(self, found: FoundPromise) -> None:
        current = self._sight.current
        if current is None or current.view is None:
            return
        from followup_desktop.commands.promises import refuse_found

        self._pane.draft.found.note_decided(found.sentence)
        zone = current.view.beside.business.zone
        self._context.runner.do(self._page, refuse_found, None, current.card.customer, found, zone)

    @Slot(str)
    def _on_gone(self, sentence: str) -> None:
        from followup_desktop.commands.promises import withdraw_promise

        promise = self._pane.draft.found.forget_kept(sentence)
        if promise:
            self._context.runner.do(self._page, withdraw_promise, None, promise)
