"""Handing the message of the card shown to another program: a link, a file, the clipboard."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.core.drafts.model import Enclosure
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.settling import Settling
from followup_desktop.ui.today.sight import Sight

if TYPE_CHECKING:  # they bring SQLAlchemy, 0.3 s: not before the window is painted
    from datetime import datetime

    from followup_desktop.commands.messages import Approved
    from followup_desktop.ui.today.reading import CardView


class Handing(QObject):
    """Offers the ways without an account, and carries the one chosen out."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight, settling: Settling) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        self._runner, self._settling = context.runner, settling
        self._dialog: QFileDialog | None = None
        pane.ways.chosen.connect(self.go)

    def approved(self, view: CardView) -> Approved:
        """Return the message as the owner left it, with what it covers."""
        from followup_desktop.commands.messages import Approved

        subject, text = self._pane.draft.words()
        proposal = view.proposal
        return Approved(
            proposal.follow_up.id,
            subject,
            text,
            self._pane.draft.also.ticked(),
            proposal.template,
            place=proposal.place,
            made=proposal.made,
            known=proposal.known_words,
            enclosures=tuple(one.id for one in proposal.enclosures),
        )

    def offer(self, view: CardView) -> None:
        """Offer the ways, where there is an address."""
        self._settling.keep_wanted.emit()
        if view.beside.email:
            self._pane.show_ways()
        else:
            problem = Problem(
                f"There is no email address for {view.beside.name}.", "Your text is kept.", "Add one, or call."
            )
            self._pane.show_problem(problem)

    @Slot(str)
    def go(self, way: str) -> None:
        """Take a way: account, mailto, eml, copy, or sent."""
        view = self._sight.card
        if view is None:
            return
        if way == "account":
            self._context.go("settings")
        elif way == "mailto" and view.proposal.enclosures:
            self._settling.say(
                Problem("A link cannot take enclosures along.", "Your text is kept.", "Save it as .eml file instead.")
            )
        elif way == "mailto":
            work = partial(_open_mail, self._letter(view))
            self._runner.run(self._page, work, self._on_handed, self._settling.say)
        elif way == "eml":
            self._ask_where(view)
        elif way == "copy":
            QGuiApplication.clipboard().setText(self._pane.draft.words()[1])
            self._pane.ways.show_copied()
        elif way == "sent":
            self._on_handed(None)

    @Slot(str)
    def save_as(self, path: str) -> None:
        """Write the message into a file that a mail program opens for sending."""
        view = self._sight.card
        if view is None:
            return
        letter, enclosed = self._letter(view), view.proposal.enclosures
        folder, now = self._context.program.path.parent, self._context.clock.now()
        work = partial(_write_eml, letter, enclosed, folder, Path(path), now)
        self._runner.run(self._page, work, self._on_handed, self._settling.say)

    def _letter(self, view: CardView) -> tuple[str, str, str, str]:
        subject, text = self._pane.draft.words()
        return view.beside.name, view.beside.email, subject.strip(), text

    def _ask_where(self, view: CardView) -> None:
        self._dialog = QFileDialog(self._page, "Save as .eml file", f"{file_name(view.beside.name)}.eml")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setNameFilter("Messages (*.eml)")
        self._dialog.setDefaultSuffix("eml")
        self._dialog.fileSelected.connect(self.save_as)
        self._dialog.open()

    def _on_handed(self, _nothing: None) -> None:
        view = self._sight.card
        if view is not None:
            from followup_desktop.commands.messages import hand_over

            self._settling.settle(hand_over, self.approved(view))


def file_name(name: str) -> str:
    """Return a customer's name as the name of a file."""
    return re.sub(r"[^\w .-]", "", name).strip(" .")[:60] or "Message"


def _open_mail(letter: tuple[str, str, str, str], _progress: Progress) -> None:
    from followup_desktop.mail.compose import mailto
    from followup_desktop.system.open import checked_link, open_link

    _name, address, subject, text = letter
    open_link(checked_link(mailto(address, subject, text)))


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
