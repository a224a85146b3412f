"""Rows that are no cards: held back, lapsed, asked, come back, unanswered; why, and what can be said to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.base.phones import shown
from followup_desktop.base.wording import count_words, day_words, moment_words, sentence
from followup_desktop.base.zones import local_day
from followup_desktop.core.consent.model import OWNER_DECIDES, HeldFor, Wish, WishKind
from followup_desktop.core.consent.rules import asks_words
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.messages.rules import attached_words
from followup_desktop.core.queue.model import BackKind, Held, OpenCase, Waited
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today import lines, questions
from followup_desktop.ui.today.asking import (
    AFTER_CASE,
    BACK,
    GONE,
    LAPSED,
    NOT_NOW,
    STALE,
    STOPS,
    UNANSWERED,
    UNKNOWN,
    WISHES,
    WRITE_TO_NEW,
    Choice,
    whose,
)
from followup_desktop.ui.today.board import Board
from followup_desktop.ui.today.cards import Cards
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # their queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.messages.model import Returned, StoredMessage, Stranger
    from followup_desktop.ui.today.reading import Beside

OFFERS: dict[str, str] = {
    **dict.fromkeys(OWNER_DECIDES, "Show anyway"),
    HeldFor.OUTRANKED: "Show the card it waits behind",
    HeldFor.AFTER_CASE: "Decide",
}
"""What can be done about a reason; where they said no, or cannot be reached, nothing."""

AFTER_CASE_WORDS = (
    "\n\nResume: it goes on where it was.\n"
    "Start over: it comes again, as long from now as it came after what started it.\n"
    "Drop: it is skipped."
)
SHOWN = 4_000
"""Letters of a mail that stand beside the question what it is."""


class Rows(QObject):
    """Asks for what a row is about, and shows it with its answers."""

    look_at = Signal(int)  # customer whose card is to be shown

    def __init__(self, context: Context, page: QWidget, board: Board, sight: Sight, cards: Cards) -> None:
        super().__init__(page)
        self._context, self._page, self._board, self._sight, self._cards = context, page, board, sight, cards
        self._asks: dict[str, Callable[[lines.ItemId], None]] = {
            lines.HELD: self._ask_held,
            lines.LAPSED: self._ask_gone,
            lines.BACK: self._ask_gone,
            lines.AFTER: self._ask_after,
            lines.ASKED: self._ask_wish,
            lines.RETURNED: self._ask_returned,
            lines.STRANGER: self._ask_stranger,
            lines.CASE: self._ask_case,
            lines.WAITING: self._ask_written,
        }

    def ask(self, chosen: lines.ItemId) -> None:
        """Ask for the row chosen, and show it."""
        if self._sight.day is not None:
            self._asks[chosen[0]](chosen)

    def take_offer(self) -> None:
        """Do what the line offers: go to the case, to the card it waits behind, or write all the same."""
        day, chosen = self._sight.day, self._sight.chosen
        if day is None or chosen is None:
            return
        if chosen[0] == lines.CASE:
            self._context.go("recovery", case_id=chosen[1])
            return
        held = lines.held_of(day.queue, chosen[1])
        if held is None:
            return
        if held.reason == HeldFor.AFTER_CASE:
            self._decide_for(held.follow_up)
        elif held.reason == HeldFor.OUTRANKED:
            self.look_at.emit(held.customer)
        else:
            self._sight.overruled = held.follow_up
            self.ask(chosen)

    def _decide_for(self, follow_up: int) -> None:
        """Go to the case something waited for."""
        found = self._sight.day.queue.after_cases if self._sight.day is not None else ()
        case = next((waited.case for waited in found if follow_up in waited.follow_ups), None)
        if case is not None:
            self._board.list.select((lines.AFTER, case))

    # Asking

    def _ask(self, question: Callable[..., object], key: int, then: Callable[..., None]) -> None:
        asked = partial(question, key, self._context.clock.now())
        self._context.runner.ask(self._page, asked, then, newest="card")

    def _ask_held(self, chosen: lines.ItemId) -> None:
        held = lines.held_of(self._sight.day.queue, chosen[1]) if self._sight.day is not None else None
        if held is not None and held.reason == HeldFor.ON_ROUTE:
            self._sight.overruled = held.follow_up
        self._ask(questions.held, chosen[1], partial(self._show_held, chosen, held))

    def _ask_gone(self, chosen: lines.ItemId) -> None:
        self._ask(questions.held, chosen[1], partial(self._show_gone, chosen))

    def _ask_after(self, chosen: lines.ItemId) -> None:
        waited = lines.waited_of(self._sight.day.queue, chosen[1]) if self._sight.day is not None else None
        if waited is not None:
            self._ask(questions.beside, waited.customer, partial(self._show_after, chosen, waited))

    def _ask_wish(self, chosen: lines.ItemId) -> None:
        wish = lines.wish_of(self._sight.day, chosen[1]) if self._sight.day is not None else None
        if wish is not None:
            self._ask(questions.beside, wish.customer, partial(self._show_wish, chosen, wish))

    def _ask_returned(self, chosen: lines.ItemId) -> None:
        returned = lines.returned_of(self._sight.day, chosen[1]) if self._sight.day is not None else None
        if returned is not None:
            self._ask(questions.beside, returned.customer, partial(self._show_returned, chosen, returned))

    def _ask_stranger(self, chosen: lines.ItemId) -> None:
        self._ask(questions.stranger, chosen[1], partial(self._show_stranger, chosen))

    def _ask_case(self, chosen: lines.ItemId) -> None:
        found = self._sight.day.queue.open_cases if self._sight.day is not None else ()
        case = next((each for each in found if each.case == chosen[1]), None)
        if case is not None:
            self._ask(questions.beside, case.customer, partial(self._show_case, chosen, case))

    def _ask_written(self, chosen: lines.ItemId) -> None:
        self._ask(questions.written, chosen[1], partial(self._show_written, chosen))

    # Showing

    def _show(
        self, chosen: lines.ItemId, beside: Beside, lead: str, why: str, text: str = "", *,
        offer: str = "", choices: Sequence[Choice] = (),
    ) -> None:  # fmt: skip
        if self._sight.chosen == chosen:
            self._board.pane.show_reason(lead, why, beside, text, offer=offer, choices=choices)
            self._board.show_pane()

    def _show_held(self, chosen: lines.ItemId, held: Held | None, answer: tuple[FollowUp, Beside]) -> None:
        follow_up, beside = answer
        if held is None or self._sight.chosen != chosen:
            return
        if self._sight.overruled == follow_up.id:
            self._cards.ask(lines.card_of_held(held, follow_up))
            return
        words = f"What waits: {follow_up.why_here}\n{follow_up.removed_by}"
        lead = "Moved." if held.reason == HeldFor.CAPACITY else "Held back."
        self._show(chosen, beside, lead, held.reason_text, words, offer=OFFERS.get(held.reason, ""))

    def _show_wish(self, chosen: lines.ItemId, wish: Wish, beside: Beside) -> None:
        stops = wish.what.kind is WishKind.STOP
        held = " Until you say so, nothing but what they wait for goes to them." if stops else ""
        lead = f"{wish.name} {asks_words(wish.what)}."
        end = "" if wish.what.sentence.rstrip()[-1:] in ".?!…" else "."
        why = f"They wrote: “{wish.what.sentence.rstrip()}”{end}{held}"
        behind = self._sight.day.behind if self._sight.day is not None else ()
        waits = "\n".join(f"What waits: {card.why_here}" for card in behind if card.customer == wish.customer)
        self._show(chosen, beside, lead, why, waits, choices=STOPS if stops else WISHES)

    def _show_returned(self, chosen: lines.ItemId, returned: Returned, beside: Beside) -> None:
        """Say why a message came back, and what to do: ring and ask for another address, or write again."""
        if returned.corrected:
            why = f"They never had it. They are at {returned.corrected} now."
            self._show(chosen, beside, f"Mail to {returned.address} came back.", why, choices=WRITE_TO_NEW)
            return
        number = shown(beside.phone, beside.business.region) if beside.phone else ""
        ring = f" Ring {beside.name} ({number}) and ask for the new one." if beside.phone else ""
        gone = f"Nothing goes there until it is corrected.{ring}"
        what = gone if returned.gone else "The address is kept. It may go through later."
        lead, why = f"Mail to {returned.address} came back.", f"{sentence(returned.why)}. {what}"
        self._show(chosen, beside, lead, why, choices=GONE if returned.gone else NOT_NOW)

    def _show_stranger(self, chosen: lines.ItemId, answer: tuple[Stranger | None, Beside]) -> None:
        """Show a mail of somebody who is no customer, as plain text."""
        found, beside = answer
        if found is None:
            return
        files = "".join(f"\n{attached_words(one)}" for one in found.attached)
        words = f"“{found.subject or 'Without a subject'}”\n\n{found.text[:SHOWN]}{files}"
        if found.could_be:
            lead, why = "Whose mail is it?", f"Customers of yours have the address {found.address}."
            choices = whose(found.could_be)
        else:
            lead, why, choices = "Not among your customers.", found.address, UNKNOWN
        self._show(chosen, beside, lead, why, words, choices=choices)

    def _show_after(self, chosen: lines.ItemId, waited: Waited, beside: Beside) -> None:
        why = f"“{waited.what.rstrip('.')}”. Say what becomes of what waited for {waited.household or waited.name}."
        words = "What waited:\n" + "\n".join(waited.whys) + AFTER_CASE_WORDS
        self._show(chosen, beside, "The case is put right.", why, words, choices=AFTER_CASE)

    def _show_case(self, chosen: lines.ItemId, case: OpenCase, beside: Beside) -> None:
        days = count_words(case.days, "day", "days") if case.days else "today"
        why = f"“{case.what.rstrip('.')}”, open {'since ' if not case.days else ''}{days}."
        words = "It stays here until you say how it was put right."
        self._show(chosen, beside, "Not put right yet.", why, words, offer="Go on with the case")

    def _show_gone(self, chosen: lines.ItemId, answer: tuple[FollowUp, Beside]) -> None:
        """Show what lapsed, or fell due in days off."""
        follow_up, beside = answer
        if self._sight.day is None:
            return
        item = lines.back_of(self._sight.day, chosen[1]) if chosen[0] == lines.BACK else None
        day = day_words(local_day(follow_up.closes or follow_up.due, self._sight.zone), beside.today)
        due = day_words(local_day(follow_up.due, self._sight.zone), beside.today)
        choices: tuple[Choice, ...]
        if item is None:
            lead, why, choices = "Lapsed.", f"It closed {day} without being done.", LAPSED
        elif item.kind is BackKind.STALE:
            lead, why, choices = "Gone stale.", f"It closed {day}, while you were away.", STALE
        else:
            lead, why, choices = "Fell due.", f"It was due {due}, while you were away.", BACK
        self._show(chosen, beside, lead, why, follow_up.why_here, choices=choices)

    def _show_written(self, chosen: lines.ItemId, answer: tuple[StoredMessage, Beside]) -> None:
        message, beside = answer
        when = moment_words(message.sent_at or message.at, beside.now, beside.business.zone)
        words = f"{message.subject}\n\n{message.text}"
        self._show(chosen, beside, "No answer yet.", f"You asked {when}.", words, choices=UNANSWERED)
