"""The mail between a customer and us, both ways, as plain text; what came with it is fetched when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import moment_words
from followup_desktop.core.messages.model import Attached, Letter
from followup_desktop.core.messages.rules import may_be_opened, safe_name, size_words
from followup_desktop.core.queue.model import About
from followup_desktop.system.open import open_file
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.text import Text, plain

KINDS = {"bounce": "Came back", "auto": "Automatic reply", "report": "Called spam"}
MOST_FILES = 8


def threads(letters: Sequence[Letter], name: str, now: datetime, zone: str) -> list[Group]:
    """Return letters in their threads, each thread below its subject."""
    groups: dict[int, list[Letter]] = {}
    for one in letters:
        groups.setdefault(one.thread, []).append(one)
    return [
        Group(str(thread), some[0].subject or "Without a subject", [_item(one, name, now, zone) for one in some])
        for thread, some in groups.items()
    ]


def _item(one: Letter, name: str, now: datetime, zone: str) -> Item:
    who = "You" if one.ours else KINDS.get(one.kind, name)
    note = f"{moment_words(one.at, now, zone)}{' · shown' if one.seen else ''}"
    files = f"{len(one.attached)} attached · " if one.attached else ""
    first = " ".join(one.text.split())[:160]
    return Item(one.id, who, f"{files}{first}", note, tip=plain(one.subject))


class MailTab(QWidget):
    """The threads, and below them the letter one looks at. Looking at it fetches nothing from anywhere."""

    put_right_wanted = Signal(object)  # Letter
    promise_wanted = Signal(object)  # Letter

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._letters: dict[int, Letter] = {}
        self._chosen: Letter | None = None
        px = context.theme.px
        self.list = GroupedList(context.theme, "Mail")
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.nothing = Text("No mail yet, neither way.", "muted", wrap=True)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName("The letter")
        self.fold = Button(context.theme, "Show what it quotes", "link")
        self.problem = Banner(context.theme, tone="danger")
        self.problem.hide()
        self._files = QWidget()
        self._row = QVBoxLayout(self._files)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(2), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.words, 1)
        column.addWidget(self.fold)
        column.addWidget(self._made_actions())
        column.addWidget(self._files)
        column.addWidget(self.problem)
        self.fold.clicked.connect(self._on_fold)
        self.list.chosen.connect(self._on_chosen)

    def show_person(self, about: About, now: datetime) -> None:
        """Show a customer's mail."""
        self._letters = {int(one.id): one for one in about.letters}
        self.nothing.setVisible(not about.letters)
        self.list.setVisible(bool(about.letters))
        self.list.show_groups(threads(about.letters, about.customer.name, now, about.zone))
        here = self._letters.get(int(self._chosen.id)) if self._chosen is not None else None
        self._show(here)

    def show_letter(self, message: int) -> None:
        """Show one of the letters, or the one chosen before where it is not among them."""
        if message in self._letters:
            self.list.select(message)

    def shown(self) -> Letter | None:
        """Return the letter shown."""
        return self._chosen

    def _made_actions(self) -> QWidget:
        self.actions_row = ActionRow(self._context.theme, "What to do about this letter")
        promise = Button(self._context.theme, "Promise", icon="handshake", size="small", name="Promise something")
        wrong = Button(self._context.theme, "Something went wrong", icon="lifebuoy", size="small")
        self.promise_button, self.wrong_button = self.actions_row.add(promise), self.actions_row.add(wrong)
        promise.clicked.connect(self._on_promise)
        wrong.clicked.connect(self._on_wrong)
        return self.actions_row

    @Slot()
    def _on_promise(self) -> None:
        if self._chosen is not None:
            self.promise_wanted.emit(self._chosen)

    @Slot()
    def _on_wrong(self) -> None:
        if self._chosen is not None:
            self.put_right_wanted.emit(self._chosen)

    def file_buttons(self) -> list[Button]:
        """Return the buttons of what came with the letter shown."""
        return self._files.findChildren(Button)

    @Slot(object)
    def _on_chosen(self, key: object) -> None:
        self._show(self._letters.get(key) if isinstance(key, int) else None)

    def _show(self, one: Letter | None) -> None:
        same = one is not None and self._chosen is not None and one.id == self._chosen.id
        self._chosen = one
        self.words.setVisible(one is not None)
        self._files.setVisible(one is not None and bool(one.attached))
        self.fold.setVisible(one is not None and bool(one.whole))
        self.actions_row.setVisible(one is not None)
        self.wrong_button.setVisible(one is not None and not one.ours and one.kind not in KINDS)
        if same:
            return
        self.problem.hide()
        self.fold.setText("Show what it quotes")
        self.words.setPlainText(one.text if one is not None else "")
        self._show_files(one.attached[:MOST_FILES] if one is not None else ())

    def _show_files(self, files: Sequence[Attached]) -> None:
        while (old := self._row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for one in files:
            self._row.addWidget(self._file(one))

    def _file(self, one: Attached) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        shown = safe_name(one.name)
        row.addWidget(Text(f"{shown}, {size_words(one.size)}", "label", wrap=True), 1)
        for text, wanted in (("Open", may_be_opened(one.name)), ("Save as…", True)):
            if wanted:
                button = Button(self._context.theme, text, size="small", name=f"{text} {shown}")
                button.setProperty("file", one.name)
                button.clicked.connect(self._on_open if text == "Open" else self._on_save)
                row.addWidget(button)
        return line

    @Slot()
    def _on_fold(self) -> None:
        if self._chosen is not None:
            whole = self.fold.text() == "Show what it quotes"
            self.words.setPlainText(self._chosen.whole if whole else self._chosen.text)
            self.fold.setText("Fold what it quotes" if whole else "Show what it quotes")

    @Slot()
    def _on_open(self) -> None:
        self._fetch(self._name_pressed(), None)

    @Slot()
    def _on_save(self) -> None:
        name = self._name_pressed()
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save", safe_name(name))
        if chosen:
            self._fetch(name, Path(chosen))

    def _name_pressed(self) -> str:
        button = self.sender()
        return str(button.property("file")) if isinstance(button, Button) else ""

    def _fetch(self, name: str, target: Path | None) -> None:
        """Fetch an attachment from the mailbox in the background, then open or save it."""
        if self._chosen is None or not name:
            return
        program, passwords = self._context.program, self._context.passwords
        work = partial(_fetched, program, passwords, int(self._chosen.id), name, target)
        self.problem.say("Fetching", f"{safe_name(name)} from your mailbox.", tone="accent")
        self.problem.show()
        self._context.runner.run(self, work, self._on_fetched, self._on_failed)

    def _on_fetched(self, found: tuple[Path, bool]) -> None:
        path, to_open = found
        if to_open:
            self.problem.hide()
            try:
                open_file(path)
            except Problem as problem:
                self._on_failed(problem)
        else:
            self.problem.say("Saved", str(path), tone="accent")

    def _on_failed(self, problem: Problem) -> None:
        self.problem.say(problem.happened, f"{problem.kept} {problem.to_do}".strip(), tone="danger")
        self.problem.show()


def _fetched(
    program: object, passwords: object, message: int, name: str, target: Path | None, _progress: Progress
) -> tuple[Path, bool]:
    from followup_desktop.jobs import attachments
    from followup_desktop.jobs.post import Post

    data = attachments.fetch(program.desk, Post(passwords.of), message, name)  # type: ignore[attr-defined]
    if target is not None:
        attachments.kept_as(data, target)
        return target, False
    return attachments.kept(data, name), True
