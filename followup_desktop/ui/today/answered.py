"""What a card answers, where a case was put right before they wrote: whether it held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.history.model import FROM_US, Event, Happening
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.asking import Choice, ChoiceRow
from followup_desktop.ui.widgets.text import Text

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import CardView

DID_IT_HOLD = (Choice("held", "It held: close the case", ""), Choice("not_held", "It did not hold", ""))
_THEIR_WORD = (Happening.MESSAGE_IN, Happening.RATING, Happening.NPS, Happening.FEEDBACK)


class Answered(QWidget):
    """Takes what their answer says of their case, above ours."""

    held = Signal(int)  # case
    did_not_hold = Signal(int, str)  # case, and their words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._said = 0, ""
        self.choices = ChoiceRow(theme)
        self.choices.chosen.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(Text("Did it hold?", "strong"))
        row.addWidget(self.choices, 1)
        self.hide()

    def show_card(self, view: CardView) -> None:
        """Ask whether it held, where that is what they answered."""
        event = _answered(view)
        self._said = " ".join(event.note.split()) if event is not None else ""
        self._case = _asked_about(view, event)
        self.choices.show_choices(DID_IT_HOLD if self._case else ())
        self.setVisible(bool(self._case))

    @Slot(str)
    def _on_chosen(self, action: str) -> None:
        if action == "held":
            self.held.emit(self._case)
        else:
            self.did_not_hold.emit(self._case, self._said)


def _answered(view: CardView) -> Event | None:
    """Return what they said that the card answers: what it is about, else the last they said that we did not answer."""
    events = view.beside.events
    about = next((one for one in events if one.id == view.proposal.follow_up.event), None)
    if about is not None and about.what in _THEIR_WORD:
        return about
    last = next((one for one in events if one.what in _THEIR_WORD or one.what in FROM_US), None)
    return last if last is not None and last.what in _THEIR_WORD else None


def _asked_about(view: CardView, event: Event | None) -> int:
    """Return the case that was put right before they said this, or 0."""
    case = view.beside.case
    if event is None or case is None or case.state is not CaseState.PUT_RIGHT:
        return 0
    return int(case.id) if case.put_right_at is not None and event.at > case.put_right_at else 0
