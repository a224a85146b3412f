"""The fields of a mail account. What is wrong stands beside the field; nothing is kept before it was tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount, NewAccount
from followup_desktop.mail.account import Security, Server, parse_server, pin_lines
from followup_desktop.mail.compose import check_address
from followup_desktop.mail.discover.search import usual_servers
from followup_desktop.mail.providers import provider_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

T = TypeVar("T")

PROTECTIONS = (
    ("tls", "Encrypted from the start (TLS)"),
    ("starttls", "Encrypted after the greeting (STARTTLS)"),
    ("none", "Not encrypted, on this computer only"),
)
OWN_SERVER = "Only for a server of your own whose certificate nobody else has signed."


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the account, its password (empty: the one that is kept), and whether to send a test."""

    account: NewAccount
    password: str
    test: bool


class Line(FormLine):
    """A line of text with its label."""

    def __init__(self, theme: Theme, label: str, help_: str = "") -> None:
        self.edit = QLineEdit()
        super().__init__(theme, label, self.edit, help_)


class AccountForm(QWidget):
    """Address, password and servers; the servers are filled in from the address until they are typed."""

    wanted = Signal(object)  # Entered
    browser = Signal(object)  # Entered, for a sign-in in the browser
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filled = ("", "")
        self._known: MailAccount | None = None
        self.address = Line(theme, "Your address")
        self.name = Line(theme, "Name customers see")
        self.password = Line(theme, "Password", "Kept in the system's keyring, never in a file.")
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.user = Line(theme, "User name, if it is not the address")
        self.imap = Line(theme, "Server to read (IMAP)")
        self.smtp = Line(theme, "Server to send (SMTP)")
        self.imap_security, self.smtp_security = _protection(), _protection()
        self.certificate = Line(theme, "Certificate file", OWN_SERVER)
        self.choose = Button(theme, "Choose…", icon="folder-open", name="Choose the certificate file")
        self.test = QCheckBox("Send a test message to myself")
        self.test.setAccessibleName("Send a test message to myself")
        self.hint = Text("", "label", tone="warning", wrap=True)
        self.hint.hide()
        self.trial = Button(theme, "Try it", "primary")
        self.to_browser = Button(theme, "Sign in in your browser instead", "flat")
        self.cancel = Button(theme, "Cancel", "flat")
        self._lay_out()
        self.address.edit.editingFinished.connect(self._on_address)
        self.choose.clicked.connect(self._on_choose)
        self.trial.clicked.connect(self._on_try)
        self.to_browser.clicked.connect(self._on_browser)
        self.cancel.clicked.connect(self.left)
        for line in self._lines():
            line.edit.returnPressed.connect(self._on_try)

    def show_account(self, account: MailAccount | None) -> None:
        """Show an account to change, or empty fields for a new one."""
        self._known = account
        self._filled = ("", "")
        empty = MailAccount(0, "", "", "", "", "", 0, "tls", "", 0, "tls", "", "", "", None, "")  # type: ignore[arg-type]
        shown = account or empty
        self.address.edit.setText(shown.address)
        self.address.edit.setReadOnly(account is not None)
        self.name.edit.setText(shown.name)
        self.password.edit.setText("")
        self.password.edit.setPlaceholderText("as it is kept" if account else "")
        self.user.edit.setText(shown.user if shown.user != shown.address else "")
        self.imap.edit.setText(f"{shown.imap_host}:{shown.imap_port}" if account else "")
        self.smtp.edit.setText(f"{shown.smtp_host}:{shown.smtp_port}" if account else "")
        self.imap_security.setCurrentIndex(self.imap_security.findData(shown.imap_security))
        self.smtp_security.setCurrentIndex(self.smtp_security.findData(shown.smtp_security))
        self.certificate.edit.setText(shown.ca_file)
        self.hint.hide()
        for line in self._lines():
            line.show_problem("")

    def ask_again(self) -> None:
        """Put the cursor where the password goes."""
        self.password.edit.setFocus()
        self.password.edit.selectAll()

    def changes(self) -> MailAccount | None:
        """Return the account that is being changed, or None while a new one is entered."""
        return self._known

    def entered(self, *, browser: bool = False) -> Entered | None:
        """Return what was entered; None, with the reason beside the field, when it cannot be meant.

        For a sign-in in the `browser` no password is needed.
        """
        address = self._checked(self.address, self._address)
        imap = self._checked(self.imap, self._imap)
        smtp = self._checked(self.smtp, self._smtp)
        password = "" if browser else self._checked(self.password, self._password)
        certificate = self._checked(self.certificate, self._certificate)
        if address is None or imap is None or smtp is None or password is None or certificate is None:
            return None
        account = NewAccount(
            address=address,
            name=self.name.edit.text().strip(),
            user=self.user.edit.text().strip() or address,
            imap_host=imap.host,
            imap_port=imap.port,
            imap_security=imap.security,
            smtp_host=smtp.host,
            smtp_port=smtp.port,
            smtp_security=smtp.security,
            ca_file=certificate,
        )
        if self._known is not None:
            known = self._known
            account = replace(
                account,
                drafts_folder=known.drafts_folder,
                sent_folder=known.sent_folder,
                pins=pin_lines(known.pins),
            )
        return Entered(account, password, self.test.isChecked())

    def _address(self) -> str:
        if not self.address.edit.text().strip():
            raise Problem("Your own address is missing.")
        return check_address(self.address.edit.text())

    def _imap(self) -> Server:
        return parse_server(self.imap.edit.text(), _chosen(self.imap_security), 993)

    def _smtp(self) -> Server:
        return parse_server(self.smtp.edit.text(), _chosen(self.smtp_security), 465)

    def _password(self) -> str:
        if not self.password.edit.text() and self._known is None:
            raise Problem("The password is missing.")
        return self.password.edit.text()

    def _certificate(self) -> str:
        named = self.certificate.edit.text().strip()
        if named and not Path(named).is_file():
            raise Problem("There is no such file.", "", "Choose the certificate your server uses.")
        return named

    def _lay_out(self) -> None:
        px = self._theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        sending, reading = (FormLine(self._theme, *each) for each in self._protections())
        pairs: tuple[tuple[QWidget, QWidget], ...] = (
            (self.address, self.name),
            (self.password, self.user),
            (self.imap, reading),
            (self.smtp, sending),
        )
        for row, pair in enumerate(pairs):
            for column, widget in enumerate(pair):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        beside = QWidget()
        chooser = QHBoxLayout(beside)
        chooser.setContentsMargins(0, px(20), 0, 0)
        chooser.addWidget(self.choose)
        chooser.addStretch(1)
        grid.addWidget(self.certificate, len(pairs), 0)
        grid.addWidget(beside, len(pairs), 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.trial)
        buttons.addWidget(self.to_browser)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(px(12))
        column_.addWidget(self.hint)
        column_.addLayout(grid)
        column_.addWidget(self.test)
        column_.addLayout(buttons)

    def _protections(self) -> tuple[tuple[str, QComboBox], tuple[str, QComboBox]]:
        return ("Sending is", self.smtp_security), ("Reading is", self.imap_security)

    def _checked(self, line: Line, read: Callable[[], T]) -> T | None:
        """Read a field; what is wrong with it stands below it."""
        try:
            value = read()
        except Problem as problem:
            line.show_problem(" ".join(part for part in (problem.happened, problem.to_do) if part))
            return None
        line.show_problem("")
        return value

    def _lines(self) -> tuple[Line, ...]:
        return (self.address, self.name, self.password, self.user, self.imap, self.smtp, self.certificate)

    @Slot()
    def _on_address(self) -> None:
        domain = self.address.edit.text().strip().rpartition("@")[2].lower()
        if "." not in domain or self._known is not None:
            return
        provider = provider_of(domain)
        servers = provider.servers() if provider else None
        words = provider.words.format(name=provider.name) if provider else ""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        try:
            usual = next(usual_servers(domain, (), "imap")), next(usual_servers(domain, (), "smtp"))
        except Problem:  # half a domain, still being typed
            return
        before, (read, send) = self._filled, servers or usual
        if self.imap.edit.text() in ("", before[0]):
            self._set_imap(read)
        if self.smtp.edit.text() in ("", before[1]):
            self._set_smtp(send)
        self._filled = str(read), str(send)

    def fill_in(self, account: NewAccount, password: str, *, test: bool) -> None:
        """Show what was found or entered elsewhere, to be changed by hand."""
        self.show_account(None)
        self.address.edit.setText(account.address)
        self.name.edit.setText(account.name)
        self.user.edit.setText(account.user if account.user != account.address else "")
        self.password.edit.setText(password)
        self.test.setChecked(test)
        self._set_imap(Server(account.imap_host, account.imap_port, account.imap_security))  # type: ignore[arg-type]
        self._set_smtp(Server(account.smtp_host, account.smtp_port, account.smtp_security))  # type: ignore[arg-type]

    def _set_imap(self, server: Server) -> None:
        self.imap.edit.setText(str(server))
        self.imap_security.setCurrentIndex(self.imap_security.findData(server.security))

    def _set_smtp(self, server: Server) -> None:
        self.smtp.edit.setText(str(server))
        self.smtp_security.setCurrentIndex(self.smtp_security.findData(server.security))

    @Slot()
    def _on_choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Choose the certificate file")
        if chosen:
            self.certificate.edit.setText(chosen)

    @Slot()
    def _on_browser(self) -> None:
        self.password.show_problem("")
        entered = self.entered(browser=True)
        if entered is not None:
            self.browser.emit(entered)

    @Slot()
    def _on_try(self) -> None:
        entered = self.entered()
        if entered is not None:
            self.wanted.emit(entered)


def _protection() -> QComboBox:
    combo = QComboBox()
    combo.view().setAccessibleName("Protection")
    for value, label in PROTECTIONS:
        combo.addItem(label, value)
    return combo


def _chosen(combo: QComboBox) -> Security:
    return cast("Security", combo.currentData())
