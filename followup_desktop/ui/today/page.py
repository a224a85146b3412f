"""Today: who waits to hear from us, in order, and the draft for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.phones import shown
from followup_desktop.base.wording import count_words, day_words, moment_words, sentence
from followup_desktop.base.zones import local_day
from followup_desktop.core.consent.model import OWNER_DECIDES, HeldFor, Wish, WishKind
from followup_desktop.core.consent.rules import wish_words
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.messages.rules import attached_words
from followup_desktop.core.queue.model import BackKind, Card, Held, OpenCase, Waited
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.today import lines
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
    Choice,
    whose,
)
from followup_desktop.ui.today.deciding import Deciding
from followup_desktop.ui.today.doing import Current, Doing
from followup_desktop.ui.today.notices import Notices
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.promising import Promising
from followup_desktop.ui.today.telling import Telling
from followup_desktop.ui.today.whose import MINE, Whose
from followup_desktop.ui.today.working import Through
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane

if TYPE_CHECKING:  # their queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.messages.model import Returned, StoredMessage, Stranger
    from followup_desktop.ui.today.reading import Beside, CardView, TodayView

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
CHOICE_KEYS = {"choice_1": "1", "choice_2": "2", "choice_3": "3", "done": "E", "later": "S", "skip": "X"}
"""Keys with which a row that is no card may be answered."""

SHOWN = 4_000
"""Letters of a mail that stand beside the question what it is."""

LOOK_EVERY_MS = 60_000
"""How often what is left of a day is told anew while the page is shown."""


class TodayPage(PageBase):
    """The queue, the card one looks at, and what can be done with it."""

    key: ClassVar[str] = "today"
    title: ClassVar[str] = "Today"
    icon: ClassVar[str] = "sun"
    kinds: ClassVar[tuple[str, ...]] = (
        *("follow_ups", "customers", "households", "events", "contacts", "messages", "outbox", "promises", "cases"),
        *("settings", "accounts", "routes", "stops", "consents", "suppressions", "told_facts", "template_versions"),
        *("enclosures", "draft_enclosures", "template_enclosures", "phrase_refusals", "operators"),
        *("wishes", "strangers", "promise_offers"),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: TodayView | None = None
        self._current: Current | None = None
        self._chosen: lines.ItemId | None = None
        self._wanted: tuple[str, int] | None = None
        self._writing = 0
        self._overruled = 0
        self._gone: list[int] = []
        self._typed: dict[int, tuple[str, str]] = {}
        self.list = GroupedList(self.theme, "Today")
        self.notices = Notices(self.theme)
        self.whose = Whose(self.theme)
        self.pane = CardPane(self.theme)
        self.empty = EmptyPlace(self.theme, "sun", "", "")
        self._right = QStackedWidget()
        self._whole = QStackedWidget()
        self.doing = Doing(context, self, self.pane, self._zone)
        self.telling = Telling(context, self, self.pane, self._current_card)
        self.promising = Promising(context, self, self.pane, self._current_card)
        self.deciding = Deciding(context, self, self.pane, self._chosen_now, self._view_now)
        self._seen = False
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._build()
        self._connect()

    # Asking

    def reload(self) -> None:
        """Ask for the day again."""
        now = self.context.clock.now()
        self.runner.ask(self, partial(_day, now, self._mine()), self._show_day, newest="day")

    def shown(self) -> None:
        """Look again when shown, and every minute after: time goes by without a change."""
        self._stale, self._seen = True, False
        super().shown()
        self._looking.start()

    def hidden(self) -> None:
        """Keep what was typed."""
        super().hidden()
        self._looking.stop()
        self.keep_now()

    def state(self) -> dict[str, Any]:
        """Remember the width of the list and the card."""
        self.keep_now()
        chosen = self._chosen[1] if self._chosen and self._chosen[0] == "card" else None
        return {"list": self.split.width_of_list(), "follow_up": chosen, "whose": self.whose.side.value()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and card."""
        self.whose.take_up(state.get("whose"))
        if isinstance(state.get("list"), int):
            self.split.set_width_of_list(state["list"])
        if isinstance(state.get("follow_up"), int):
            self.list.select(lines.card_id(state["follow_up"]))

    def focus_on(self, follow_up_id: int | None = None, customer_id: int | None = None, **_other: Any) -> None:
        """Show the card of a follow-up or a customer."""
        self.through.end()
        if follow_up_id is not None:
            self._wanted, self._writing = ("follow_up", follow_up_id), follow_up_id
        elif customer_id is not None:
            self._wanted = ("customer", customer_id)
        self._select_wanted()
        self.split.show_pane()

    # Showing

    def _show_day(self, view: TodayView) -> None:
        self._view = view
        self.set_subtitle(lines.day_words(view))
        self.whose.show_people(view.people, view.owners, self._here())
        self.set_badge(len(view.queue.cards))
        self.notices.show_day(view)
        self._follow_selection(view)
        chosen = self._chosen
        self.list.show_groups(lines.groups(view))
        self._select_wanted()
        self._wanted = None
        self._show_place()
        if back_to_decide(view):
            self.through.end()
        self.through.follow(view.queue)
        self._begin.setEnabled(bool(view.queue.cards) and not back_to_decide(view))
        if chosen is not None and self._chosen == chosen:
            self._ask_chosen()
        if not self._seen:
            self._seen = True
            self.deciding.look()

    def _follow_selection(self, view: TodayView) -> None:
        """Go back to a card that Undo brought back, or with a follow-up to the card it stands on now."""
        back = next((key for key in reversed(self._gone) if _leads(view, key)), None)
        if back is not None:
            self._gone.remove(back)
            self.through.count(-1)
            self.list.select(lines.card_id(back))
        elif self._chosen is not None and self._chosen[0] == "card":
            card = lines.card_of(view.queue, self._chosen[1])
            if card is not None and card.leading.id != self._chosen[1]:
                self.list.select(lines.card_id(card.leading.id))

    def _select_wanted(self) -> None:
        """Select what another place asked for, on the list or held back."""
        if self._wanted is None or self._view is None:
            return
        row = _row_of(self._view, *self._wanted)
        if row is None:
            return
        self._wanted = None
        if row[0] == lines.HELD:
            self.list.unfold(lines.HELD)
        self.list.select(row)

    def _show_place(self) -> None:
        """Show the split, or one large empty place where there is nothing at all."""
        view = self._view
        nothing = view is not None and not lines.groups(view) and view.off is None
        if view is not None and not view.queue.cards:
            self._say_empty(view)
        if nothing and view is not None and not (view.unsure or view.refused or view.paused):
            self._whole.setCurrentWidget(self._empty_whole)
        else:
            self._whole.setCurrentWidget(self.split)
        if self._chosen is None:
            self._right.setCurrentWidget(self.empty)
            if view is not None and (view.queue.cards or lines.groups(view)):
                self.empty.say("eye", "See why", "Enter opens the group; each line says what holds it back.")

    def _say_empty(self, view: TodayView) -> None:
        for place in (self.empty, self._empty_whole):
            if view.anybody:
                coming = count_words(view.tomorrow, "person", "people") if view.tomorrow else "Nobody yet"
                words = f"Tomorrow: {coming}. What you log today decides who hears from you next."
                place.say("sun", "Nobody is waiting", words, "Log something")
            else:
                words = "Bring your customers, and this says every morning who to contact, and why."
                place.say("sun", "Nobody is here yet", words, "Start")

    def _here(self) -> str:
        """Return the UUID of who works at this computer, or nothing."""
        return str(self.context.settings.value("computer.operator"))

    def _mine(self) -> str:
        # Before the first answer nobody knows whether there are two; where there are not, it narrows nothing.
        return self._here() if self.whose.side.value() == MINE else ""

    @Slot(int, object)
    def _on_given(self, follow_up: int, operator: int | None) -> None:
        from followup_desktop.commands.operators import hand_to

        self.runner.do(self, hand_to, None, follow_up, operator)

    @Slot()
    def _on_who(self) -> None:
        self.context.go("settings", section="People")

    @Slot(object)
    def _on_chosen(self, chosen: lines.ItemId | None) -> None:
        self.keep_now()
        self._chosen = chosen
        self._current, self._overruled = None, 0
        self.whose.show_card(chosen[1] if chosen is not None and chosen[0] == "card" else 0)
        self.doing.set_current(None)
        self.pane.leave()
        if chosen is None:
            self._show_place()
        else:
            self._ask_chosen()

    def _ask_chosen(self) -> None:
        view, chosen = self._view, self._chosen
        if view is None or chosen is None:
            return
        kind, key = chosen
        now = self.context.clock.now()
        if kind in (lines.HELD, lines.LAPSED, lines.BACK):
            held = lines.held_of(view.queue, key)
            if kind == lines.HELD and held is not None and held.reason == HeldFor.ON_ROUTE:
                self._overruled = key
            then = partial(self._show_held, chosen, held) if kind == lines.HELD else partial(self._show_gone, chosen)
            self.runner.ask(self, partial(_held, key, now), then, newest="card")
        elif kind == lines.AFTER:
            self._ask_after(chosen, lines.waited_of(view.queue, key), now)
        elif kind == lines.ASKED:
            self._ask_wish(chosen, lines.wish_of(view, key), now)
        elif kind == lines.RETURNED:
            self._ask_returned(chosen, lines.returned_of(view, key), now)
        elif kind == lines.STRANGER:
            then = partial(self._show_stranger, chosen)
            self.runner.ask(self, partial(_stranger, key, now), then, newest="card")
        elif kind == lines.CASE:
            self._ask_case(chosen, now)
        elif kind == lines.WAITING:
            self.runner.ask(self, partial(_written, key, now), partial(self._show_written, chosen), newest="card")
        else:
            self._ask_card(lines.card_of(view.queue, key), now)

    def _ask_card(self, card: Card | None, now: datetime, *, fresh: bool = False) -> None:
        if card is None:
            return
        self._current = Current(card, self._current.view if self._current and not fresh else None)
        self.doing.set_current(self._current)
        question = partial(_card, card.leading.id, self.context.program, now, fresh)
        then, failed = partial(self._show_card, card), partial(self._without_draft, card)
        self.runner.ask(self, question, then, failed=failed, newest="card")

    def _show_card(self, card: Card, view: CardView) -> None:
        if self._chosen not in (lines.card_id(card.leading.id), (lines.HELD, card.leading.id)):
            return
        typed = self._typed.get(card.leading.id)
        if typed is not None:
            words = replace(view.proposal, subject=typed[0], text=typed[1], changed=True)
            view = replace(view, proposal=words)
        shown = self._current is not None and self._current.view is not None
        self._current = Current(card, view)
        self.doing.set_current(self._current)
        at_the_door = card.channel == "in_person" and self._overruled
        lead = "Say it in person." if at_the_door else "Held back." if self._overruled else "Why now."
        self.pane.show_card(card, view, again=shown, lead=lead)
        self._show_promises(view, again=shown)
        self._right.setCurrentWidget(self.pane)
        if not shown:
            self.doing.begin()
        if self._writing == card.leading.id:
            self._writing = 0
            self.pane.draft.text_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_promises(self, view: CardView, *, again: bool) -> None:
        from followup_desktop.core.promises.rules.finding import Reader

        business = view.beside.business
        reader = Reader(self.context.clock.now(), business.zone, business.region)
        self.pane.draft.show_promises(reader, view.decided, again=again)

    def _without_draft(self, card: Card, problem: Problem) -> None:
        show = partial(self._show_reason, self._chosen, "No draft.", problem.sentence())
        now = self.context.clock.now()
        self.runner.ask(self, partial(_beside, card.customer, now), partial(show, actions=True), newest="card")

    def _show_held(self, chosen: lines.ItemId, held: Held | None, answer: tuple[FollowUp, Beside]) -> None:
        if self._chosen != chosen or held is None:
            return
        follow_up, beside = answer
        if self._overruled == follow_up.id:
            self._ask_card(lines.card_of_held(held, follow_up), self.context.clock.now())
            return
        words = f"What waits: {follow_up.why_here}\n{follow_up.removed_by}"
        lead = "Moved." if held.reason == HeldFor.CAPACITY else "Held back."
        self.pane.show_reason(lead, held.reason_text, beside, words, offer=OFFERS.get(held.reason, ""))
        self._right.setCurrentWidget(self.pane)

    def _on_why(self) -> None:
        """Do what a held-back line offers: go to the card it waits behind, or write all the same."""
        if self._chosen is not None and self._chosen[0] == lines.CASE:
            self.context.go("recovery", case_id=self._chosen[1])
            return
        held = lines.held_of(self._view.queue, self._chosen[1]) if self._view and self._chosen else None
        if held is not None and held.reason == HeldFor.AFTER_CASE:
            self._decide_for(held.follow_up)
        elif held is not None and held.reason == HeldFor.OUTRANKED:
            self.focus_on(customer_id=held.customer)
        elif held is not None:
            self._overruled = held.follow_up
            self._ask_chosen()

    def _decide_for(self, follow_up: int) -> None:
        """Go to the case something waited for."""
        found = self._view.queue.after_cases if self._view is not None else ()
        case = next((waited.case for waited in found if follow_up in waited.follow_ups), None)
        if case is not None:
            self.list.select((lines.AFTER, case))

    def _ask_after(self, chosen: lines.ItemId, waited: Waited | None, now: datetime) -> None:
        if waited is not None:
            then = partial(self._show_after, chosen, waited)
            self.runner.ask(self, partial(_beside, waited.customer, now), then, newest="card")

    def _ask_wish(self, chosen: lines.ItemId, wish: Wish | None, now: datetime) -> None:
        if wish is not None:
            then = partial(self._show_wish, chosen, wish)
            self.runner.ask(self, partial(_beside, wish.customer, now), then, newest="card")

    def _show_wish(self, chosen: lines.ItemId, wish: Wish, beside: Beside) -> None:
        if self._chosen != chosen:
            return
        stops = wish.what.kind is WishKind.STOP
        held = " Until you say so, nothing but what they wait for goes to them." if stops else ""
        lead = f"{wish.name} seems to ask for {wish_words(wish.what)}."
        self.pane.show_reason(
            lead, f"They wrote: “{wish.what.sentence}”.{held}", beside, choices=STOPS if stops else WISHES
        )
        self._right.setCurrentWidget(self.pane)

    def _ask_returned(self, chosen: lines.ItemId, returned: Returned | None, now: datetime) -> None:
        if returned is not None:
            then = partial(self._show_returned, chosen, returned)
            self.runner.ask(self, partial(_beside, returned.customer, now), then, newest="card")

    def _show_returned(self, chosen: lines.ItemId, returned: Returned, beside: Beside) -> None:
        """Say why a message came back, and what to do: ring and ask for another address, or write again."""
        if self._chosen != chosen:
            return
        number = shown(beside.phone, beside.business.region) if beside.phone else ""
        ring = f" Ring {beside.name} ({number}) and ask for the new one." if beside.phone else ""
        gone = f"Nothing goes there until it is corrected.{ring}"
        what = gone if returned.gone else "The address is kept. It may go through later."
        lead, why = f"Mail to {returned.address} came back.", f"{sentence(returned.why)}. {what}"
        self.pane.show_reason(lead, why, beside, choices=GONE if returned.gone else NOT_NOW)
        self._right.setCurrentWidget(self.pane)

    def _show_stranger(self, chosen: lines.ItemId, answer: tuple[Stranger | None, Beside]) -> None:
        """Show a mail of somebody who is no customer, as plain text."""
        found, beside = answer
        if self._chosen != chosen or found is None:
            return
        files = "".join(f"\n{attached_words(one)}" for one in found.attached)
        words = f"{found.subject}\n\n{found.text[:SHOWN]}{files}"
        if found.could_be:
            lead, why = "Whose mail is it?", f"Customers of yours have the address {found.address}."
            choices = whose(found.could_be)
        else:
            lead, why, choices = "Not among your customers.", f"{found.name} {found.address}".strip(), UNKNOWN
        self.pane.show_reason(lead, why, beside, words, choices=choices)
        self._right.setCurrentWidget(self.pane)

    def _show_after(self, chosen: lines.ItemId, waited: Waited, beside: Beside) -> None:
        if self._chosen == chosen:
            why = f"“{waited.what.rstrip('.')}”. Say what becomes of what waited for {waited.household or waited.name}."
            words = "What waited:\n" + "\n".join(waited.whys) + AFTER_CASE_WORDS
            self.pane.show_reason("The case is put right.", why, beside, words, choices=AFTER_CASE)
            self._right.setCurrentWidget(self.pane)

    def _ask_case(self, chosen: lines.ItemId, now: datetime) -> None:
        found = self._view.queue.open_cases if self._view is not None else ()
        case = next((each for each in found if each.case == chosen[1]), None)
        if case is not None:
            then = partial(self._show_case, chosen, case)
            self.runner.ask(self, partial(_beside, case.customer, now), then, newest="card")

    def _show_case(self, chosen: lines.ItemId, case: OpenCase, beside: Beside) -> None:
        if self._chosen == chosen:
            days = count_words(case.days, "day", "days") if case.days else "today"
            self.pane.show_reason(
                "Not put right yet.",
                f"“{case.what.rstrip('.')}”, open {'since ' if not case.days else ''}{days}.",
                beside,
                "It stays here until you say how it was put right.",
                offer="Go on with the case",
            )
            self._right.setCurrentWidget(self.pane)

    def _show_gone(self, chosen: lines.ItemId, answer: tuple[FollowUp, Beside]) -> None:
        """Show what lapsed, or fell due in days off."""
        if self._chosen != chosen or self._view is None:
            return
        follow_up, beside = answer
        item = lines.back_of(self._view, chosen[1]) if chosen[0] == lines.BACK else None
        day = day_words(local_day(follow_up.closes or follow_up.due, self._zone()), beside.today)
        due = day_words(local_day(follow_up.due, self._zone()), beside.today)
        choices: tuple[Choice, ...]
        if item is None:
            lead, why, choices = "Lapsed.", f"It closed {day} without being done.", LAPSED
        elif item.kind is BackKind.STALE:
            lead, why, choices = "Gone stale.", f"It closed {day}, while you were away.", STALE
        else:
            lead, why, choices = "Fell due.", f"It was due {due}, while you were away.", BACK
        self.pane.show_reason(lead, why, beside, follow_up.why_here, choices=choices)
        self._right.setCurrentWidget(self.pane)

    def _show_reason(
        self, chosen: lines.ItemId | None, lead: str, why: str, beside: Beside, *, actions: bool = False
    ) -> None:
        if self._chosen == chosen:
            self.pane.show_reason(lead, why, beside, actions=actions)
            self._right.setCurrentWidget(self.pane)

    def _show_written(self, chosen: lines.ItemId, answer: tuple[StoredMessage, Beside]) -> None:
        message, beside = answer
        if self._chosen == chosen:
            when = moment_words(message.sent_at or message.at, beside.now, beside.business.zone)
            words = f"{message.subject}\n\n{message.text}"
            self.pane.show_reason("No answer yet.", f"You asked {when}.", beside, words, choices=UNANSWERED)
            self._right.setCurrentWidget(self.pane)

    # Keeping what was typed

    @Slot()
    def keep_now(self) -> None:
        """Keep what was typed and is not kept yet."""
        if self._current is None or self._current.view is None:
            return
        words = self.pane.draft.take_unkept()
        if words is None:
            return
        from followup_desktop.commands.messages import keep_draft

        key = self._current.follow_up
        self._typed[key] = words
        self.runner.attempt(self, keep_draft, partial(self._on_kept, key, words), self._on_not_kept, key, *words)

    def _on_kept(self, key: int, words: tuple[str, str], _done: object) -> None:
        if self._typed.get(key) == words:
            del self._typed[key]

    def _on_not_kept(self, problem: Problem) -> None:
        self.pane.show_problem(problem)

    @Slot()
    def _on_fresh(self) -> None:
        if self._current is None:
            return
        from followup_desktop.commands.messages import fresh_draft

        self.pane.draft.take_unkept()
        key = self._current.follow_up
        self._typed.pop(key, None)
        self.runner.attempt(self, fresh_draft, partial(self._on_forgotten, key), self._on_not_kept, key)

    def _on_forgotten(self, key: int, _done: object) -> None:
        if self._current is not None and self._current.follow_up == key:
            self.pane.draft.touched = False
            self._ask_card(self._current.card, self.context.clock.now(), fresh=True)

    # What the owner does

    @Slot(str)
    def _on_acted(self, action: str) -> None:
        if action == "customer":
            self._open_customer()
        elif action == "why":
            self._on_why()
        elif action == "offer":
            self._take_up_words()
        elif action == "facts":
            self.pane.draft.show_next_fact()
        elif action == "advice":
            self.pane.draft.show_next_advice()
        elif action == "keep_found":
            self.pane.draft.found.keep()
        elif action == "stop_journey":
            self._stop_journey()
        elif self.pane.choices.isVisibleTo(self.pane) and action in self.pane.choices.offered():
            self.deciding.give(action)
        elif action in self._acts:
            self._acts[action]()

    def act(self, action: str) -> bool:
        """Do what a key means here: what a row asks is answered before a card is acted on."""
        key = CHOICE_KEYS.get(action, "")
        return (bool(key) and self.deciding.answers(key)) or super().act(action)

    def _stop_journey(self) -> None:
        if self._current is not None:
            self.deciding.stop_journey(self._current.follow_up)

    @Slot()
    def _on_through(self) -> None:
        if self.through.on:
            self.through.end()
        elif self._view is not None and not back_to_decide(self._view):
            self.through.begin(self._view.queue)

    @Slot(int)
    def _on_written(self, follow_up: int) -> None:
        self.focus_on(follow_up_id=follow_up)

    @Slot()
    def _next(self) -> None:
        self.through.step(1) if self.through.on else self.list.next()

    @Slot()
    def _previous(self) -> None:
        self.through.step(-1) if self.through.on else self.list.previous()

    @Slot()
    def _on_left(self) -> None:
        self.keep_now()
        self.through.end()

    def _chosen_now(self) -> lines.ItemId | None:
        return self._chosen

    def _view_now(self) -> TodayView | None:
        return self._view

    @Slot(int)
    def _on_settled(self, follow_up: int) -> None:
        self.through.count(1)
        self._gone = [*self._gone[-9:], follow_up]
        self._typed.pop(follow_up, None)
        self._to_list()

    @Slot()
    def _to_list(self) -> None:
        if self.through.on:
            self.through.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_escape(self) -> None:
        self.keep_now()
        if self.split.is_narrow() and not self.through.on:
            self.split.show_list()
        self._to_list()

    @Slot(object)
    def _on_opened(self, _chosen: object) -> None:
        self.split.show_pane()
        self.pane.draft.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_selected(self) -> None:
        self._on_opened(self._chosen)

    def _open_customer(self) -> None:
        if self.pane.customer():
            self.context.go("customers", customer_id=self.pane.customer())

    @Slot()
    def _promise(self) -> None:
        customer = self.pane.customer() if self._chosen is not None else 0
        self.context.promise(customer_id=customer) if customer else self.context.promise()

    @Slot(str)
    def _on_names(self, text: str) -> None:
        """Ask whether names in a draft are those of other customers."""
        if self._current is not None:
            customer = self._current.card.customer
            then = partial(self._know_others, customer)
            self.runner.ask(self, partial(_others, customer, text), then, newest="names")

    def _know_others(self, customer: int, names: frozenset[str]) -> None:
        if self._current is not None and self._current.card.customer == customer:
            self.pane.draft.know_others(names)

    def _take_up_words(self) -> None:
        view = self._current.view if self._current else None
        if view is not None and view.returned is not None:
            self.pane.draft.take_over(view.returned.subject, view.returned.text)
            self.pane.forget_problem()

    @Slot(int)
    def _on_it_did(self, message: int) -> None:
        from followup_desktop.commands.outbox import it_did

        self.runner.do(self, it_did, None, message)

    @Slot(int)
    def _on_take_back(self, message: int) -> None:
        from followup_desktop.commands.outbox import take_back

        self.runner.do(self, take_back, None, message)

    @Slot(int)
    def _on_send_again(self, message: int) -> None:
        from followup_desktop.commands.outbox import send_again

        self.runner.do(self, send_again, self._wake, message)

    def _wake(self, _done: object) -> None:
        self.context.wake_outbox()

    @Slot(int)
    def _on_look_at(self, customer: int) -> None:
        self.focus_on(customer_id=customer)

    @Slot()
    def _on_settings(self) -> None:
        self.context.go("settings")

    @Slot()
    def _on_promises(self) -> None:
        self.context.go("promises", found=True)

    @Slot()
    def _on_empty(self) -> None:
        if self._view is not None and not self._view.anybody:
            self.context.go("start")
        else:
            self.context.log()

    def _current_card(self) -> Current | None:
        return self._current

    def _zone(self) -> str:
        return self._view.zone if self._view is not None else "UTC"

    # Building

    def _build(self) -> None:
        left = Panel()
        left.column.addWidget(self.notices)
        left.column.addWidget(self.list, 1)
        left.column.addWidget(self._foot())
        left.setFocusProxy(self.list)
        self._right.addWidget(self.empty)
        self._right.addWidget(self.pane)
        self.split = SplitPane(self.theme, left, self._right)
        self.through = Through(self, self.split, self.list, self.pane)
        self._empty_whole = EmptyPlace(self.theme, "sun", "", "")
        self._whole.addWidget(self.split)
        self._whole.addWidget(self._empty_whole)
        self.set_content(self._whole)
        self._order_focus()

    def _foot(self) -> QWidget:
        """Below the list, the way into working through."""
        px = self.theme.px
        foot = QWidget()
        self._begin = Button(self.theme, "Work through", icon="arrow-right", key=key_of("work_through"))
        self._begin.clicked.connect(self._on_through)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(8), px(16), px(12))
        row.addWidget(self._begin)
        row.addStretch(1)
        return foot

    def _order_focus(self) -> None:
        draft = self.pane.draft
        order: list[QWidget] = [self.list, draft.subject_line, draft.text_edit, *self.pane.action_buttons()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane.acted.connect(self._on_acted)
        self.pane.draft.edited.connect(self.keep_now)
        self.pane.draft.left.connect(self._on_escape)
        self.pane.draft.fresh_wanted.connect(self._on_fresh)
        self.pane.draft.names_typed.connect(self._on_names)
        self.bar.add_beside_title(self.whose)
        self.whose.changed.connect(self.reload)
        self.whose.given.connect(self._on_given)
        self.whose.who_wanted.connect(self._on_who)
        self.doing.settled.connect(self._on_settled)
        self.doing.keep_wanted.connect(self.keep_now)
        self.doing.back_to_list.connect(self._to_list)
        self.notices.it_did.connect(self._on_it_did)
        self.notices.send_again.connect(self._on_send_again)
        self.notices.take_back.connect(self._on_take_back)
        self.notices.look_at.connect(self._on_look_at)
        self.notices.settings.connect(self._on_settings)
        self.notices.promises.connect(self._on_promises)
        self.notices.begin.connect(self.deciding.begin)
        self.deciding.written.connect(self._on_written)
        self.deciding.answered.connect(self._to_list)
        for sheet in (self.pane.call, self.pane.text):
            sheet.promise_wanted.connect(self._promise)
        self.pane.entered.connect(self._open_selected)
        self.pane.escaped.connect(self._on_left)
        self.pane.work.left.connect(self._on_left)
        self.empty.pressed.connect(self._on_empty)
        self._empty_whole.pressed.connect(self._on_empty)
        self._looking.timeout.connect(self.reload)
        self._acts = self.doing.acts()
        for action, slot in self._acts.items():
            self.on(action, slot)
        self.on("next", self._next)
        self.on("previous", self._previous)
        self.on("work_through", self._on_through)
        self.on("stop_journey", self._stop_journey)
        self.on("open", self._open_selected)
        self.on("facts", self.pane.draft.show_next_fact)
        self.on("tell", self.pane.draft.around.ask_first)
        self.on("advice", self.pane.draft.show_next_advice)
        self.on("keep_found", self.pane.draft.found.keep)
        self.on("promise", self._promise)


def back_to_decide(view: TodayView) -> bool:
    """Whether the day begins with what fell due in days off."""
    return view.back is not None and bool(view.back.items)


def _row_of(view: TodayView, kind: str, key: int) -> lines.ItemId | None:
    """Return the row a follow-up or a customer stands on."""
    for card in view.queue.cards:
        if (kind == "customer" and card.customer == key) or (kind == "follow_up" and card.leading.id == key):
            return lines.card_id(card.leading.id)
    held = next(
        (held for held in view.queue.held if key == (held.customer if kind == "customer" else held.follow_up)), None
    )
    if held is None:
        return None
    behind = held.reason == HeldFor.OUTRANKED and kind == "follow_up"
    return _row_of(view, "customer", held.customer) if behind else (lines.HELD, held.follow_up)


def _leads(view: TodayView, follow_up: int) -> bool:
    return any(card.leading.id == follow_up for card in view.queue.cards)


def _day(now: datetime, mine: str, session: Any) -> TodayView:
    from followup_desktop.ui.today.reading import read_today

    return read_today(session, now, mine)


def _card(follow_up: int, program: Any, now: datetime, fresh: bool, session: Any) -> CardView:
    from followup_desktop.ui.today.reading import read_card

    return read_card(session, follow_up, program.templates, now, fresh=fresh)


def _others(customer: int, text: str, session: Any) -> frozenset[str]:
    from followup_desktop.core.drafts.queries.knowing import other_names

    return other_names(session, customer, text)


def _held(follow_up: int, now: datetime, session: Any) -> tuple[FollowUp, Beside]:
    from followup_desktop.ui.today.reading import read_held

    return read_held(session, follow_up, now)


def _beside(customer: int, now: datetime, session: Any) -> Beside:
    from followup_desktop.ui.today.reading import read_beside

    return read_beside(session, customer, now)


def _stranger(stranger: int, now: datetime, session: Any) -> tuple[Stranger | None, Beside]:
    from followup_desktop.ui.today.reading import read_stranger

    return read_stranger(session, stranger, now)


def _written(message: int, now: datetime, session: Any) -> tuple[StoredMessage, Beside]:
    from followup_desktop.ui.today.reading import read_beside, read_message

    found = read_message(session, message)
    if found is None:
        raise Problem("This message is gone.", "", "")
    return found, read_beside(session, found.customer, now)
