"""Mail accounts: one is tried, then used; the outbox stands below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import Quiet
from followup_desktop.core.messages.model import Going, MailAccount, NewAccount, OutboxLine, Sender
from followup_desktop.jobs.post import as_account
from followup_desktop.jobs.trial import Trial, Wanted
from followup_desktop.mail.account import AccessToken, pin_lines
from followup_desktop.mail.troubles import sign_in_again
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.parts.send_later import Clocks, SendLaterDialog
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.settings.account_card import AccountCard
from followup_desktop.ui.settings.account_form import AccountForm, Entered
from followup_desktop.ui.settings.finding import Finding
from followup_desktop.ui.settings.names import AccountsRow, NameDialog, NamesCard
from followup_desktop.ui.settings.outbox import OutboxCard, is_held
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.settings.signing_in import Signed, SigningIn
from followup_desktop.ui.settings.trying import Trying
from followup_desktop.ui.widgets.text import Text

ADD = "Add a mail account"
WHY = (
    "Messages leave through your own account, and copies lie in its Sent folder. Without one, each message opens in "
    "your mail program, filled in."
)
"""What an account is for."""
CLIENTS = "For signing in through the browser"


class MailSection(Section):
    """The address of a new account and what is found from it, a trial, or the account in use; and the outbox."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Mail accounts")
        self._account: MailAccount | None = None
        self._accounts: tuple[MailAccount, ...] = ()
        self._senders: tuple[Sender, ...] = ()
        self._adding = False
        self._entered: Entered | None = None
        self._kept: dict[int, str] = {}
        self._origin: Finding | AccountForm | None = None
        self._looked = False
        self._moved = 0
        self.clients = Text(CLIENTS, "strong")
        self.why = Text(WHY, "muted", wrap=True)
        self.finding = Finding(self.theme, self.runner)
        self.entry = AccountForm(self.theme)
        self.signing_in = SigningIn(context)
        self._signed: Signed | None = None
        self.trying_title = Text("", "strong")
        self.trying = Trying(self.theme, self.runner)
        self.row = AccountsRow(self.theme)
        self.card = AccountCard(self.theme)
        self.names = NamesCard(self.theme)
        self.outbox = OutboxCard(self.theme)
        for part in (*self._parts(), self.outbox):
            self.add(part)
            part.hide()
        if self.form is not None:
            # Seldom needed, so below all else.
            self.column.addSpacing(self.theme.px(20))
            self.add(self.clients)
            self.add(self.form)
        self._connect()

    def reload(self) -> None:
        """Look for the account and the outbox."""
        self.runner.ask(self, _mail, self._show)
        self.runner.ask(self, partial(_standing, self.context.clock.now()), self._show_standing)

    def _connect(self) -> None:
        self.finding.wanted.connect(self._on_wanted)
        self.finding.browser.connect(self._on_browser)
        self.entry.browser.connect(self._on_browser)
        self.signing_in.signed.connect(self._on_signed)
        self.signing_in.left.connect(self._on_browser_left)
        self.card.sign_in_again.connect(self._on_sign_in_again)
        self.finding.by_hand.connect(self._on_entry)
        self.finding.left.connect(self._show_account)
        self.entry.wanted.connect(self._on_wanted)
        self.entry.left.connect(self._show_account)
        self.trying.used.connect(self._on_use)
        self.trying.ended.connect(self._on_ended)
        self.trying.changed_by_hand.connect(self._on_by_hand)
        self.trying.password_wanted.connect(self._on_password_wanted)
        self.trying.cancelled.connect(self._on_cancelled)
        self.card.check.connect(self._on_check)
        self.card.change.connect(self._on_change)
        self.card.change_password.connect(self._on_change_password)
        self.card.remove.connect(self._on_remove)
        self.card.resume.connect(self._on_resume)
        self.card.receipts.connect(self._on_receipts)
        self.row.chosen.connect(self._on_chosen)
        self.row.usual.connect(self._on_usual)
        self.row.another.connect(self._on_another)
        self.names.wanted.connect(self._on_name)
        self.outbox.it_did.connect(self._on_it_did)
        self.outbox.send_again.connect(self._on_send_again)
        self.outbox.take_back.connect(self._on_take_back)
        self.outbox.another_time.connect(self._on_move)
        self.outbox.resume.connect(self._go_on_sending)

    def _show(self, found: Mail) -> None:
        before, lines = self._account, found.lines
        self._accounts, self._senders = found.accounts, found.senders
        account = self._known(before.id if before else None)
        self._account = account
        zone = str(self.context.settings.value("business.zone"))
        now = self.context.clock.now()
        paused = any(each.paused or is_held(each, now) for each in self._accounts)
        self.outbox.show_lines(lines, now, zone, paused=paused)
        busy = any(part.isVisibleTo(self) for part in (self.finding, self.entry, self.signing_in, self.trying))
        same = (before.id if before else None) == (account.id if account else None)
        if account is not None:
            self._show_chosen(account)
        # What is being typed or tried stays, unless the account came or went meanwhile.
        if not (busy and same and self._looked):
            self._looked = True
            self._show_account()

    def _known(self, key: int | None) -> MailAccount | None:
        """Return the account that was looked at, else one that is paused, else the usual one, else None."""
        first = sorted(self._accounts, key=lambda each: (not each.paused, not each.is_usual))
        usual = next(iter(first), None)
        return next((each for each in self._accounts if each.id == key), usual)

    def _show_chosen(self, account: MailAccount) -> None:
        self.card.show_account(account, self._kept.get(account.id, ""))
        self.row.show_accounts(self._accounts or (account,), account)
        self.names.show_senders([each for each in self._senders if each.account.id == account.id])

    def _title(self) -> str:
        return ADD if self._account is None or self._adding else "Mail accounts"

    @Slot()
    def _show_account(self) -> None:
        """Show the account in use, or, while there is none, the form for one."""
        self.trying.stop()
        self._adding = False
        if self._account is None:
            self.finding.clear(str(self.context.settings.value("business.owner")))
            self._show_parts(ADD, self.why, self.finding)
        else:
            self._show_parts("Mail accounts", self.row, self.card, self.names)

    @Slot(object)
    def _on_entry(self, known: Entered | None) -> None:
        """Show the form for the servers, with what is known of them."""
        self.entry.show_account(None)
        if known is not None:
            self.entry.fill_in(known.account, known.password, test=known.test)
        else:
            self.entry.address.edit.setText(self.finding.address.edit.text())
            self.entry.name.edit.setText(self.finding.name.edit.text())
        self._show_parts(ADD, self.entry)
        self.entry.address.edit.setFocus()

    def _show_parts(self, heading: str, *parts: Any) -> None:
        self.heading.setText(heading)
        for part in self._parts():
            part.setVisible(part in parts)
        standing = self.why in parts or self.card in parts
        self.clients.setVisible(standing)
        if self.form is not None:
            self.form.setVisible(standing)

    def _parts(self) -> tuple[QWidget, ...]:
        found = (self.why, self.finding, self.entry, self.signing_in)
        return *found, self.row, self.card, self.names, self.trying_title, self.trying

    # A trial

    @Slot(object)
    def _on_browser(self, entered: Entered) -> None:
        """Let the owner sign in in the browser with what was entered."""
        self._entered = entered
        self._origin = self.finding if self.finding.isVisibleTo(self) else self.entry
        self.signing_in.start(entered.account)
        self._show_parts(self._title(), self.signing_in)

    @Slot()
    def _on_browser_left(self) -> None:
        if self._entered is None or self._origin is None:
            self._show_account()
        else:
            self._show_parts(self._title(), self._origin)

    @Slot()
    def _on_sign_in_again(self) -> None:
        if self._account is not None:
            self._entered = None
            self.signing_in.start(self._account)
            self._show_parts("Sign in again", self.signing_in)

    @Slot(object)
    def _on_signed(self, signed: Signed) -> None:
        """Try a new account with what the browser brought; let one that was known go on."""
        self._signed = signed
        if self._entered is not None:
            account = replace(self._entered.account, sign_in=signed.authority.key, client_id=signed.client.id)
            self._entered = replace(self._entered, account=account)
            token = AccessToken(signed.tokens.access, partial(_ended, signed.authority.name))
            self._try(account, partial(_same, token), test=self._entered.test)
        elif self._account is not None:
            work = partial(_keep_sign_in, self.context.passwords, self._account, signed)
            self.runner.run(self, work, self._on_signed_again, self.context.problem)

    def _on_signed_again(self, where: str) -> None:
        self._signed = None
        self._show_kept(where)
        if self._account is not None:
            self._go_on_sending(self._account.id)

    @Slot(object)
    def _on_wanted(self, entered: Entered) -> None:
        self._entered, self._signed = entered, None
        self._origin = self.finding if self.finding.isVisibleTo(self) else self.entry
        known = self.entry.changes() if self._origin is self.entry else None
        self._try(entered.account, self._password_of(entered, known), test=entered.test)

    def _password_of(self, entered: Entered, known: MailAccount | None) -> Callable[[], str]:
        if entered.password or known is None:
            return partial(str, entered.password)
        return partial(self.context.passwords.of, known)

    def _try(self, account: NewAccount | MailAccount, password: Callable[[], str], *, test: bool) -> None:
        wanted = Wanted(
            as_account(account),
            password,
            self.context.passwords.proven,
            self.context.clock.now() if test else None,
            uuid4().hex,
            browser=bool(account.sign_in),
        )
        self.trying_title.setText(account.address)
        self._show_parts(self._title(), self.trying_title, self.trying)
        self.trying.start(wanted, to_use=self._entered is not None)
        self.trying.cancel.setFocus()  # the button that was pressed is gone

    @Slot()
    def _on_check(self) -> None:
        if self._account is not None:
            self._entered = None
            self._try(self._account, partial(self.context.passwords.of, self._account), test=False)

    @Slot(object)
    def _on_ended(self, trial: Trial) -> None:
        """After a check of the account in use: note its folders, and let it send again."""
        from followup_desktop.commands import accounts
        from followup_desktop.commands import messages as commands

        if self._entered is not None or self._account is None:
            return
        if trial.may_be_used():
            account, pins = self._account.id, trial.wanted.account.pins
            if pins != self._account.pins:
                self.runner.do(self, accounts.trust, None, account, pin_lines(pins))
            self.runner.do(
                self, commands.note_folders, None, account, trial.folders.drafts or "", trial.folders.sent or ""
            )
            self._go_on_sending(account)

    @Slot(object)
    def _on_use(self, trial: Trial) -> None:
        from followup_desktop.commands.messages import add_account

        if self._entered is not None:
            found = _found(self._entered.account, trial)
            self.runner.attempt(self, add_account, self._on_added, self.trying.say, found)

    def _on_added(self, done: Done[MailAccount]) -> None:
        entered, signed = self._entered, self._signed
        self._account = done.result
        if signed is not None and entered is not None:
            self._entered = self._signed = None
            keep = partial(_keep_sign_in, self.context.passwords, done.result, signed)
            self.runner.run(self, keep, self._show_kept, self.trying.say)
            return
        if entered is None or not entered.password:
            self._show_kept("")
            return
        work = partial(_keep, self.context.passwords, done.result, entered.password)
        self._entered = None
        self.runner.run(self, work, self._show_kept, self.trying.say)

    def _show_kept(self, where: str) -> None:
        if self._account is not None:
            if where:
                self._kept[self._account.id] = f"kept in {where}"
            self._show_chosen(self._account)
        self._show_account()
        self.card.check_button.setFocus()  # the button that was pressed is gone
        self.context.wake_outbox()

    @Slot()
    def _on_by_hand(self) -> None:
        if self._entered is None and self._account is not None:
            self._on_change()
        elif self._entered is not None and self._origin is self.finding:
            self._on_entry(self._entered)
        else:
            self._show_parts(self._title(), self.entry)

    @Slot()
    def _on_password_wanted(self) -> None:
        if self._entered is None or self._origin is None:
            self._on_change_password()
        else:
            self._show_parts(self._title(), self._origin)
            self._origin.ask_again()

    @Slot()
    def _on_cancelled(self) -> None:
        if (self._account is None or self._adding) and self._origin is not None:
            self._show_parts(ADD, self._origin)
            self._origin.ask_again()  # the button that was pressed is gone
        else:
            self._show_account()

    # The accounts

    @Slot(int)
    def _on_chosen(self, account: int) -> None:
        self._account = self._known(account)
        if self._account is not None:
            self._show_chosen(self._account)

    @Slot()
    def _on_usual(self) -> None:
        from followup_desktop.commands.accounts import make_usual

        if self._account is not None:
            self.runner.do(self, make_usual, None, self._account.id)

    @Slot(bool)
    def _on_receipts(self, wanted: bool) -> None:
        from followup_desktop.commands.accounts import ask_receipts

        if self._account is not None:
            self.runner.do(self, ask_receipts, None, self._account.id, wanted=wanted)

    @Slot()
    def _on_another(self) -> None:
        self._adding = True
        self.finding.clear(str(self.context.settings.value("business.owner")), leave=True)
        self._show_parts(ADD, self.finding)
        self.finding.address.edit.setFocus()

    @Slot(object)
    def _on_name(self, sender: Sender | None) -> None:
        if self._account is not None:
            NameDialog(self.context, self.window(), self._account, sender).show()

    # The account in use

    @Slot()
    def _on_change(self) -> None:
        self.entry.show_account(self._account)
        self._show_parts("Change the mail account", self.entry)
        self.entry.name.edit.setFocus()

    @Slot()
    def _on_change_password(self) -> None:
        self._on_change()
        self.entry.password.edit.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        from followup_desktop.commands.messages import remove_account

        if self._account is not None:
            then = partial(self._on_removed, self._account)
            self.runner.attempt(self, remove_account, then, self.context.problem, self._account.id)

    def _on_removed(self, account: MailAccount, _done: Done[None]) -> None:
        self._kept.pop(account.id, None)
        forget = partial(_forget, self.context.passwords, account)
        self.runner.run(self, forget, self._on_forgotten, self.context.problem)

    def _on_forgotten(self, left: str) -> None:
        if left:
            self.context.problem(Problem(left))

    @Slot()
    def _on_resume(self) -> None:
        if self._account is not None:
            self._go_on_sending(self._account.id)

    def _go_on_sending(self, account: int) -> None:
        from followup_desktop.commands.outbox import resume

        self.runner.do(self, resume, self._on_outbox, account)

    # The outbox

    @Slot(int)
    def _on_it_did(self, message: int) -> None:
        from followup_desktop.commands.outbox import it_did

        self.runner.do(self, it_did, self._on_outbox, message)

    @Slot(int)
    def _on_send_again(self, message: int) -> None:
        from followup_desktop.commands.outbox import send_again

        self.runner.do(self, send_again, self._on_outbox, message)

    @Slot(int)
    def _on_take_back(self, message: int) -> None:
        from followup_desktop.commands.outbox import take_back

        self.runner.attempt(self, take_back, self._on_outbox, self.context.problem, message)

    @Slot(object)
    def _on_move(self, line: OutboxLine) -> None:
        value = self.context.settings.value
        own = str(value("business.zone"))
        begins, ends = (time.fromisoformat(str(value(f"business.quiet_{end}"))) for end in ("from", "until"))
        quiet = Quiet(begins, ends, bool(value("business.quiet_sundays")))
        clocks = Clocks(line.to_name or line.to_address, line.zone or own, own, quiet)
        dialog = SendLaterDialog(self.context, self.window(), clocks, planned=line.not_before)
        dialog.chosen.connect(self._on_moved)
        self._moved = line.id
        dialog.show()

    @Slot(object)
    def _on_moved(self, at: datetime) -> None:
        from followup_desktop.commands.outbox import move

        self.runner.attempt(self, move, self._on_outbox, self.context.problem, self._moved, at)

    def _show_standing(self, found: list[Going]) -> None:
        zone = str(self.context.settings.value("business.zone"))
        self.outbox.show_standing(found, self.context.clock.now(), zone)

    def _on_outbox(self, _done: Done[Any]) -> None:
        self.context.wake_outbox()


@dataclass(frozen=True, slots=True)
class Mail:
    """The accounts, as whom each can write, and the outbox."""

    accounts: tuple[MailAccount, ...]
    senders: tuple[Sender, ...]
    lines: list[OutboxLine]


def _mail(session: Session) -> Mail:
    from followup_desktop.core.messages import queries

    return Mail(tuple(queries.accounts(session)), tuple(queries.senders(session)), queries.outbox(session))


def _standing(now: datetime, session: Session) -> list[Going]:
    from followup_desktop.jobs.outbox import standing

    return standing(session, now)


def _found(account: NewAccount, trial: Trial) -> NewAccount:
    """Return the account with what the trial found out about it."""
    return replace(
        account,
        drafts_folder=trial.folders.drafts or account.drafts_folder,
        sent_folder=trial.folders.sent or account.sent_folder,
        pins=pin_lines(trial.wanted.account.pins),
        files_sent=account.files_sent if trial.files_sent is None else trial.files_sent,
    )


def _keep(passwords: Any, account: MailAccount, password: str, _progress: Progress) -> str:
    return str(passwords.keep(account, password))


def _keep_sign_in(passwords: Any, account: MailAccount, signed: Signed, _progress: Progress) -> str:
    return str(passwords.keep_sign_in(account, signed.tokens, signed.client))


def _same(token: AccessToken) -> AccessToken:
    return token


def _ended(name: str) -> str:
    """Say that a pass from a moment ago is refused: another one would be too."""
    raise sign_in_again(name)


def _forget(passwords: Any, account: MailAccount, _progress: Progress) -> str:
    return str(passwords.forget(account))
