"""Copies of the store: taken by themselves, taken now, and put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import exact_words, moment_words
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.settings.copies import Copy, copies_of
from followup_desktop.ui.settings.section import Section
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.table import Column, RecordTable
from followup_desktop.ui.widgets.text import Text

SECOND_FOLDER = "computer.backup_folder"
BY_ITSELF = (
    "The program copies the store by itself, checks each copy, and keeps one a day for 7 days, one a week for 4 weeks "
    "and one a month for 6 months."
)
STOLEN = (
    "Copies on this disk help against a mistake or a damaged file. They do not help when the laptop is stolen or the "
    "disk breaks: for that, choose a second folder."
)
ROWS_SHOWN = 6


class BackupsSection(Section):
    """The last copy, a second folder, and every copy that can be put back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Backups")
        px = self.theme.px
        self._copies: list[Copy] = []
        self._chosen: Path | None = None
        self._copying = False
        self.last = Banner(self.theme)
        self.column.insertWidget(1, self.last)
        self.copy = Button(self.theme, "Copy now", icon="floppy-disk")
        self.copy.clicked.connect(self._on_copy)
        self.busy = BusyLine(self.theme, cancel=False)
        now = QHBoxLayout()
        now.addWidget(self.copy)
        now.addWidget(self.busy, 1)
        now.addStretch(0)
        self.column.insertLayout(2, now)
        self.column.insertWidget(3, Text(f"{BY_ITSELF} {STOLEN}", wrap=True))
        self.add(Text("Put a copy back", "strong"))
        self.table = self._built_table()
        panel = Panel()
        panel.setObjectName("card")
        panel.column.setContentsMargins(1, px(4), 1, px(4))
        panel.column.addWidget(self.table)
        self.add(panel)
        self.restore = Button(self.theme, "Restore…")
        self.restore.clicked.connect(self._on_restore)
        self.other = Button(self.theme, "Another file…", "flat", icon="folder-open")
        self.other.clicked.connect(self._on_other)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.restore)
        row.addWidget(self.other)
        row.addStretch(1)
        self.column.addLayout(row)
        self.question = self._built_question()
        self.add(self.question)
        self._show([])

    def reload(self) -> None:
        """Look for copies."""
        if self.context.program is None:
            return
        work = partial(_look, self.context.program.path, self.context.places.backups, self._second())
        self.runner.run(self, work, self._show, self._on_trouble)

    def left(self) -> None:
        """Ask no longer."""
        self.question.hide()

    def setting_changed(self, key: str) -> None:
        """Look for copies in the new second folder as well."""
        super().setting_changed(key)
        if key == SECOND_FOLDER:
            self.reload()

    def _second(self) -> Path | None:
        folder = str(self.context.settings.value(SECOND_FOLDER))
        return Path(folder) if folder else None

    def _built_table(self) -> RecordTable[Copy]:
        columns = (
            Column[Copy]("at", "Taken", self._when, "strong", 220, tip=self._exactly, stretch=True),
            Column[Copy]("where", "Lies in", lambda c: c.where, "muted", 170),
            Column[Copy]("size", "Size", _size, "muted", 90),
        )
        table: RecordTable[Copy] = RecordTable(self.theme, "Copies", columns, lambda c: str(c.path))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.chosen.connect(self._on_chosen)
        table.opened.connect(self._on_restore)
        return table

    def _built_question(self) -> QWidget:
        px = self.theme.px
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.asks = Banner(self.theme, tone="warning")
        self.yes = Button(self.theme, "Restore this copy", "danger")
        self.no = Button(self.theme, "Leave it", "flat")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column.addWidget(self.asks)
        column.addLayout(row)
        question.hide()
        return question

    def _show(self, copies: list[Copy]) -> None:
        self._copies = copies
        self.table.show_rows(copies)
        rows = min(max(len(copies), 1), ROWS_SHOWN)
        px = self.theme.px
        self.table.setFixedHeight(px(31) + rows * px(self.theme.tokens.row_px["table"]) + 2)
        self.restore.setEnabled(self.table.selected() is not None)
        if not copies:
            self.last.say("There is no copy yet.", "One is made within the hour.", tone="warning")
        else:
            self.last.say(f"Last copy: {self._when(copies[0])}.", "It was checked and is whole.", tone="good")

    def _when(self, copy: Copy) -> str:
        zone = str(self.context.settings.value("business.zone"))
        return moment_words(copy.at, self.context.clock.now(), zone)

    def _exactly(self, copy: Copy) -> str:
        return exact_words(copy.at, str(self.context.settings.value("business.zone")))

    @Slot()
    def _on_copy(self) -> None:
        if self._copying:
            return
        self._copying = True
        self.copy.setEnabled(False)
        self.busy.start("Copying, and checking the copy")
        work = partial(_copy, self.context.program, self.context.places.backups, self._second())
        self.runner.run(self, work, self._on_copied, self._on_trouble)

    def _on_copied(self, _path: Path) -> None:
        self._end_copying()
        self.reload()

    def _on_trouble(self, problem: Problem) -> None:
        self._end_copying()
        self.last.say(problem.happened, problem.to_do, problem.kept, tone="danger")

    def _end_copying(self) -> None:
        self._copying = False
        self.copy.setEnabled(True)
        self.busy.finish()

    @Slot(object)
    def _on_chosen(self, path: str | None) -> None:
        self.restore.setEnabled(path is not None)

    @Slot()
    def _on_restore(self) -> None:
        copy = self.table.selected_row()
        if copy is not None:
            self._ask(copy.path, f"the copy taken {self._when(copy)}")

    @Slot()
    def _on_other(self) -> None:
        start = str(self._second() or self.context.places.backups)
        chosen, _kind = QFileDialog.getOpenFileName(self, "Choose a copy", start, "Copies (*.db);;All files (*)")
        if chosen:
            self._ask(Path(chosen), f"“{Path(chosen).name}”")

    def _ask(self, path: Path, called: str) -> None:
        self._chosen = path
        self.asks.say(
            f"Put {called} in the place of what is here now?",
            "What is here now is kept beside it. The program closes and opens again.",
            tone="warning",
        )
        self.yes.setEnabled(True)
        self.question.show()
        self.reveal(self.question)
        self.no.setFocus()

    @Slot()
    def _on_no(self) -> None:
        self.question.hide()

    @Slot()
    def _on_yes(self) -> None:
        if self._chosen is None:
            return
        self.yes.setEnabled(False)
        self.runner.run(self, partial(_verified, self._chosen), self._on_verified, self._on_not_whole)

    def _on_verified(self, path: Path) -> None:
        self.context.restore(path)

    def _on_not_whole(self, problem: Problem) -> None:
        self.asks.say(problem.happened, problem.to_do, problem.kept, tone="danger")


def _look(store: Path, folder: Path, second: Path | None, _progress: Progress) -> list[Copy]:
    return copies_of(store, folder, second)


def _copy(program: object, folder: Path, second: Path | None, _progress: Progress) -> Path:
    from followup_desktop.app import Program
    from followup_desktop.jobs.backup import copy_now

    assert isinstance(program, Program)
    return copy_now(program.desk.store, folder, second)


def _verified(path: Path, _progress: Progress) -> Path:
    from followup_desktop.store.backup import verify
    from followup_desktop.store.opening import must_fit

    verify(path)
    must_fit(path)
    return path


def _size(copy: Copy) -> str:
    return f"{copy.size / 1_000_000:.1f} MB" if copy.size >= 100_000 else f"{max(1, copy.size // 1000)} kB"
