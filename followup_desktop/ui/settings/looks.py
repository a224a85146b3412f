"""Light or dark, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot

from followup_desktop.ui.keys import KeysPage
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text


class LooksSection(Section):
    """How the window looks, and where its keys are written down."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Looks and keys")
        self.add(Text("Letters and spaces are as large as your system sets them.", "label", wrap=True))
        self.keys = Button(self.theme, "Show the keys", icon="keyboard", key="?")
        self.keys.clicked.connect(self._on_keys)
        self.column.addSpacing(self.theme.px(8))
        self.add(Text("Everything can be done with the keyboard.", "body", wrap=True))
        self.add(self.keys)

    @Slot()
    def _on_keys(self) -> None:
        sheet = KeysPage(self.theme, self.window())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()
