"""Whose list Today shows, and whose a card is: only where two or more people share the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from followup_desktop.core.operators.model import Operator
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, MenuButton, Segments

MINE, ALL = "mine", "all"
NOBODY = "0"
LONGEST = 18


class Whose(QWidget):
    """“Mine” or “Everyone's”, and for whom the card one looks at is."""

    changed = Signal()
    given = Signal(int, object)  # follow-up, operator or None
    who_wanted = Signal()  # nobody said yet who works here

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Operator, ...] = ()
        self._owners: Mapping[int, int] = {}
        self._card = 0
        self._here = False
        self.side = Segments(theme, ((MINE, "Mine"), (ALL, "Everyone's")), name="Whose cards")
        self.side.chosen.connect(self._on_side)
        self.who = Button(theme, "Who are you?", "link", name="Say who works at this computer")
        self.who.clicked.connect(self.who_wanted)
        self.owner = MenuButton(theme, "For", name="For whom this card is")
        self.owner.chosen.connect(self._on_owner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self.side, self.who, self.owner):
            row.addWidget(widget)
        self.hide()

    def take_up(self, side: object) -> None:
        """Take up what was chosen before a restart."""
        if side in (MINE, ALL):
            self.side.choose(str(side))

    def show_people(self, people: Sequence[Operator], owners: Mapping[int, int], here: str) -> None:
        """Show the choice where there are two or more; `here` is the UUID of who works at this computer."""
        self._owners = owners
        self._here = any(person.uuid == here for person in people)
        if tuple(people) != self._people:
            self._people = tuple(people)
            named = [(str(person.id), _short(person.name)) for person in people]
            self.owner.set_choices([(NOBODY, "anybody"), *named])
        self.side.setVisible(self._here)
        self.who.setVisible(not self._here)
        self.setVisible(len(people) > 1)
        self.show_card(self._card)

    def show_card(self, follow_up: int) -> None:
        """Say for whom a card is (by its leading follow-up; 0: no card)."""
        self._card = follow_up
        self.owner.setVisible(bool(follow_up))
        self.owner.choose(str(self._owners.get(follow_up, NOBODY)))

    @Slot(str)
    def _on_side(self, _side: str) -> None:
        self.changed.emit()

    @Slot(str)
    def _on_owner(self, operator: str) -> None:
        if self._card:
            self.given.emit(self._card, None if operator == NOBODY else int(operator))


def _short(name: str) -> str:
    """Return a name in the room a bar has for it."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
