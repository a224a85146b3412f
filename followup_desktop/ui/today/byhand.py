"""Doing the card shown by hand: what to say by phone, in a text or on a card, and whether it reached them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.today import questions
from followup_desktop.ui.today.handing import file_name
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.settling import Settling
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # they bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal
    from followup_desktop.ui.today.reading import CardView


class ByHand(QObject):
    """Shows the sheets in place of the draft, and carries out what is pressed on them."""

    back_to_list = Signal()

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight, settling: Settling) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        self._runner, self._settling = context.runner, settling
        self._sheet: Proposal | None = None
        self._dialog: QFileDialog | None = None
        self._print_dialog: QWidget | None = None
        self._sheets: dict[str, QWidget] = {"call": pane.call, "text": pane.text, "card": pane.card}
        for sheet in (pane.call, pane.text, pane.card):
            sheet.reached.connect(self.reached)
            sheet.closed.connect(self.back_to_draft)
        for phone in (pane.call, pane.text):
            phone.not_reached.connect(self.not_reached)
            phone.dial.connect(self._on_dial)
        pane.call.went_wrong.connect(self.went_wrong)
        pane.card.print_wanted.connect(self._on_print)
        pane.card.envelope_wanted.connect(self._on_envelope)
        pane.card.file_wanted.connect(self._on_letter_file)
        pane.ways.closed.connect(self.back_to_draft)

    def shows_sheet(self) -> bool:
        """Whether a sheet stands in place of the draft."""
        return any(self._pane.shows(sheet) for sheet in self._sheets.values())

    def turn(self, way: str) -> None:
        """Show what to say by `way` (call, text or card), or the draft again."""
        if self._pane.shows(self._sheets[way]):
            self.back_to_draft()
        else:
            self._ask(way, focus=True)

    @Slot()
    def begin(self) -> None:
        """Show what the card asks for when it is not an email; the focus stays in the list."""
        channel = self._sight.current.card.channel if self._sight.current is not None else ""
        if channel in ("call", "text"):
            self._ask(channel, focus=False)

    @Slot()
    def reached(self) -> None:
        """Note that the call, the text or the card reached them."""
        if self._pane.shows(self._pane.call):
            self._settling.done_by("call", self._pane.call.note_text())
        elif self._pane.shows(self._pane.text):
            self._settling.done_by("text", self._pane.text.words.text(), sheet=self._sheet)
        elif self._pane.shows(self._pane.card):
            self._settling.done_by("card", self._pane.card.words.text(), sheet=self._sheet)

    @Slot()
    def went_wrong(self) -> None:
        """They said on the phone that something went wrong: the call is done, and a case opens in their words."""
        call = self._pane.call
        if self._pane.shows(call) and not call.note_text():
            call.ask_what()
        elif self._pane.shows(call):
            self._settling.done_by("call", call.note_text(), went_wrong=True)

    @Slot()
    def not_reached(self) -> None:
        """Nobody answered: try again tomorrow."""
        if self._pane.shows(self._pane.call):
            self._settling.put_off((self._sight.today() + timedelta(days=1)).isoformat())

    @Slot()
    def back_to_draft(self) -> None:
        """Leave a sheet, with what was written there."""
        self._pane.turn_to(self._pane.draft)
        self.back_to_list.emit()

    @Slot(str)
    def save_letter(self, path: str) -> None:
        """Write the card with its address into a PDF to print."""
        from followup_desktop.ui.today.letter import letter_pdf

        try:
            letter_pdf(Path(path), self._pane.card.letter())
        except Problem as problem:
            self._settling.say(problem)

    def _ask(self, way: str, *, focus: bool) -> None:
        view = self._sight.card
        if view is None:
            return
        self._settling.keep_wanted.emit()
        now = self._context.clock.now()
        question = partial(questions.sheet, view.proposal.follow_up.id, self._context.program, now, way)
        then = partial(self._show, view, focus)
        self._runner.ask(self._page, question, then, failed=self._settling.say, newest="sheet")

    def _show(self, view: CardView, focus: bool, sheet: Proposal) -> None:
        current = self._sight.current
        if current is None or current.view is None or current.follow_up != sheet.follow_up.id:
            return
        self._sheet = sheet
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
    def _on_envelope(self) -> None:
        from followup_desktop.ui.today.letter import print_letter  # brings the printer's part of Qt

        self._print_dialog = print_letter(self._page, self._pane.card.letter(), envelope=True)

    @Slot()
    def _on_letter_file(self) -> None:
        name = self._sight.current.card.name if self._sight.current is not None else ""
        self._dialog = QFileDialog(self._page, "Save as PDF", f"{file_name(name)}.pdf")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setNameFilter("PDF (*.pdf)")
        self._dialog.setDefaultSuffix("pdf")
        self._dialog.fileSelected.connect(self.save_letter)
        self._dialog.open()

    @Slot(str)
    def _on_dial(self, link: str) -> None:
        self._runner.run(self._page, partial(_open_link, link), _opened, self._settling.say)


def _open_link(link: str, _progress: Progress) -> None:
    from followup_desktop.system.open import checked_link, open_link

    open_link(checked_link(link))


def _opened(_nothing: None) -> None:
    """Wait for nothing more: the system's own program has it."""
