"""The card chosen: asked for with its draft, and shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.core.queue.model import Card
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today import lines, questions
from followup_desktop.ui.today.board import Board
from followup_desktop.ui.today.keeping import Keeping
from followup_desktop.ui.today.sight import Current, Sight

if TYPE_CHECKING:  # their queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import Beside, CardView


class Cards(QObject):
    """Asks for a card and shows it, with what was typed for it."""

    first_shown = Signal()  # a card that was not shown before, with its draft

    def __init__(self, context: Context, page: QWidget, board: Board, sight: Sight, keeping: Keeping) -> None:
        super().__init__(page)
        self._context, self._page, self._board, self._sight, self._keeping = context, page, board, sight, keeping
        self._runner, self._pane = context.runner, board.pane
        self._writing = self._repeating = 0
        keeping.forgotten.connect(self._on_forgotten)
        board.pane.draft.advising.names_typed.connect(self._on_names)

    def write_into(self, follow_up: int) -> None:
        """Let the owner write at once when this card is shown."""
        self._writing = follow_up

    def write_again(self, follow_up: int) -> None:
        """Begin with the words that did not arrive when this card is shown, where there are any."""
        self._repeating = follow_up

    def ask(self, card: Card | None, *, fresh: bool = False) -> None:
        """Ask for a card with its draft; `fresh`, one that the owner has not changed."""
        if card is None:
            return
        current, now = self._sight.current, self._context.clock.now()
        self._sight.look_at(Current(card, current.view if current and not fresh else None))
        question = partial(questions.card, card.leading.id, self._context.program, now, fresh)
        then, failed = partial(self._show, card), partial(self._without_draft, card)
        self._runner.ask(self._page, question, then, failed=failed, newest="card")

    def take_up_words(self) -> None:
        """Put the words of the message that was refused into the draft."""
        view = self._sight.card
        if view is not None and view.returned is not None:
            self._pane.draft.take_over(view.returned.subject, view.returned.text)
            self._pane.forget_problem()

    def _show(self, card: Card, view: CardView) -> None:
        if self._sight.chosen not in (lines.card_id(card.leading.id), (lines.HELD, card.leading.id)):
            return
        typed = self._keeping.typed(card.leading.id)
        if typed is not None:
            view = replace(view, proposal=replace(view.proposal, subject=typed[0], text=typed[1], changed=True))
        again = self._sight.card is not None
        self._sight.look_at(Current(card, view))
        self._pane.show_card(card, view, again=again, lead=self._lead(card))
        self._show_promises(view, again=again)
        self._board.show_pane()
        if not again:
            self.first_shown.emit()
        if self._repeating == card.leading.id:
            self._repeating = 0
            self.take_up_words()
        if self._writing == card.leading.id:
            self._writing = 0
            self._pane.draft.text_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead(self, card: Card) -> str:
        if not self._sight.overruled:
            return "Why now."
        return "Say it in person." if card.channel == "in_person" else "Held back."

    def _show_promises(self, view: CardView, *, again: bool) -> None:
        from followup_desktop.core.promises.rules.finding import Reader

        business = view.beside.business
        reader = Reader(self._context.clock.now(), business.zone, business.region)
        self._pane.draft.found.begin(self._pane.draft.text_edit.text(), reader, view.decided, again=again)

    def _without_draft(self, card: Card, problem: Problem) -> None:
        question = partial(questions.beside, card.customer, self._context.clock.now())
        then = partial(self._show_undrafted, self._sight.chosen, problem.sentence())
        self._runner.ask(self._page, question, then, newest="card")

    def _show_undrafted(self, chosen: lines.ItemId | None, why: str, beside: Beside) -> None:
        if self._sight.chosen == chosen:
            self._pane.show_reason("No draft.", why, beside, actions=True)
            self._board.show_pane()

    @Slot()
    def _on_forgotten(self) -> None:
        if self._sight.current is not None:
            self.ask(self._sight.current.card, fresh=True)

    @Slot(str)
    def _on_names(self, text: str) -> None:
        """Ask whether names in a draft are those of other customers."""
        if self._sight.current is not None:
            customer = self._sight.current.card.customer
            then = partial(self._know_others, customer)
            self._runner.ask(self._page, partial(questions.others, customer, text), then, newest="names")

    def _know_others(self, customer: int, names: frozenset[str]) -> None:
        if self._sight.current is not None and self._sight.current.card.customer == customer:
            self._pane.draft.advising.know_others(names)
