"""What the owner does with a card: send, save, call, text, done, later, skip. Each is one command and can be undone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import moment_words
from followup_desktop.core.drafts.model import Enclosure
from followup_desktop.core.queue.model import Card, Group
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.popover import LaterPopover, Popover, SkipPopover

if TYPE_CHECKING:  # they bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.commands.messages import Approved
    from followup_desktop.core.drafts.queries import Proposal
    from followup_desktop.core.messages.model import MessageId
    from followup_desktop.ui.today.reading import CardView

OTHER_WAYS = ("call", "text", "card", "in_person")
SOON = timedelta(seconds=5)
"""What leaves later than this after the time for undo does not leave now: quiet hours."""


@dataclass(frozen=True, slots=True)
class Current:
    """The card the owner looks at; without `view` its draft is not there yet."""

    card: Card
    view: CardView | None = None

    @property
    def follow_up(self) -> int:
        """The follow-up that leads."""
        return self.card.leading.id


class Doing(QObject):
    """Carries the actions of the page out, for the card shown."""

    settled = Signal(int)  # follow-up that left the list
    keep_wanted = Signal()  # what was typed must be kept first
    back_to_list = Signal()

    def __init__(self, context: Context, page: QWidget, pane: CardPane, zone: Callable[[], str]) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._zone = context, page, pane, zone
        self._runner = context.runner
        self._current: Current | None = None
        self._under_way = 0
        self.popover: Popover | None = None
        self._dialog: QFileDialog | None = None
        self._print_dialog: QWidget | None = None
        for sheet in (pane.call, pane.text, pane.card):
            sheet.reached.connect(self.reached)
            sheet.closed.connect(self.back_to_draft)
        pane.card.print_wanted.connect(self._on_print)
        pane.card.file_wanted.connect(self._on_letter_file)
        for sheet in (pane.call, pane.text):
            sheet.not_reached.connect(self.not_reached)
            sheet.dial.connect(self._on_dial)
        pane.ways.chosen.connect(self._on_way)
        pane.ways.closed.connect(self.back_to_draft)

    def set_current(self, current: Current | None) -> None:
        """Act on this card from now on."""
        self._current = current
        if current is None or current.follow_up != self._under_way:
            self._under_way = 0

    def acts(self) -> dict[str, Callable[[], None]]:
        """Return what each key and button does."""
        return {
            "send": self.send,
            "save_draft": self.save_draft,
            "call": self.call,
            "text": self.text,
            "done": self.done,
            "later": self.later,
            "skip": self.skip,
            "in_person": partial(self._done_by, "in_person"),
            "card": self.card,
            "reached": self.reached,
            "not_reached": self.not_reached,
        }

    @Slot()
    def send(self) -> None:
        """Send the message; without an account, offer other ways. On a sheet it says that it worked."""
        if self._on_sheet_now():
            self.reached()
            return
        view = self._view()
        if view is None:
            return
        if view.beside.business.demo:
            self._pretend(view)
            return
        if not view.account:
            self._offer_ways(view)
            return
        from followup_desktop.commands.messages import send

        name = _first_name(view)
        self._settle(send, self._approved(view), then=partial(self._on_sent, name, view.beside.business.undo_seconds))

    def _pretend(self, view: CardView) -> None:
        """In the demo business nothing leaves: the card goes on as if it had."""
        from followup_desktop.commands.messages import pretend

        self._settle(pretend, self._approved(view))

    @Slot()
    def save_draft(self) -> None:
        """Put the message into the Drafts folder of the account; the card stays."""
        view = self._view()
        if view is None:
            return
        if not view.account:
            self._offer_ways(view)
            return
        from followup_desktop.commands.messages import save_draft

        self.keep_wanted.emit()
        self._pane.forget_problem()
        self._runner.attempt(self._page, save_draft, self._on_saved, self._on_problem, self._approved(view))

    @Slot()
    def call(self) -> None:
        """Show what to say on the phone, or the draft again."""
        if self._pane.shows(self._pane.call):
            self.back_to_draft()
        else:
            self._ask_sheet("call", focus=True)

    @Slot()
    def text(self) -> None:
        """Show a text to send from the phone, or the draft again."""
        if self._pane.shows(self._pane.text):
            self.back_to_draft()
        else:
            self._ask_sheet("text", focus=True)

    @Slot()
    def card(self) -> None:
        """Show the words of a card or letter and its address, or the draft again."""
        if self._pane.shows(self._pane.card):
            self.back_to_draft()
        else:
            self._ask_sheet("card", focus=True)

    def begin(self) -> None:
        """Show what the card asks for when it is not an email; the focus stays in the list."""
        channel = self._current.card.channel if self._current is not None else ""
        if channel in ("call", "text"):
            self._ask_sheet(channel, focus=False)

    @Slot()
    def done(self) -> None:
        """Note that it was done: the way the follow-up asks for, else in person."""
        if self._on_sheet_now():
            self.reached()
        elif self._current is not None:
            channel = self._current.card.channel
            self._done_by(channel if channel in OTHER_WAYS else "in_person")

    @Slot()
    def reached(self) -> None:
        """Note that the call or the text reached them."""
        if self._pane.shows(self._pane.call):
            self._done_by("call", self._pane.call.note_text())
        elif self._pane.shows(self._pane.text):
            self._done_by("text", self._pane.text.words.text())
        elif self._pane.shows(self._pane.card):
            self._done_by("card", self._pane.card.words.text())

    @Slot()
    def not_reached(self) -> None:
        """Nobody answered: try again tomorrow."""
        if self._pane.shows(self._pane.call) and self._current is not None:
            self._put_off((self._today() + timedelta(days=1)).isoformat())

    @Slot()
    def later(self) -> None:
        """Ask until when it is put off."""
        if self._current is not None:
            self._open(LaterPopover(self._context.theme, self._today(), self._page), "later", self._put_off)

    @Slot()
    def skip(self) -> None:
        """Ask why it is skipped."""
        if self._current is not None:
            promised = self._current.card.group is Group.PROMISED
            note = "The promise is taken back with it." if promised else ""
            self._open(SkipPopover(self._context.theme, note, self._page), "skip", self._skip_for)

    @Slot()
    def back_to_draft(self) -> None:
        """Leave a sheet, with what was written there."""
        self._pane.turn_to(self._pane.draft)
        self.back_to_list.emit()

    def take_back(self) -> None:
        """Call the message back before it leaves."""
        from followup_desktop.commands.undo import undo_last

        self._runner.do(self._page, undo_last, None)

    # Settling

    def _settle(self, command: Any, *given: Any, then: Callable[[Done[Any]], None] | None = None, **more: Any) -> None:
        """Run a command after which the card leaves the list; what was typed is kept first, for Undo."""
        current = self._current
        if current is None or current.follow_up == self._under_way:
            return
        self.keep_wanted.emit()
        self._under_way = current.follow_up
        self._pane.forget_problem()
        after = partial(self._on_settled, current.follow_up, then)
        self._runner.attempt(self._page, command, after, self._on_problem, *given, **more)

    def _on_settled(self, follow_up: int, then: Callable[[Done[Any]], None] | None, done: Done[Any]) -> None:
        self.settled.emit(follow_up)
        if then is not None:
            then(done)

    def _done_by(self, how: str, note: str = "") -> None:
        from followup_desktop.commands.messages import done

        if self._current is not None:
            self._settle(done, self._current.follow_up, how, note, also=self._pane.draft.also())

    def _put_off(self, day: str) -> None:
        from followup_desktop.commands.messages import later

        if self._current is not None:
            self._settle(later, self._current.follow_up, date.fromisoformat(day))

    def _skip_for(self, why: str) -> None:
        from followup_desktop.commands.messages import skip

        if self._current is not None:
            self._settle(skip, self._current.follow_up, why)

    def _on_problem(self, problem: Problem) -> None:
        self._under_way = 0
        self._pane.busy.finish()
        self._pane.show_problem(problem)

    # Mail

    def _approved(self, view: CardView) -> Approved:
        from followup_desktop.commands.messages import Approved

        subject, text = self._pane.draft.words()
        proposal = view.proposal
        return Approved(
            proposal.follow_up.id,
            subject,
            text,
            self._pane.draft.also(),
            proposal.template,
            place=proposal.place,
            made=proposal.made,
            known=proposal.known_words,
            enclosures=tuple(one.id for one in proposal.enclosures),
        )

    def _on_sent(self, name: str, seconds: int, done: Done[MessageId]) -> None:
        self._context.wake_outbox()
        self._runner.ask(self._page, partial(_leaves_at, done.result), partial(self._count, name, seconds, done))

    def _count(self, name: str, seconds: int, done: Done[MessageId], leaves: datetime | None) -> None:
        now = self._context.clock.now()
        if leaves is None:
            return
        if leaves <= now + timedelta(seconds=seconds) + SOON:
            self._context.count_down(f"Sending to {name}", seconds, self.take_back)
            return
        when = moment_words(leaves, now, self._zone())
        self._context.say(Done(None, Changes(), done.step, f"To {name}: leaves {when}, after the quiet hours"))

    def _on_saved(self, done: Done[MessageId]) -> None:
        self._pane.busy.start("Putting it into Drafts")
        program, passwords = self._context.program, self._context.passwords
        work = partial(_upload, program, passwords, done.result)
        self._runner.run(self._page, work, self._on_uploaded, self._on_problem)

    def _on_uploaded(self, _nothing: None) -> None:
        self._pane.busy.finish()

    # Without an account

    def _offer_ways(self, view: CardView) -> None:
        self.keep_wanted.emit()
        if view.beside.email:
            self._pane.show_ways()
        else:
            problem = Problem(
                f"There is no email address for {view.beside.name}.", "Your text is kept.", "Add one, or call."
            )
            self._pane.show_problem(problem)

    @Slot(str)
    def _on_way(self, way: str) -> None:
        view = self._view()
        if view is None:
            return
        if way == "account":
            self._context.go("settings")
        elif way == "mailto" and view.proposal.enclosures:
            self._on_problem(
                Problem("A link cannot take enclosures along.", "Your text is kept.", "Save it as .eml file instead.")
            )
        elif way == "mailto":
            self._runner.run(self._page, partial(_open_mail, self._letter(view)), self._on_handed, self._on_problem)
        elif way == "eml":
            self._ask_where(view)
        elif way == "copy":
            QGuiApplication.clipboard().setText(self._pane.draft.words()[1])
            self._pane.ways.show_copied()
        elif way == "sent":
            self._on_handed(None)

    def _letter(self, view: CardView) -> tuple[str, str, str, str]:
        subject, text = self._pane.draft.words()
        return view.beside.name, view.beside.email, subject.strip(), text

    def _ask_where(self, view: CardView) -> None:
        self._dialog = QFileDialog(self._page, "Save as .eml file", f"{_file_name(view.beside.name)}.eml")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setNameFilter("Messages (*.eml)")
        self._dialog.setDefaultSuffix("eml")
        self._dialog.fileSelected.connect(self.save_as)
        self._dialog.open()

    @Slot(str)
    def save_as(self, path: str) -> None:
        """Write the message into a file that a mail program opens for sending."""
        view = self._view()
        if view is not None:
            work = partial(
                _write_eml,
                self._letter(view),
                view.proposal.enclosures,
                self._context.program.path.parent,
                Path(path),
                self._context.clock.now(),
            )
            self._runner.run(self._page, work, self._on_handed, self._on_problem)

    def _on_handed(self, _nothing: None) -> None:
        view = self._view()
        if view is not None:
            from followup_desktop.commands.messages import hand_over

            self._settle(hand_over, self._approved(view))

    # Sheets and popovers

    def _on_sheet_now(self) -> bool:
        return any(self._pane.shows(sheet) for sheet in (self._pane.call, self._pane.text, self._pane.card))

    def _ask_sheet(self, way: str, *, focus: bool) -> None:
        view = self._view()
        if view is None:
            return
        self.keep_wanted.emit()
        question = partial(_sheet, view.proposal.follow_up.id, self._context.program, self._context.clock.now(), way)
        then = partial(self._on_sheet, view, focus)
        self._runner.ask(self._page, question, then, failed=self._on_problem, newest="sheet")

    def _on_sheet(self, view: CardView, focus: bool, sheet: Proposal) -> None:
        if (
            self._current is not None
            and self._current.view is not None
            and self._current.follow_up == sheet.follow_up.id
        ):
            if sheet.channel == "call":
                self._pane.show_call(view.beside, sheet, focus=focus)
            elif sheet.channel == "text":
                self._pane.show_text(view.beside, sheet.text, focus=focus)
            else:
                self._pane.show_written(view.beside, sheet)

    @Slot()
    def _on_print(self) -> None:
        from followup_desktop.ui.today.letter import print_letter  # brings the printer's part of Qt

        self._print_dialog = print_letter(self._page, self._pane.card.letter())

    @Slot()
    def _on_letter_file(self) -> None:
        name = self._current.card.name if self._current is not None else ""
        self._dialog = QFileDialog(self._page, "Save as PDF", f"{_file_name(name)}.pdf")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setNameFilter("PDF (*.pdf)")
        self._dialog.setDefaultSuffix("pdf")
        self._dialog.fileSelected.connect(self.save_letter)
        self._dialog.open()

    @Slot(str)
    def save_letter(self, path: str) -> None:
        """Write the card with its address into a PDF to print."""
        from followup_desktop.ui.today.letter import letter_pdf

        try:
            letter_pdf(Path(path), self._pane.card.letter())
        except Problem as problem:
            self._on_problem(problem)

    @Slot(str)
    def _on_dial(self, link: str) -> None:
        self._runner.run(self._page, partial(_open_link, link), _opened, self._on_problem)

    def _open(self, popover: Popover, action: str, answered: Callable[[str], None]) -> None:
        self.popover = popover
        popover.answered.connect(answered)
        button = self._pane.button(action)
        popover.open_above(button if button.isVisible() else self._pane.action_row)

    def _today(self) -> date:
        from followup_desktop.base.zones import local_day

        return local_day(self._context.clock.now(), self._zone())

    def _view(self) -> CardView | None:
        return self._current.view if self._current is not None else None


def _sheet(follow_up: int, program: Any, now: datetime, way: str, session: Any) -> Proposal:
    from followup_desktop.ui.today.reading import read_sheet

    return read_sheet(session, follow_up, program.templates, now, way)


def _leaves_at(message: MessageId, session: Any) -> datetime | None:
    from followup_desktop.ui.today.reading import leaves_at

    return leaves_at(session, message)


def _upload(program: Any, passwords: Any, message: MessageId, _progress: Progress) -> None:
    from followup_desktop.jobs.post import Post
    from followup_desktop.jobs.sent import upload_draft

    upload_draft(program.desk, Post(passwords.of), message)


def _open_mail(letter: tuple[str, str, str, str], _progress: Progress) -> None:
    from followup_desktop.mail.compose import mailto
    from followup_desktop.system.open import checked_link, open_link

    _name, address, subject, text = letter
    open_link(checked_link(mailto(address, subject, text)))


def _open_link(link: str, _progress: Progress) -> None:
    from followup_desktop.system.open import checked_link, open_link

    open_link(checked_link(link))


def _opened(_nothing: None) -> None:
    """Wait for nothing more: the system's own program has it."""


def _write_eml(
    letter: tuple[str, str, str, str],
    enclosures: tuple[Enclosure, ...],
    folder: Path,
    path: Path,
    now: datetime,
    _progress: Progress,
) -> None:
    from followup_desktop.mail.compose import Attachment, Letter, eml
    from followup_desktop.store import files

    name, address, subject, text = letter
    enclosed = tuple(Attachment(one.file_name, files.get(folder, one.sha256, one.name)) for one in enclosures)
    raw = eml(Letter("", "", name, address, subject, text, "", now, attachments=enclosed))
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
    except OSError as error:
        raise Problem(
            f"The file could not be written: {error.strerror}.", "Your text is kept.", "Choose another place."
        ) from error


def _first_name(view: CardView) -> str:
    return view.proposal.customer.person.given_name or view.beside.name


def _file_name(name: str) -> str:
    return re.sub(r"[^\w .-]", "", name).strip(" .")[:60] or "Message"
