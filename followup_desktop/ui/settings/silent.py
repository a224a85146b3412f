"""Nothing goes to: the addresses and numbers on the list, whoever has them, and the proofs of those who were erased."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, date_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.consent.model import Suppression
from followup_desktop.core.customers.model import Erasure
from followup_desktop.core.customers.rules import proof_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import ShortText, Text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TITLE = "Nothing goes to"
SHOWN = 40
WHY = (
    "No mail, text or call goes to these addresses and numbers, whoever has them now or later: the list outlives a "
    "deleted customer, and an import changes nothing about it. Who answers “stop” to your mail is put here by itself."
)


@dataclass(frozen=True, slots=True)
class Silent:
    """What stands on the list, and who was erased."""

    stopped: tuple[Suppression, ...]
    erased: tuple[Erasure, ...]


class SilentSection(Section):
    """A line to find or add one, the list, and the proofs."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, TITLE)
        theme, px = self.theme, self.theme.px
        self._stopped: tuple[Suppression, ...] = ()
        self.add(Text(WHY, wrap=True))
        self.problem = Banner(theme, tone="danger")
        self.problem.hide()
        self.add(self.problem)
        self.card = Card(theme, "Addresses and numbers")
        self.value = QLineEdit()
        self.value.setPlaceholderText("An address or a number")
        self.value.setAccessibleName("An address or a number, to find or to add")
        self.value.setMaximumWidth(px(300))
        self.value.returnPressed.connect(self._on_add)
        self.value.textChanged.connect(self._on_typed)
        self.add_button = Button(theme, "Add", icon="plus")
        self.add_button.clicked.connect(self._on_add)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.value, 1)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.card.column.addLayout(line)
        self.add(self.card)
        self.erased = Card(theme, "Erased")
        self.erased.hide()
        self.add(self.erased)
        self.rows: list[SilentRow] = []

    def reload(self) -> None:
        """Ask for the list."""
        self.runner.ask(self, _silent, self._show, newest="silent")

    def _show(self, found: Silent) -> None:
        self._stopped = found.stopped
        self._show_list()
        business, zone = (str(self.context.settings.value(f"business.{key}")) for key in ("name", "zone"))
        proofs = [_proof(proof_of(each, business, zone)) for each in found.erased[:SHOWN]]
        self.erased.show_rows(proofs)
        self.erased.setVisible(bool(proofs))

    def _show_list(self) -> None:
        fitting = [one for one in self._stopped if _fits(self.value.text().strip().casefold(), one)]
        zone = str(self.context.settings.value("business.zone"))
        today = local_day(self.context.clock.now(), zone)
        self.rows = [SilentRow(self, one, local_day(one.at, zone), today) for one in fitting[:SHOWN]]
        for row in self.rows:
            row.lift.clicked.connect(self._on_lift)
        rest = _rest(len(self._stopped), len(fitting))
        self.card.show_rows(self.rows, *([Text(rest, "muted")] if rest else []))

    @Slot()
    def _on_typed(self) -> None:
        self._show_list()

    @Slot()
    def _on_add(self) -> None:
        from followup_desktop.commands.consent import TOLD_YOU, suppress

        self.problem.hide()
        if self.value.text().strip():
            self.runner.attempt(self, suppress, self._on_added, self._on_problem, self.value.text(), TOLD_YOU)

    def _on_added(self, _done: Done[tuple[str, str]]) -> None:
        self.value.clear()
        self.value.setFocus()
        self.reload()

    @Slot()
    def _on_lift(self) -> None:
        from followup_desktop.commands.consent import lift

        button = self.sender()
        if button is not None:
            self.value.setFocus()
            self.runner.attempt(self, lift, self._on_lifted, self._on_problem, str(button.property("value")))

    def _on_lifted(self, _done: Done[tuple[str, str]]) -> None:
        self.reload()

    def _on_problem(self, problem: Problem) -> None:
        self.problem.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem.show()


class SilentRow(QWidget):
    """One address or number: since when, and why."""

    def __init__(self, section: SilentSection, one: Suppression, day: date, today: date) -> None:
        super().__init__()
        theme = section.theme
        self.setAccessibleName(one.value)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(ShortText(one.value, "strong"))
        words.addWidget(ShortText(f"{one.reason.rstrip('.')}, {date_words(day, today)}", "muted"))
        self.lift = Button(theme, "Take off the list", "flat", size="small", name=f"Take {one.value} off the list")
        self.lift.setProperty("value", one.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        row.addLayout(words, 1)
        row.addWidget(self.lift, 0, Qt.AlignmentFlag.AlignVCenter)


def _fits(typed: str, one: Suppression) -> bool:
    """Whether what was typed is a part of an address, a number however it is written, or a reason."""
    digits = re.sub(r"[^\d]", "", typed)
    is_number = bool(digits) and not re.search(r"[^\d\s()+./-]", typed)
    return typed in f"{one.value} {one.reason}".casefold() or (is_number and digits in one.value)


def _proof(words: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 6, 0, 6)
    text = Text(words.replace("\n", " "), wrap=True)
    text.make_copyable()
    column.addWidget(text)
    return row


def _rest(all_: int, fitting: int) -> str:
    if not all_:
        return "Nobody so far."
    if not fitting:
        return "It is not on the list. Enter adds it."
    more = fitting - SHOWN
    return f"and {count_words(more, 'more', 'more')}: type a part of it to find it" if more > 0 else ""


def _silent(session: Session) -> Silent:
    from followup_desktop.core.consent import queries as consent  # in the background: it brings the store's parts
    from followup_desktop.core.customers.queries import erasures

    return Silent(tuple(consent.suppressions(session)), tuple(erasures(session)))
