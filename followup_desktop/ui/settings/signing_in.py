"""Signing in on the provider's own page: the client id, the browser, and waiting for it to come back."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount, NewAccount
from followup_desktop.mail.authorities import Authority, authority_called, authority_of
from followup_desktop.mail.oauth import Client, SignIn, Tokens, find_authority
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.passwords import Passwords
from followup_desktop.ui.runner import Progress, Task
from followup_desktop.ui.settings.account_form import Line
from followup_desktop.ui.settings.labour import labour
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button

OWN_PAGE = "You sign in on the page of {name}, in your browser. This program never sees your password."
ID_HELP = "The name under which the provider knows this program. The manual says how to make one (Help, Mail)."
WAITS = "Sign in there. This page goes on by itself."


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-in that worked: with whom, as which client, and what it gave."""

    authority: Authority
    client: Client
    tokens: Tokens


class Browsing:
    """A sign-in as work of the background; `signed` is there once it ended, `url` once the browser was sent there."""

    def __init__(self, account: NewAccount | MailAccount, where: str, client: Client, passwords: Passwords) -> None:
        self._account, self._where, self._client, self._passwords = account, where, client, passwords
        self._stop = threading.Event()
        self.url = ""
        self.not_opened: Problem | None = None
        self.signed: Signed | None = None

    def run(self) -> None:
        """Send the owner to the browser and wait."""
        authority = authority_called(self._where) or find_authority(self._where, self._account.ca_file or None)
        secret = self._client.secret or self._passwords.passes().secret(authority.key)
        client = Client(self._client.id, secret)
        with SignIn(authority, client, self._account.address) as flow:
            try:
                _open(flow.url)
            except Problem as problem:
                self.not_opened = problem
            self.url = flow.url
            tokens = flow.wait(self._stop.is_set)
        if tokens is not None:
            self.signed = Signed(authority, client, tokens)

    def stop(self) -> None:
        """Wait no longer."""
        self._stop.set()


class SigningIn(QWidget):
    """The step in which the owner signs in, for the first time or again."""

    signed = Signal(object)  # Signed
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, theme = context, context.theme
        self._task: Task | None = None
        self._work: Browsing | None = None
        self._account: NewAccount | MailAccount | None = None
        self._known: Authority | None = None
        self.says = Banner(theme)
        self.where = Line(
            theme, "Where to sign in", "The address of a server of your own, such as https://id.example.com"
        )
        self.client = Line(theme, "Client id", ID_HELP)
        self.secret = Line(theme, "Client secret", "Google gives one with the id. Kept in the system's keyring.")
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = Button(theme, "Sign in in your browser", "primary")
        self.open_again = Button(theme, "Open the page again")
        self.copy = Button(theme, "Copy its address")
        self.cancel = Button(theme, "Cancel", "flat")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.go, self.open_again, self.copy, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.says, self.where, self.client, self.secret):
            column.addWidget(part)
        column.addLayout(buttons)
        self.says.pressed.connect(self._on_page)
        self.go.clicked.connect(self._on_go)
        self.open_again.clicked.connect(self._on_open_again)
        self.copy.clicked.connect(self._on_copy)
        self.cancel.clicked.connect(self._on_cancel)
        for line in (self.where, self.client, self.secret):
            line.edit.returnPressed.connect(self._on_go)

    def start(self, account: NewAccount | MailAccount) -> None:
        """Ask for what is needed; where nothing is missing the browser is opened at once."""
        self.stop()
        self._account = account
        self._known = authority_called(account.sign_in) or (
            None if account.sign_in else authority_of(account.imap_host)
        )
        self.where.edit.setText(account.sign_in if self._known is None else "")
        self.client.edit.setText(account.client_id or self._set_client())
        self.secret.edit.setText("")
        self._ask()
        if self.client.edit.text() and (self._known is not None or account.sign_in):
            self._on_go()

    def stop(self) -> None:
        """Wait for no browser any more."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._work = None

    def waiting(self) -> bool:
        """Whether a browser is waited for."""
        return self._task is not None

    # What is shown

    def _ask(self, problem: Problem | None = None) -> None:
        known = self._known
        name = known.name if known else "your server"
        if problem is None:
            self.says.say("You sign in through the browser.", OWN_PAGE.format(name=name))
        else:
            self.says.say(problem.happened, problem.to_do, problem.kept, tone="warning")
        page = known.clients if known else ""
        self.says.offer(f"Make a client id at {page.split('/')[2]}" if page else "")
        self._show(waiting=False)

    def _show(self, *, waiting: bool) -> None:
        self.where.setVisible(not waiting and self._known is None)
        self.client.setVisible(not waiting)
        self.secret.setVisible(not waiting and (self._known is None or self._known.needs_secret))
        self.go.setVisible(not waiting)
        self.open_again.setVisible(waiting)
        self.copy.setVisible(waiting)

    def _show_waiting(self, work: Browsing) -> None:
        name = self._known.name if self._known else "your server"
        trouble = work.not_opened
        if trouble is not None:
            self.says.say("The browser did not open.", "Copy the address and open it there yourself.", tone="warning")
        else:
            self.says.say(f"Your browser shows the page of {name}.", WAITS)
        self.says.offer("")
        for button in (self.open_again, self.copy):
            button.setEnabled(bool(work.url))

    # What is done

    @Slot()
    def _on_go(self) -> None:
        account, client = self._account, self.client.edit.text().strip()
        where = self._known.key if self._known else self.where.edit.text().strip()
        if account is None or self.waiting():
            return
        self.client.show_problem("" if client else "The client id is missing.")
        self.where.show_problem("" if where else "The address is missing.")
        if not client or not where:
            return
        self._work = Browsing(account, where, Client(client, self.secret.edit.text().strip()), self._context.passwords)
        self._task = self._context.runner.run(self, partial(_browse, self._work), self._on_ended, self._on_trouble)
        self._task.progressed.connect(self._on_progress)
        self._show(waiting=True)
        self._show_waiting(self._work)
        self.cancel.setFocus()

    @Slot(int, int, str)
    def _on_progress(self, _done: int, _total: int, _says: str) -> None:
        if self._work is not None:
            self._show_waiting(self._work)

    def _on_ended(self, work: Browsing) -> None:
        if work is not self._work or work.signed is None:
            return
        self._task = self._work = None
        key = f"mail.{work.signed.authority.key}_client"
        if self._known is not None and self._context.settings.value(key) != work.signed.client.id:
            self._context.settings.change(key, work.signed.client.id)
        self.signed.emit(work.signed)

    def _on_trouble(self, problem: Problem) -> None:
        if self._task is not None:
            self._task = self._work = None
            self._ask(problem)
            self.go.setFocus()

    @Slot()
    def _on_open_again(self) -> None:
        if self._work is not None and self._work.url:
            self._context.runner.run(self, partial(_reopen, self._work.url), _opened, self._context.problem)

    @Slot()
    def _on_copy(self) -> None:
        if self._work is not None:
            QGuiApplication.clipboard().setText(self._work.url)

    @Slot()
    def _on_page(self) -> None:
        if self._known is not None and self._known.clients:
            self._context.runner.run(self, partial(_reopen, self._known.clients), _opened, self._context.problem)

    @Slot()
    def _on_cancel(self) -> None:
        waited = self.waiting()
        self.stop()
        if waited:
            self._ask()
            self.client.edit.setFocus()
        else:
            self.left.emit()

    def _set_client(self) -> str:
        return str(self._context.settings.value(f"mail.{self._known.key}_client")) if self._known else ""


def _browse(work: Browsing, progress: Progress) -> Browsing:
    return labour(work, progress)


def _reopen(url: str, _progress: Progress) -> None:
    _open(url)


def _open(url: str) -> None:
    from followup_desktop.system import open as opening

    opening.open_link(opening.checked_link(url))


def _opened(_answer: None) -> None:
    """Leave it to the browser."""
