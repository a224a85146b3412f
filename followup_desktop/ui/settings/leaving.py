"""What leaves this computer, and where everything else lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from followup_desktop.core.messages.model import MailAccount
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.text import Text

NOTHING = "Nothing else. No news of you or your customers goes to us or to anyone; there is no account with us."
NO_TRACKING = "Messages carry no hidden pictures and no links that are watched."


class LeavingSection(Section):
    """The servers this program speaks to, and the folder with all of its files."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "What leaves this computer")
        self.servers = FactsCard(self.theme, "This program speaks to")
        self.add(self.servers)
        self.add(Text(f"{NOTHING} {NO_TRACKING}", wrap=True))
        self.files = FactsCard(self.theme, "Where everything lies")
        self.add(self.files)
        self.folder = Button(self.theme, "Show folder", icon="folder-open")
        self.folder.clicked.connect(self._on_folder)
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addStretch(1)
        self.column.addLayout(row)
        self.add(Text("These files can be read by your user of this computer alone.", "label", wrap=True))
        self._show([])

    def reload(self) -> None:
        """Ask which servers the mail goes to."""
        from followup_desktop.core.messages.queries import accounts

        self.runner.ask(self, accounts, self._show)

    def _show(self, accounts: list[MailAccount]) -> None:
        lines = [(f"{a.imap_host}:{a.imap_port}", f"to read {a.address} and keep drafts there") for a in accounts]
        lines += [(f"{a.smtp_host}:{a.smtp_port}", f"to send as {a.address}") for a in accounts]
        self.servers.show_facts(
            lines or [("No server", "until you set up a mail account; then your domain is asked for its servers")]
        )
        places, program = self.context.places, self.context.program
        if places is None or program is None:
            return
        self.files.show_facts(
            [
                ("Your business", str(program.path)),
                ("Copies of it", str(places.backups)),
                ("Notes on faults, without names or words of messages", str(places.logs)),
                ("The password of your mail", "the system's keyring, never a file"),
            ]
        )

    @Slot()
    def _on_folder(self) -> None:
        self.runner.run(self, partial(_open, self.context.places.data), _opened, self.context.problem)


def _open(folder: Path, _progress: Progress) -> None:
    from followup_desktop.system.open import open_folder

    open_folder(folder)


def _opened(_answer: None) -> None:
    """Leave it to the system's own program."""
