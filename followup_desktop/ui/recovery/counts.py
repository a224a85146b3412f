"""What is counted over the cases: one cause, or the ledger of what was given to make things right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from followup_desktop.base.wording import count_words
from followup_desktop.core.cases.model import CauseCount
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.reading import RecoveryView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card, FactsCard
from followup_desktop.ui.widgets.entryrow import EntryRow
from followup_desktop.ui.widgets.pane import fill, foot_of
from followup_desktop.ui.widgets.text import ShortText, Text


class CountsPane(QWidget):
    """A heading, what it counts, the records behind it, and what can be done with a cause."""

    renamed = Signal(str, str)  # cause, its new name
    merged = Signal(str, str)  # cause, the one it becomes part of
    removed = Signal(str)
    added = Signal(str)
    left = Signal()
    case_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cause, self._adding = "", False
        self._title, self._about = ShortText("", "heading"), Text("", "muted", wrap=True)
        self.first = FactsCard(theme, shares=(1, 2))
        self.behind = Card(theme, "What is behind it")
        self._foot = self._made_foot(theme)
        fill(self, theme, "Counts", (self._title, self._about, self.first, self.behind), self._foot)

    def show_cause(self, count: CauseCount, view: RecoveryView) -> None:
        """Show one cause, its fix, and its cases."""
        if count.name != self._cause:
            self.entry.leave()
        self._cause = count.name
        self._title.setText(count.name)
        back = f" {_back_words(count)}" if count.came_back else ""
        self._about.setText(f"Cases of the last 90 days: {count.cases}.{back}")
        self.first.show_facts(lines.cause_facts(count, view))
        self._show_behind(lines.cases_behind(count, view))
        listed = count.name in view.causes
        for button in (self.rename_button, self.merge_button, self.remove_button):
            button.setEnabled(listed)
        self.again_button.setVisible(not listed)
        self.remove_button.setVisible(listed)
        self._fill_menu([name for name in view.causes if name != count.name])
        self._foot.show()

    def show_ledger(self, view: RecoveryView) -> None:
        """Show what was given to make things right."""
        self._cause = ""
        self._title.setText("Given to make it right")
        self._about.setText("By month, cause and route. Each currency stands by itself.")
        self.first.show_facts(lines.ledger_facts(view))
        self._show_behind(lines.given_behind(view))
        self._foot.hide()

    def _show_behind(self, found: list[lines.Behind]) -> None:
        rows = [BehindRow(self._theme, one) for one in found]
        for row in rows:
            row.opened.connect(self.case_wanted)
        self.behind.show_rows(rows)
        self.behind.setVisible(bool(rows))

    def _made_foot(self, theme: Theme) -> QWidget:
        self.entry = EntryRow(theme, "The name of a cause", "Keep it")
        self.entry.given.connect(self._on_named)
        self.entry.left.connect(self.left)
        row = ActionRow(theme, "What to do with this cause")
        self.rename_button = row.add(Button(theme, "Rename…", icon="pencil-simple"))
        self.merge_button = row.add(Button(theme, "Merge into…"))
        self.remove_button = row.add(Button(theme, "Take off the list"))
        self.again_button = row.add(Button(theme, "Put on the list again"))
        self.add_button = row.add_right(Button(theme, "Another cause…", icon="plus"))
        self.menu = QMenu(self)
        self.menu.setAccessibleName("Merge into")
        self.menu.triggered.connect(self._on_merge)
        self.rename_button.clicked.connect(self._on_rename)
        self.merge_button.clicked.connect(self._offer_causes)
        self.remove_button.clicked.connect(self._on_remove)
        self.again_button.clicked.connect(self._on_again)
        self.add_button.clicked.connect(self._on_add)
        return foot_of(theme, QFrame(), self.entry, row)

    def _fill_menu(self, names: list[str]) -> None:
        if self.menu.isVisible():
            return
        self.menu.clear()
        for name in names:
            self.menu.addAction(name.replace("&", "&&")).setData(name)
        self.merge_button.setEnabled(self.merge_button.isEnabled() and bool(names))

    @Slot()
    def _offer_causes(self) -> None:
        self.menu.popup(self.merge_button.mapToGlobal(QPoint(0, self.merge_button.height())))

    @Slot(QAction)
    def _on_merge(self, action: QAction) -> None:
        self.merged.emit(self._cause, str(action.data()))

    @Slot()
    def _on_rename(self) -> None:
        self._adding = False
        self.entry.ask(f"What “{self._cause}” is to be called, in every case of it")
        self.entry.field.setText(self._cause)
        self.entry.field.selectAll()

    @Slot()
    def _on_add(self) -> None:
        self._adding = True
        self.entry.ask("Another reason why things go wrong")

    @Slot(str)
    def _on_named(self, name: str) -> None:
        if self._adding:
            self.added.emit(name)
        else:
            self.renamed.emit(self._cause, name)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._cause)

    @Slot()
    def _on_again(self) -> None:
        self.added.emit(self._cause)


class BehindRow(QWidget):
    """One record behind a count: its day, its words, and the way to its case (X14)."""

    opened = Signal(int)

    def __init__(self, theme: Theme, record: lines.Behind) -> None:
        super().__init__()
        self._case = record.case
        day = Text(record.day)
        day.setMinimumWidth(theme.px(84))
        self.open_button = Button(theme, "Open", size="small", name=f"Open the case: {record.words}")
        self.open_button.clicked.connect(self._on_open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(day)
        row.addWidget(Text(record.words, "muted", wrap=True), 1)
        row.addWidget(self.open_button)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self._case)


def _back_words(count: CauseCount) -> str:
    """Say that a cause came back: "It came back in 2 cases after something was done to stop it."."""
    return f"It came back in {count_words(count.came_back, 'case', 'cases')} after something was done to stop it."
