"""Today: who waits to hear from us, in order, and the draft for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.today import lines, questions
from followup_desktop.ui.today.attending import Attending
from followup_desktop.ui.today.board import Board
from followup_desktop.ui.today.cards import Cards
from followup_desktop.ui.today.deciding import Deciding
from followup_desktop.ui.today.doing import Doing
from followup_desktop.ui.today.keeping import Keeping
from followup_desktop.ui.today.promising import Promising
from followup_desktop.ui.today.puttingright import PuttingRight
from followup_desktop.ui.today.rows import Rows
from followup_desktop.ui.today.selecting import Selecting
from followup_desktop.ui.today.sight import Sight
from followup_desktop.ui.today.telling import Telling
from followup_desktop.ui.today.whose import MINE, Whose
from followup_desktop.ui.today.working import Through

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import TodayView

CHOICE_KEYS = {"choice_1": "1", "choice_2": "2", "choice_3": "3", "done": "E", "later": "S", "skip": "X"}
"""Keys with which a row that is no card may be answered."""

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
        self.sight = Sight(context.clock)
        self.board = Board(self.theme, self.sight)
        self.list, self.pane, self.notices = self.board.list, self.board.pane, self.board.notices
        self.whose = Whose(self.theme)
        self.set_content(self.board)
        self.through = Through(self, self.board.split, self.list, self.pane)
        self.selecting = Selecting(self.list, self.through, self.sight)
        self.keeping = Keeping(context, self, self.pane, self.sight)
        self.cards = Cards(context, self, self.board, self.sight, self.keeping)
        self.rows = Rows(context, self, self.board, self.sight, self.cards)
        self.doing = Doing(context, self, self.pane, self.sight)
        self.telling = Telling(context, self, self.pane, self.sight)
        self.promising = Promising(context, self, self.pane, self.sight)
        self.deciding = Deciding(context, self, self.pane, self.sight)
        self.putting_right = PuttingRight(context, self, self.pane, self.sight)
        self.attending = Attending(context, self, self.notices)
        self._seen = False
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._acts = self._actions_of_card()
        self._connect()
        self._listen_to_keys()

    # Asking

    def reload(self) -> None:
        """Ask for the day again."""
        now = self.context.clock.now()
        self.runner.ask(self, partial(questions.day, now, self._mine()), self._show_day, newest="day")

    def shown(self) -> None:
        """Look again when shown, and every minute after: time goes by without a change."""
        self._stale, self._seen = True, False
        super().shown()
        self._looking.start()

    def hidden(self) -> None:
        """Keep what was typed."""
        super().hidden()
        self._looking.stop()
        self.keeping.now()

    def state(self) -> dict[str, Any]:
        """Remember the width of the list and the card."""
        self.keeping.now()
        chosen = self.sight.chosen
        follow_up = chosen[1] if chosen and chosen[0] == "card" else None
        return {"list": self.board.split.width_of_list(), "follow_up": follow_up, "whose": self.whose.side.value()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and card."""
        self.whose.take_up(state.get("whose"))
        if isinstance(state.get("list"), int):
            self.board.split.set_width_of_list(state["list"])
        if isinstance(state.get("follow_up"), int):
            self.list.select(lines.card_id(state["follow_up"]))

    def focus_on(self, follow_up_id: int | None = None, customer_id: int | None = None, **_other: Any) -> None:
        """Show the card of a follow-up or a customer."""
        self.through.end()
        if follow_up_id is not None:
            self.cards.write_into(follow_up_id)
            self.selecting.want("follow_up", follow_up_id)
        elif customer_id is not None:
            self.selecting.want("customer", customer_id)
        else:
            self.selecting.select_wanted()
        self.board.split.show_pane()

    def act(self, action: str) -> bool:
        """Do what a key means here: what a row asks is answered before a card is acted on."""
        key = CHOICE_KEYS.get(action, "")
        return (bool(key) and self.deciding.answers(key)) or super().act(action)

    # Showing

    def _show_day(self, view: TodayView) -> None:
        self.sight.day = view
        self.set_subtitle(lines.day_words(view))
        self.whose.show_people(view.people, view.owners, self._here())
        self.set_badge(len(view.queue.cards))
        self.selecting.follow(view)
        chosen = self.sight.chosen
        self.board.show_day(view)
        self.selecting.end()
        self.board.show_place()
        if view.to_decide():
            self.through.end()
        self.through.follow(view.queue)
        if chosen is not None and self.sight.chosen == chosen:
            self._ask_chosen()
        if not self._seen:
            self._seen = True
            self.deciding.look()

    def _here(self) -> str:
        """Return the UUID of who works at this computer, or nothing."""
        return str(self.context.settings.value("computer.operator"))

    def _mine(self) -> str:
        # Before the first answer nobody knows whether there are two; where there are not, it narrows nothing.
        return self._here() if self.whose.side.value() == MINE else ""

    @Slot(object)
    def _on_chosen(self, chosen: lines.ItemId | None) -> None:
        self.keeping.now()
        self.sight.chosen, self.sight.overruled = chosen, 0
        self.whose.show_card(chosen[1] if chosen is not None and chosen[0] == "card" else 0)
        self.sight.look_at(None)
        self.pane.leave()
        if chosen is None:
            self.board.show_place()
        else:
            self._ask_chosen()

    def _ask_chosen(self) -> None:
        day, chosen = self.sight.day, self.sight.chosen
        if day is None or chosen is None:
            return
        if chosen[0] == "card":
            self.cards.ask(lines.card_of(day.queue, chosen[1]))
        else:
            self.rows.ask(chosen)

    # What the owner does

    def _actions_of_card(self) -> dict[str, Any]:
        draft = self.pane.draft
        return {
            **self.doing.acts(),
            "stop_journey": self._stop_journey,
            "put_right": self.putting_right.ask,
            "facts": draft.show_next_fact,
            "advice": draft.advising.show_next,
            "keep_found": draft.found.keep,
        }

    @Slot(str)
    def _on_acted(self, action: str) -> None:
        if action == "customer":
            self._open_customer()
        elif action == "why":
            self.rows.take_offer()
        elif action == "offer":
            self.cards.take_up_words()
        elif self.pane.choices.isVisibleTo(self.pane) and action in self.pane.choices.offered():
            self.deciding.give(action)
        elif action in self._acts:
            self._acts[action]()

    @Slot()
    def _stop_journey(self) -> None:
        if self.sight.current is not None:
            self.deciding.stop_journey(self.sight.current.follow_up)

    @Slot()
    def _on_through(self) -> None:
        if self.through.on:
            self.through.end()
        elif self.sight.day is not None and not self.sight.day.to_decide():
            self.through.begin(self.sight.day.queue)

    @Slot()
    def _next(self) -> None:
        self.through.step(1) if self.through.on else self.list.next()

    @Slot()
    def _previous(self) -> None:
        self.through.step(-1) if self.through.on else self.list.previous()

    @Slot()
    def _on_left(self) -> None:
        self.keeping.now()
        self.through.end()

    @Slot(int)
    def _on_settled(self, follow_up: int) -> None:
        self.selecting.settle(follow_up)
        self.keeping.forget(follow_up)
        self._to_list()

    @Slot()
    def _to_list(self) -> None:
        if self.through.on:
            self.through.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_escape(self) -> None:
        self.keeping.now()
        if self.board.split.is_narrow() and not self.through.on:
            self.board.split.show_list()
        self._to_list()

    @Slot()
    def _open_selected(self) -> None:
        self.board.split.show_pane()
        self.pane.draft.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_customer(self) -> None:
        if self.pane.customer():
            self.context.go("customers", customer_id=self.pane.customer())

    @Slot(int)
    def _on_written(self, follow_up: int) -> None:
        self.cards.write_again(follow_up)
        self.focus_on(follow_up_id=follow_up)

    @Slot(int)
    def _on_look_at(self, customer: int) -> None:
        self.focus_on(customer_id=customer)

    @Slot(int, object)
    def _on_given(self, follow_up: int, operator: int | None) -> None:
        from followup_desktop.commands.operators import hand_to

        self.runner.do(self, hand_to, None, follow_up, operator)

    @Slot()
    def _on_who(self) -> None:
        self.context.go("settings", section="People")

    @Slot()
    def _on_empty(self) -> None:
        if self.sight.day is not None and not self.sight.day.anybody:
            self.context.go("start")
        else:
            self.context.log()

    # Building

    def _connect(self) -> None:
        pane, draft = self.pane, self.pane.draft
        self.bar.add_beside_title(self.whose)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._open_selected)
        self.board.pressed.connect(self._on_empty)
        self.board.through.connect(self._on_through)
        pane.acted.connect(self._on_acted)
        pane.entered.connect(self._open_selected)
        pane.escaped.connect(self._on_left)
        pane.work.left.connect(self._on_left)
        draft.edited.connect(self.keeping.now)
        draft.left.connect(self._on_escape)
        draft.fresh_wanted.connect(self.keeping.start_over)
        for sheet in (pane.call, pane.text):
            sheet.promise_wanted.connect(self.putting_right.promise)
        self.whose.changed.connect(self.reload)
        self.whose.given.connect(self._on_given)
        self.whose.who_wanted.connect(self._on_who)
        self.cards.first_shown.connect(self.doing.by_hand.begin)
        self.rows.look_at.connect(self._on_look_at)
        self.notices.look_at.connect(self._on_look_at)
        self.notices.begin.connect(self.deciding.begin)
        self.doing.settling.settled.connect(self._on_settled)
        self.doing.settling.keep_wanted.connect(self.keeping.now)
        self.doing.by_hand.back_to_list.connect(self._to_list)
        self.deciding.written.connect(self._on_written)
        self.deciding.answered.connect(self._to_list)
        self._looking.timeout.connect(self.reload)

    def _listen_to_keys(self) -> None:
        for action, slot in self._acts.items():
            self.on(action, slot)
        self.on("next", self._next)
        self.on("previous", self._previous)
        self.on("open", self._open_selected)
        self.on("work_through", self._on_through)
        self.on("tell", self.pane.draft.around.ask_first)
        self.on("promise", self.putting_right.promise)
