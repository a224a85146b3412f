"""Mailing the card shown: through the account, into its Drafts, or, without one, by another program."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.zones import Quiet
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.today import questions
from followup_desktop.ui.today.handing import Handing
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.settling import Settling
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # they bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.messages.model import MessageId

SOON = timedelta(seconds=5)
"""What leaves later than this after the time for undo does not leave now: quiet hours."""


class Mailing(QObject):
    """Sends the message of the card shown, or saves it."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight, settling: Settling) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        self._runner, self._settling = context.runner, settling
        self._planning = 0
        self.handing = Handing(context, page, pane, sight, settling)

    @Slot()
    def send(self) -> None:
        """Send the message; without an account, offer other ways. In the demo nothing leaves: it goes on as if."""
        view = self._sight.card
        if view is None:
            return
        if view.beside.business.demo:
            from followup_desktop.commands.messages import pretend

            self._settling.settle(pretend, self.handing.approved(view))
        elif not view.account:
            self.handing.offer(view)
        else:
            from followup_desktop.commands.messages import send

            name = view.proposal.customer.person.given_name or view.beside.name
            then = partial(self._on_sent, name, view.beside.business.undo_seconds)
            self._settling.settle(send, self.handing.approved(view), then=then)

    @Slot()
    def send_later(self) -> None:
        """Ask when the message is to leave, and plan it; without an account, offer other ways."""
        view = self._sight.card
        if view is None:
            return
        if view.beside.business.demo or not view.account:
            self.send()
            return
        from followup_desktop.ui.parts.send_later import Clocks, SendLaterDialog

        business, person = view.beside.business, view.proposal.customer.person
        quiet = Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays)
        clocks = Clocks(view.beside.name, person.zone or business.zone, business.zone, quiet)
        self._planning = view.proposal.follow_up.id
        dialog = SendLaterDialog(self._context, self._page.window(), clocks)
        dialog.chosen.connect(self._on_planned)
        dialog.show()

    @Slot(object)
    def _on_planned(self, at: datetime) -> None:
        view = self._sight.card
        if view is not None and view.proposal.follow_up.id == self._planning:
            from followup_desktop.commands.messages import send

            self._settling.settle(send, replace(self.handing.approved(view), at=at), then=self._on_waiting)

    def _on_waiting(self, _done: Done[MessageId]) -> None:
        self._context.wake_outbox()

    @Slot()
    def save_draft(self) -> None:
        """Put the message into the Drafts folder of the account; the card stays."""
        view = self._sight.card
        if view is None:
            return
        if not view.account:
            self.handing.offer(view)
            return
        from followup_desktop.commands.messages import save_draft

        self._settling.keep_wanted.emit()
        self._pane.forget_problem()
        approved = self.handing.approved(view)
        self._runner.attempt(self._page, save_draft, self._on_saved, self._settling.say, approved)

    def take_back(self) -> None:
        """Call the message back before it leaves."""
        from followup_desktop.commands.undo import undo_last

        self._runner.do(self._page, undo_last, None)

    def _on_sent(self, name: str, seconds: int, done: Done[MessageId]) -> None:
        self._context.wake_outbox()
        question = partial(questions.leaves_at, done.result)
        self._runner.ask(self._page, question, partial(self._count, name, seconds, done))

    def _count(self, name: str, seconds: int, done: Done[MessageId], leaves: datetime | None) -> None:
        now = self._context.clock.now()
        if leaves is not None and leaves <= now + timedelta(seconds=seconds) + SOON:
            self._context.count_down(f"Sending to {name}", seconds, self.take_back)

    def _on_saved(self, done: Done[MessageId]) -> None:
        self._pane.busy.start("Putting it into Drafts")
        work = partial(_upload, self._context.program, self._context.passwords, done.result)
        self._runner.run(self._page, work, self._on_uploaded, self._settling.say)

    def _on_uploaded(self, _nothing: None) -> None:
        self._pane.busy.finish()


def _upload(program: Any, passwords: Any, message: MessageId, _progress: Progress) -> None:
    from followup_desktop.jobs.post import Post
    from followup_desktop.jobs.sent import upload_draft

    upload_draft(program.desk, Post(passwords.of), message)
