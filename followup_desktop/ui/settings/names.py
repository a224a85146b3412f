"""As whom an account writes: its own name and signature, and other names beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.core.messages.model import MailAccount, NewIdentity, Sender
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, MenuButton
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import ShortText


class AccountsRow(QWidget):
    """Which account is looked at, where there are several, and the way to another one."""

    chosen = Signal(int)
    usual = Signal()
    another = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.which = MenuButton(theme, "Account")
        self.make_usual = Button(theme, "Make it the usual one", size="small")
        self.other = Button(theme, "", icon="warning", size="small")
        self.other.hide()
        self._paused = 0
        self.add = Button(theme, "Add another account", icon="plus", size="small")
        self.which.chosen.connect(self._on_chosen)
        self.make_usual.clicked.connect(self.usual)
        self.other.clicked.connect(self._on_other)
        self.add.clicked.connect(self.another)
        row = FlowLayout(self, gap=theme.px(8))
        for widget in (self.which, self.make_usual, self.add, self.other):
            row.addWidget(widget)

    def show_accounts(self, accounts: Sequence[MailAccount], shown: MailAccount) -> None:
        """Offer these accounts; the one shown is chosen."""
        self.which.set_choices([(str(each.id), _called(each)) for each in accounts])
        self.which.choose(str(shown.id))
        self.which.setVisible(len(accounts) > 1)
        self.make_usual.setVisible(len(accounts) > 1 and not shown.is_usual)
        waiting = next((each for each in accounts if each.paused and each.id != shown.id), None)
        self._paused = waiting.id if waiting is not None else 0
        words = f"{waiting.address} is paused{', too' if shown.paused else ''}" if waiting is not None else ""
        self.other.setText(words)
        self.other.setAccessibleName(words)
        self.other.setVisible(waiting is not None)

    @Slot(str)
    def _on_chosen(self, account: str) -> None:
        self.chosen.emit(int(account))

    @Slot()
    def _on_other(self) -> None:
        self.chosen.emit(self._paused)


class SenderRow(QWidget):
    """One name: how it looks to customers, where answers go, what stands below."""

    edit_wanted = Signal(object)

    def __init__(self, theme: Theme, sender: Sender) -> None:
        super().__init__()
        self._sender = sender
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(ShortText(sender_words(sender), "strong"))
        column.addWidget(ShortText(" · ".join(_details(sender)), "muted"))
        self.edit = Button(theme, "Edit", icon="pencil-simple", size="small", name=f"Edit the name {sender.address}")
        self.edit.clicked.connect(self._on_edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        row.addLayout(column, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._sender)


class NamesCard(Card):
    """All names an account can write under."""

    wanted = Signal(object)  # the Sender to change, or None for a new one

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Name and signature", parent)
        self.rows: list[SenderRow] = []
        self.add = Button(theme, "Add another name", icon="plus", size="small")
        self.add.clicked.connect(self._on_add)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_senders(self, senders: Sequence[Sender]) -> None:
        """Show these names instead."""
        self.rows = [SenderRow(self.theme, sender) for sender in senders]
        for row in self.rows:
            row.edit_wanted.connect(self.wanted)
        self.show_rows(self.rows, at=1)

    @Slot()
    def _on_add(self) -> None:
        self.wanted.emit(None)


class NameDialog(EntryDialog):
    """One name of an account. Ctrl+Enter saves; what was removed comes back with Undo."""

    def __init__(self, context: Context, parent: QWidget, account: MailAccount, sender: Sender | None) -> None:
        title = f"Edit {sender.address}" if sender else "Add another name"
        super().__init__(context, title, "Save" if sender else "Add", parent)
        self._account, self._sender = account, sender
        self.name, self.address, self.reply_to = QLineEdit(), QLineEdit(), QLineEdit()
        self.signature = QPlainTextEdit()
        self.signature.setTabChangesFocus(True)
        self.signature.setFixedHeight(self.theme.px(96))
        mailbox = "Another address of the same mailbox. Your provider has to allow it."
        answers = "Only if they should go elsewhere. Answers that do not come to this mailbox are not seen here."
        lines = {
            "Name customers see": (self.name, ""),
            "Address": (self.address, mailbox),
            "Answers go to": (self.reply_to, answers),
            "Signature": (self.signature, "These lines stand below each message, after two dashes."),
        }
        for label, (control, hint) in lines.items():
            if control is not self.address or sender is None or sender.identity is not None:
                self.column.addWidget(FormLine(self.theme, label, control, hint))
        self.name.setText(sender.name if sender else account.name)
        self.address.setText(sender.address if sender else "")
        self.reply_to.setText(sender.reply_to if sender else "")
        self.signature.setPlainText(sender.signature if sender else account.signature)
        if sender is not None and sender.identity is not None:
            self.remove = Button(self.theme, "Remove", icon="trash", size="small", name=f"Remove {sender.address}")
            self.remove.clicked.connect(self._on_remove)
            self.column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.resize(self.theme.px(460), self.theme.px(500))
        self.name.setFocus()

    def save(self) -> None:
        """Keep what was entered."""
        from followup_desktop.commands import accounts

        self.clear_problem()
        self.busy(True)
        runner, sender = self.context.runner, self._sender
        new = NewIdentity(self.name.text(), self.address.text(), self.reply_to.text(), self.signature.toPlainText())
        if sender is None:
            runner.attempt(self, accounts.add_identity, self._on_saved, self.show_problem, self._account.id, new)
        else:
            runner.attempt(
                self, accounts.describe, self._on_saved, self.show_problem, self._account.id, new, sender.identity
            )

    @Slot()
    def _on_remove(self) -> None:
        from followup_desktop.commands import accounts

        if self._sender is not None and self._sender.identity is not None:
            gone = (self._account.id, self._sender.identity)
            self.context.runner.attempt(self, accounts.remove_identity, self._on_saved, self.show_problem, *gone)

    def _on_saved(self, _done: object) -> None:
        self.accept()


def sender_words(sender: Sender) -> str:
    """Return a name and its address, for a list of choices."""
    return f"{sender.name} <{sender.address}>" if sender.name else sender.address


def _called(account: MailAccount) -> str:
    return f"{account.address} (usual)" if account.is_usual else account.address


def _details(sender: Sender) -> list[str]:
    said = [f"answers go to {sender.reply_to}"] if sender.reply_to else []
    first = sender.signature.partition("\n")[0]
    return [*said, f"signed “{first}”" if first else "no signature"]
