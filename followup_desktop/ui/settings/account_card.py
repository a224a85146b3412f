"""The mail account in use: its servers and folders, why it is paused, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from followup_desktop.core.messages.model import MailAccount
from followup_desktop.mail.authorities import authority_called
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.text import ShortText, Text

WAIT = "Your messages wait."
RECEIPTS = (
    "Some mail programs then say that a message was shown; most ask the reader. What comes back is a lower bound."
)
PROTECTED = {"tls": "TLS", "starttls": "STARTTLS", "none": "not encrypted"}


class AccountCard(FactsCard):
    """One account. The signals say what the owner wants with it."""

    check = Signal()
    change = Signal()
    change_password = Signal()
    remove = Signal()
    resume = Signal()
    sign_in_again = Signal()
    receipts = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._browser = self._again = False
        self.address = ShortText("", "strong")
        self.head.insertWidget(0, self.address, 1)
        self.paused = Banner(theme, tone="warning", action="Try again")
        self.paused.hide()
        self.paused.pressed.connect(self._on_paused)
        self.check_button = Button(theme, "Check", icon="arrow-clockwise")
        self.change_button = Button(theme, "Change", icon="pencil-simple")
        self.password_button = Button(theme, "Change password", icon="key")
        self.remove_button = Button(theme, "Remove", icon="trash")
        self.check_button.clicked.connect(self.check)
        self.change_button.clicked.connect(self.change)
        self.password_button.clicked.connect(self._on_password)
        self.remove_button.clicked.connect(self.remove)
        self.receipts_box = QCheckBox("Ask for read receipts")
        self.receipts_box.setAccessibleName(self.receipts_box.text())
        self.receipts_box.setAccessibleDescription(RECEIPTS)
        self.receipts_box.clicked.connect(self.receipts)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.check_button, self.change_button, self.password_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addSpacing(theme.px(4))
        self.column.addWidget(self.paused)
        self.column.addWidget(self.receipts_box)
        self.column.addWidget(Text(RECEIPTS, "label", wrap=True))
        self.column.addSpacing(theme.px(4))
        self.column.addLayout(buttons)

    def show_account(self, account: MailAccount, kept: str) -> None:
        """Show an account; `kept` says where its password is, if that is known."""
        self.address.setText(account.address)
        self.setAccessibleName(f"Mail account {account.address}")
        facts = [
            ("Customers see", account.name or account.address),
            ("Reads at", f"{account.imap_host}:{account.imap_port}, {PROTECTED[account.imap_security]}"),
            ("Sends at", f"{account.smtp_host}:{account.smtp_port}, {PROTECTED[account.smtp_security]}"),
            ("Drafts lie in", account.drafts_folder or "no folder found yet"),
            ("Sent messages lie in", account.sent_folder or "no folder found yet"),
        ]
        if account.user != account.address:
            facts.insert(1, ("Signs in as", account.user))
        self.receipts_box.setChecked(account.asks_receipts)
        self._browser = bool(account.sign_in)
        self.password_button.setText("Sign in again" if self._browser else "Change password")
        self.password_button.setAccessibleName(self.password_button.text())
        if self._browser:
            known = authority_called(account.sign_in)
            facts.append(("Signs in", f"in the browser, at {known.name if known else account.sign_in}"))
        if kept:
            facts.append(("Permission" if self._browser else "Password", kept))
        self.show_facts(facts)
        self.paused.say("Sending is paused.", account.paused, "" if WAIT in account.paused else WAIT, tone="warning")
        self.paused.offer("Sign in again" if self._needs_sign_in(account) else "Try again")
        self.paused.setVisible(bool(account.paused))

    def _needs_sign_in(self, account: MailAccount) -> bool:
        self._again = bool(account.sign_in) and "sign in again" in account.paused.casefold()
        return self._again

    @Slot()
    def _on_paused(self) -> None:
        (self.sign_in_again if self._again else self.resume).emit()

    @Slot()
    def _on_password(self) -> None:
        (self.sign_in_again if self._browser else self.change_password).emit()
