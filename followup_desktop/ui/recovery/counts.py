"""What is counted over the cases: one cause, or the ledger of what was given to make things right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from followup_desktop.core.cases.model import CauseCount
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.reading import RecoveryView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.pane import fill
from followup_desktop.ui.widgets.text import ShortText, Text


class CountsPane(QWidget):
    """A heading, what it counts, and the records behind it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._about = ShortText("", "heading"), Text("", "muted", wrap=True)
        self.first = FactsCard(theme, shares=(1, 2))
        self.behind = FactsCard(theme, "What is behind it", shares=(1, 3))
        fill(self, theme, "Counts", (self._title, self._about, self.first, self.behind))

    def show_cause(self, count: CauseCount, view: RecoveryView) -> None:
        """Show one cause, its fix, and its cases."""
        self._title.setText(count.name)
        back = " It came back after something was done to stop it." if count.came_back else ""
        self._about.setText(f"Cases of the last 90 days: {count.cases}.{back}")
        facts = lines.cause_facts(count, view)
        self.first.show_facts(facts[:2])
        self.behind.show_facts(facts[2:])

    def show_ledger(self, view: RecoveryView) -> None:
        """Show what was given to make things right."""
        self._title.setText("Given to make it right")
        self._about.setText("By month, cause and route. Each currency stands by itself.")
        self.first.show_facts(lines.ledger_facts(view))
        self.behind.show_facts(lines.given_facts(view))
