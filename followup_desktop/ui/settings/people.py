"""People: who shares this store, and who of them works at this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.core.operators.model import Operator
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.form import SettingsForm
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import ShortText, Text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OPERATOR = "computer.operator"
"""Setting: the UUID of who works at this computer."""
WHY = (
    "Where two or more are named, each customer and each card can be somebody's, and Today shows yours or everyone's. "
    "What is nobody's in particular stands on every list."
)


class PeopleSection(Section):
    """Names, one below the other, a line to add one, and who sits here."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "People")
        theme = self.theme
        self._people: tuple[Operator, ...] = ()
        self.add(Text(WHY, wrap=True))
        self.problem = Banner(theme, tone="danger")
        self.problem.hide()
        self.add(self.problem)
        self.card = Card(theme, "Who uses the program")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(6))
        self.card.column.addLayout(self._rows)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Luis")
        self.name.setAccessibleName("Name of a person")
        self.name.setMaximumWidth(theme.px(260))
        self.name.returnPressed.connect(self._on_add)
        self.add_button = Button(theme, "Add", icon="plus")
        self.add_button.clicked.connect(self._on_add)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.name, 1)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.card.column.addLayout(line)
        self.add(self.card)
        self.here = QComboBox()
        self.here.setMaximumWidth(theme.px(260))
        self.here.view().setAccessibleName("People")
        self.here.installEventFilter(self)
        self.here.currentIndexChanged.connect(self._on_here)
        self.here_line = FormLine(theme, "Who works at this computer", self.here)
        self.add(self.here_line)

    def reload(self) -> None:
        """Ask who is named."""
        self.runner.ask(self, _people, self._show, newest="people")

    def setting_changed(self, key: str) -> None:
        """Show who works here when it was changed elsewhere."""
        if key == OPERATOR:
            self._show_here()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a wheel that scrolls the page does not change what it passes over."""
        if event.type() == QEvent.Type.Wheel and watched is self.here and not self.here.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def people(self) -> tuple[Operator, ...]:
        """Return who is shown."""
        return self._people

    def _form(self, title: str) -> SettingsForm | None:
        return None  # who works here is chosen by name, from the store

    def _show(self, people: Sequence[Operator]) -> None:
        self._people = tuple(people)
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for person in people:
            self._rows.addWidget(self._row(person))
        if not people:
            self._rows.addWidget(Text("Nobody is named: you work alone.", "muted"))
        self._show_here()

    def _row(self, person: Operator) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ShortText(person.name, "strong"), 1)
        remove = Button(self.theme, "Remove", "flat", size="small", name=f"Remove {person.name}")
        remove.setProperty("operator", person.id)
        remove.clicked.connect(self._on_remove)
        line.addWidget(remove)
        return row

    def _show_here(self) -> None:
        self.here.blockSignals(True)
        self.here.clear()
        self.here.addItem("Not said", "")
        for person in self._people:
            self.here.addItem(person.name, person.uuid)
        self.here.setCurrentIndex(max(0, self.here.findData(self.context.settings.value(OPERATOR))))
        self.here.blockSignals(False)
        self.here_line.setVisible(len(self._people) > 1)

    @Slot()
    def _on_add(self) -> None:
        from followup_desktop.commands.operators import add_operator

        self.problem.hide()
        self.runner.attempt(self, add_operator, self._on_added, self._on_problem, self.name.text())

    def _on_added(self, _done: Done[int]) -> None:
        self.name.clear()
        self.name.setFocus()
        self.reload()

    @Slot()
    def _on_remove(self) -> None:
        from followup_desktop.commands.operators import remove_operator

        button = self.sender()
        if button is not None:
            self.name.setFocus()
            key = int(button.property("operator"))
            self.runner.attempt(self, remove_operator, self._on_removed, self._on_problem, key)

    def _on_removed(self, _done: Done[None]) -> None:
        self.reload()

    def _on_problem(self, problem: Problem) -> None:
        self.problem.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem.show()

    @Slot()
    def _on_here(self) -> None:
        self.context.settings.change(OPERATOR, str(self.here.currentData()))


def _people(session: Session) -> Sequence[Operator]:
    from followup_desktop.core.operators.queries import operators  # in the background: it brings the store's parts

    return operators(session)
