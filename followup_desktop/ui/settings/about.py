"""What this program is, of which version, and made of what."""

from __future__ import annotations

import platform
import sqlite3

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from followup_desktop import __version__
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.text import Text

QT = (
    "The window is drawn by Qt and PySide6, which are free software under the GNU Lesser General Public License, "
    "version 3. They are used unchanged and as libraries of their own, so that you may replace them by a version "
    "of yours. Their source is at download.qt.io and code.qt.io, the licence at gnu.org/licenses/lgpl-3.0.html."
)
ICONS = "The icons are from Phosphor, under the MIT licence."
FONT = "The report is set in Inter, under the SIL Open Font License."
OURS = "Followup Desktop itself is under the MIT licence. It comes without warranty."


class AboutSection(Section):
    """Version, parts and licences."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "About")
        said = Text(
            "Tells people who run a service business who is waiting to hear from them today, and why.", wrap=True
        )
        self.add(said)
        versions = FactsCard(self.theme, "Versions")
        versions.show_facts(
            [
                ("Followup Desktop", __version__),
                ("Python", platform.python_version()),
                ("Qt", str(qVersion())),
                ("PySide6", pyside_version),
                ("SQLite", sqlite3.sqlite_version),
                ("System", platform.platform(terse=True)),
            ]
        )
        self.add(versions)
        self.column.addSpacing(self.theme.px(8))
        self.add(Text("Licences", "strong"))
        for text in (OURS, QT, ICONS, FONT):
            paragraph = Text(text, wrap=True)
            paragraph.make_copyable()
            self.add(paragraph)
