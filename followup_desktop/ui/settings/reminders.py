"""Reminders: whether they can be seen on this desktop, and whether they ring from sign-in on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from followup_desktop.system import autostart
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text

AUTOSTART = "computer.autostart"
WHEN = (
    "A promise with a time rings 15 minutes before it, one with a date alone at 8:00 that morning. "
    "What fell due while the computer slept is told in one go when it wakes."
)
TRAY = ("The tray shows how many promises are due.", "Closing the window leaves the program there; reminders go on.")
NO_TRAY = (
    "This desktop has no tray.",
    "On GNOME install the AppIndicator extension (Debian: gnome-shell-extension-appindicator). Until then the window "
    "waits in the task bar; reminders come all the same.",
)


class RemindersSection(Section):
    """Start with the computer, the tray, and a reminder to try it out."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Reminders and tray")
        self.tray = Banner(self.theme)
        self.add(self.tray)
        self.add(Text(WHEN, wrap=True))
        self.test = Button(self.theme, "Send a test reminder", icon="bell")
        self.test.clicked.connect(self._on_test)
        self.said = Text("", "muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        row.addWidget(self.test)
        row.addWidget(self.said, 1)
        self.column.addLayout(row)
        self._show_tray()

    def reload(self) -> None:
        """Look whether there is a tray now, and whether the system still starts the program at sign-in."""
        self._show_tray()
        field = self.field(AUTOSTART)
        if field is not None:
            field.show_value(autostart.is_on())

    def setting_changed(self, key: str) -> None:
        """Show what the system does, which may not be what was asked of it."""
        if key == AUTOSTART:
            self.reload()

    def _show_tray(self) -> None:
        if self.context.tray_available():
            self.tray.say(*TRAY, tone="accent", icon="tray")
        else:
            self.tray.say(*NO_TRAY, tone="warning", icon="tray")

    @Slot()
    def _on_test(self) -> None:
        self.said.setText(self.context.test_reminder())
