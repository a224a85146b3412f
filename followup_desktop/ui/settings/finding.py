"""A mail account from its address: its servers are found step by step, then it is said how to sign in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.mail.account import Server
from followup_desktop.mail.discover import world
from followup_desktop.mail.discover.model import Discovery, Settings, Step
from followup_desktop.mail.discover.search import Search
from followup_desktop.ui.runner import Progress, Runner, Task
from followup_desktop.ui.settings.account_card import PROTECTED
from followup_desktop.ui.settings.account_form import Entered, Line
from followup_desktop.ui.settings.labour import labour
from followup_desktop.ui.settings.steps import UNDER_WAY, StepRow
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Line as Rule

WORDS: dict[Step, str] = {
    Step.TABLE: "The list of providers",
    Step.AUTOCONFIG: "What the domain publishes",
    Step.WELL_KNOWN: "What its web site publishes",
    Step.MX: "Who takes its mail",
    Step.SRV: "What its name servers say",
    Step.GUESS: "The usual names",
}
TITLES = {"password": "The password of this mailbox", "app_password": "An app password", "oauth": "", "none": ""}
LEADS = {
    "password": "Your password goes into the system's keyring, never into a file.",
    "app_password": "This is not your usual password.",
    "oauth": "You sign in through the browser.",
    "none": "No program is let in.",
}
BROWSER = "Sign in in your browser"
NOTHING_THERE = ("x", "muted")
"""A step that is over and found nothing: no mistake of anybody's, and not one still to come."""


class Steps(Card):
    """The steps of a search, one below the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Where the servers were looked for")
        self.rows = {step: StepRow(theme) for step in Step}
        for number, row in enumerate(self.rows.values()):
            if number:
                self.column.addWidget(Rule())
            self.column.addWidget(row)

    def show_search(self, search: Search) -> None:
        """Show how far a search is."""
        tried = {each.step: each for each in tuple(search.tried)}
        under_way = search.step()
        waited = f"{search.waited()} s" if search.waited() >= 2 else ""
        for step, row in self.rows.items():
            if step in tried:
                look = ("check-circle", "good") if tried[step].found else NOTHING_THERE
                row.show_words(WORDS[step], tried[step].says, "", look)
            elif step is under_way:
                row.show_words(WORDS[step], "", waited, UNDER_WAY)
            else:
                row.show_words(WORDS[step], ahead=True)

    def text(self) -> str:
        """Return all it says, line by line."""
        return "\n".join(row.text() for row in self.rows.values())


class Finding(QWidget):
    """The address, the search, and what is still needed to sign in."""

    wanted = Signal(object)  # Entered
    browser = Signal(object)  # Entered, for a sign-in in the browser
    by_hand = Signal(object)  # Entered as far as it is known, or None
    left = Signal()

    def __init__(self, theme: Theme, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._runner = theme, runner
        self._task: Task | None = None
        self._search: Search | None = None
        self._found: Discovery | None = None
        self.address = Line(theme, "Your address", "Its servers are found from it. Nobody is told the address.")
        self.address.edit.setPlaceholderText("you@example.com")
        self.look = Button(theme, "Find the servers", "primary")
        self.skip = Button(theme, "Skip this step")
        self.steps = Steps(theme)
        self.nothing = Banner(theme, tone="warning")
        self.found = Card(theme)
        self.found_row = StepRow(theme)
        self.found.column.addWidget(self.found_row)
        self.confirm = Banner(theme, tone="warning")
        self.guide = Banner(theme)
        self.name = Line(theme, "Name customers see")
        self.password = Line(theme, "Password")
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.test = QCheckBox("Send a test message to myself")
        self.test.setAccessibleName("Send a test message to myself")
        self.test.setChecked(True)
        self.sign_in = Button(theme, "Sign in", "primary")
        self.to_browser = Button(theme, BROWSER, "primary")
        self.hand = Button(theme, "Enter the servers by hand", "flat")
        self.cancel = Button(theme, "Cancel", "flat")
        self._lay_out()
        self._connect()
        self.clear()

    def clear(self, name: str = "", *, leave: bool = False) -> None:
        """Begin anew, with the name customers see; `leave` when there is something to go back to."""
        self.stop()
        self.address.edit.setText("")
        self.password.edit.setText("")
        self.name.edit.setText(name)
        self._leave = leave
        self._show_asked()

    def ask_again(self) -> None:
        """Put the cursor where the password goes, or the button for the browser where there is none."""
        if self.password.isVisibleTo(self):
            self.password.edit.setFocus()
            self.password.edit.selectAll()
        else:
            self.to_browser.setFocus()

    def stop(self) -> None:
        """End the search under way, if there is one."""
        if self._search is not None:
            self._search.stop()
        if self._task is not None:
            self._task.progressed.disconnect(self._on_progress)
            self._task.cancel()
        self._task = self._search = None

    def searching(self) -> bool:
        """Whether a search is under way."""
        return self._task is not None

    def entered(self) -> Entered | None:
        """Return the account as found, with the password; None while no servers are known."""
        settings = self._found.settings if self._found else None
        if self._found is None:
            return None
        suggestion = self._found.suggestion
        imap, smtp = (settings.imap, settings.smtp) if settings else suggestion or (None, None)
        if imap is None or smtp is None:
            return None
        account = NewAccount(
            address=self._found.address,
            name=self.name.edit.text().strip(),
            user=settings.user if settings else self._found.address,
            imap_host=imap.host,
            imap_port=imap.port,
            imap_security=imap.security,
            smtp_host=smtp.host,
            smtp_port=smtp.port,
            smtp_security=smtp.security,
            files_sent=settings.files_sent if settings else None,
        )
        return Entered(account, self.password.edit.text(), self.test.isChecked())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(12))
        for part in (self.address, self.nothing, self.steps, self.found, self.confirm, self.guide):
            column.addWidget(part)
        fields = QHBoxLayout()
        fields.setSpacing(self._theme.px(12))
        fields.addWidget(self.password, 1)
        fields.addWidget(self.name, 1)
        column.addLayout(fields)
        column.addWidget(self.test)
        buttons = QHBoxLayout()
        buttons.setSpacing(self._theme.px(8))
        for button in (self.look, self.sign_in, self.to_browser, self.skip, self.hand, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.address.edit.textEdited.connect(self._on_typed)
        self.address.edit.returnPressed.connect(self._on_find)
        self.look.clicked.connect(self._on_find)
        self.skip.clicked.connect(self._on_skip)
        self.guide.pressed.connect(self._on_page)
        for line in (self.name, self.password):
            line.edit.returnPressed.connect(self._on_sign_in)
        self.sign_in.clicked.connect(self._on_sign_in)
        self.to_browser.clicked.connect(self._on_browser)
        self.hand.clicked.connect(self._on_hand)
        self.cancel.clicked.connect(self._on_cancel)

    # What is shown

    def _show_asked(self) -> None:
        """Ask for the address."""
        self._found = None
        self.address.show_problem("")
        self._show(self.address, self.look)

    def _show_found(self, discovery: Discovery) -> None:
        """Show what was found, and what is needed now."""
        settings = discovery.settings
        if settings is None:
            self.nothing.say("The servers were not found.", discovery.to_do, tone="warning")
            self._show(self.address, self.steps, self.nothing, self.look)
            self.hand.set_kind("primary")
            self.look.set_kind("secondary")
            self.hand.setFocus()
            return
        kind = settings.sign_in.kind
        says = f"{discovery.tried[-1].says}\n{_servers(settings)}"
        self.found_row.show_words("Settings found", says, "", ("check-circle", "good"))
        self.confirm.say("Look at the names.", settings.confirm, tone="warning")
        self.guide.say(LEADS[kind], settings.sign_in.words)
        self.guide.offer(f"Open {settings.sign_in.page.removeprefix('https://')}" if settings.sign_in.page else "")
        takes = kind in ("password", "app_password")
        if takes:
            self.password.set_label(TITLES[kind])
        browser = settings.imap is not None and "oauth" in (kind, settings.sign_in.also)
        asked = (self.password, self.name, self.test, self.sign_in) if takes else ()
        if browser:
            asked = (*asked, self.name, self.test, self.to_browser)
        self.to_browser.set_kind("secondary" if takes else "primary")
        self._show(self.address, self.found, self.guide, *asked)
        self.confirm.setVisible(bool(settings.confirm))
        if takes:
            self.password.edit.setFocus()

    def _show(self, *parts: QWidget) -> None:
        every = (self.address, self.steps, self.nothing, self.found, self.confirm, self.guide, self.name, self.password,
                 self.test, self.look, self.skip, self.sign_in, self.to_browser)  # fmt: skip
        for part in every:
            part.setVisible(part in parts)
        self.hand.set_kind("flat")
        self.look.set_kind("primary")
        self.cancel.setVisible(self._leave or self.searching() or self._found is not None)

    # What is done

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        if self._found is not None:
            self._show_asked()

    @Slot()
    def _on_find(self) -> None:
        if not self.address.isVisible() or self.searching():
            return
        try:
            self._search = Search(self.address.edit.text(), world.real_world())
        except Problem as problem:
            self.address.show_problem(" ".join(part for part in (problem.happened, problem.to_do) if part))
            return
        self.address.show_problem("")
        self._found = None
        work = Looking(self._search)
        self._task = self._runner.run(self, partial(_look, work), self._on_looked, self._on_trouble)
        self._task.progressed.connect(self._on_progress)
        self.steps.show_search(self._search)
        self._show(self.address, self.steps, self.skip)

    @Slot(int, int, str)
    def _on_progress(self, _done: int, _total: int, _says: str) -> None:
        if self._search is not None:
            self.steps.show_search(self._search)

    def _on_looked(self, work: Looking) -> None:
        if work.search is not self._search or work.discovery is None:
            return
        self.steps.show_search(work.search)
        self._task = self._search = None
        self._found = work.discovery
        self._show_found(work.discovery)

    def _on_trouble(self, problem: Problem) -> None:
        self._task = self._search = None
        self._show_asked()
        self.address.show_problem(problem.sentence())

    @Slot()
    def _on_skip(self) -> None:
        if self._search is not None:
            self._search.skip()

    @Slot()
    def _on_page(self) -> None:
        settings = self._found.settings if self._found else None
        if settings is not None:
            self._runner.run(self, partial(_open, settings.sign_in.page), _opened, self._on_not_opened)

    def _on_not_opened(self, problem: Problem) -> None:
        self.guide.say(problem.happened, problem.to_do, tone="warning")

    @Slot()
    def _on_sign_in(self) -> None:
        entered = self.entered()
        if entered is None or not self.sign_in.isVisible():
            return
        self.password.show_problem("" if entered.password else "The password is missing.")
        if entered.password:
            self.wanted.emit(entered)

    @Slot()
    def _on_browser(self) -> None:
        entered = self.entered()
        if entered is not None:
            self.browser.emit(replace(entered, password=""))

    @Slot()
    def _on_hand(self) -> None:
        self.stop()
        self.by_hand.emit(self.entered())

    @Slot()
    def _on_cancel(self) -> None:
        if self.searching() or self._found is not None:
            self.stop()
            self._show_asked()
            self.address.edit.setFocus()
        else:
            self.left.emit()


class Looking:
    """A search as work of the background; `discovery` is there once it ended."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.discovery: Discovery | None = None

    def run(self) -> None:
        """Search."""
        self.discovery = self.search.run()

    def stop(self) -> None:
        """Stop searching."""
        self.search.stop()


def _look(work: Looking, progress: Progress) -> Looking:
    return labour(work, progress)


def _servers(settings: Settings) -> str:
    each = (("Reads at", settings.imap), ("Sends at", settings.smtp))
    return "\n".join(_server(does, server) for does, server in each if server is not None)


def _server(does: str, server: Server) -> str:
    return f"{does} {server.host}:{server.port}, {PROTECTED[server.security]}"


def _open(page: str, _progress: Progress) -> None:
    from followup_desktop.system.open import checked_link, open_link

    open_link(checked_link(page))


def _opened(_answer: None) -> None:
    """Leave it to the browser."""
