"""Opening a case or promising something from Today: about the card shown, or a line of the history beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.core.history.model import FROM_THEM, Event
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.parts.events import about_event, promise_about
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight


class PuttingRight(QObject):
    """Asks what went wrong, in the words the card answers where there are any."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._context, self._pane, self._sight = context, pane, sight
        pane.history.put_right_wanted.connect(self._on_event)
        pane.history.promise_wanted.connect(self._on_promise)
        pane.answered.held.connect(self._on_held)
        pane.answered.did_not_hold.connect(self._on_did_not_hold)
        self._page = page

    @Slot()
    def ask(self) -> None:
        """Ask what went wrong for whom the pane is about."""
        about, customer = self._answered(), self._pane.customer()
        if about is not None:
            self._on_event(about)
        elif customer and self._sight.chosen is not None:
            self._context.put_right(customer_id=customer)
        else:
            self._context.put_right()

    @Slot()
    def promise(self) -> None:
        """Promise something to whom the pane is about; what they wrote or said is where it comes from."""
        about, customer = self._answered(), self._pane.customer()
        if about is not None and about.what in FROM_THEM:
            self._on_promise(about)
        elif customer and self._sight.chosen is not None:
            self._context.promise(customer_id=customer)
        else:
            self._context.promise()

    def _answered(self) -> Event | None:
        """Return what the card shown answers, or follows."""
        view = self._sight.card
        if view is None:
            return None
        return next((event for event in view.beside.events if event.id == view.proposal.follow_up.event), None)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        self._context.put_right(**about_event(event))

    @Slot(object)
    def _on_promise(self, event: Event) -> None:
        self._context.promise(**promise_about(event))

    @Slot(int)
    def _on_held(self, case: int) -> None:
        from followup_desktop.commands import cases as commands  # brings SQLAlchemy: not before the window is painted

        self._pane.draft.text_edit.setFocus(Qt.FocusReason.OtherFocusReason)  # the answer is what comes next
        self._context.runner.do(self._page, commands.close_case, None, case)

    @Slot(int, str)
    def _on_did_not_hold(self, case: int, said: str) -> None:
        from followup_desktop.commands import cases as commands  # as above

        self._pane.draft.text_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.runner.do(self._page, commands.reopen_case, None, case, said)
