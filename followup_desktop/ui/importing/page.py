"""The place where customers come in from a file: choose, match, check, done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.changes import EVERYTHING, Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.core.exchange.queries import PastImport, imports
from followup_desktop.ui.importing import words
from followup_desktop.ui.importing.checked import CheckedView
from followup_desktop.ui.importing.choose import ChooseView
from followup_desktop.ui.importing.done import DoneView
from followup_desktop.ui.importing.looking import Brought, Preview, bring, import_here, look
from followup_desktop.ui.importing.steps import StepLine
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.runner import Task
from followup_desktop.ui.widgets.busy import BusyLine

CHOOSE, MATCH, CHECK, DONE = 1, 2, 3, 4
KINDS_OF_FILE = "Lists of customers (*.csv *.tsv *.txt *.vcf *.vcard);;All files (*)"


class ImportingPage(PageBase):
    """Shows what a file would bring, row by row, before anything is changed."""

    key: ClassVar[str] = "importing"
    title: ClassVar[str] = "Import customers"
    icon: ClassVar[str] = "upload-simple"
    kinds: ClassVar[tuple[str, ...]] = ("imports", "customers", "settings")
    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self._task: Task | None = None
        self._preview: Preview | None = None
        self._brought: Brought | None = None
        self._folder = ""
        self.steps = StepLine(theme)
        self.choose = ChooseView(theme)
        self.reading = BusyLine(theme)
        self.checked = CheckedView(theme)
        self.done = DoneView(theme)
        self._views = QStackedWidget()
        for view in (self.choose, self.checked, self.done):
            self._views.addWidget(view)
        self._connect()
        self.set_content(self._built())

    def reload(self) -> None:
        """Look for earlier imports."""
        self.runner.ask(self, imports, self._show_past)

    def focus_on(self, **focus: Any) -> None:
        """Look at a file: `go("importing", path="/…/customers.csv")`."""
        if focus.get("path"):
            self.look_at(Path(str(focus["path"])))

    def take_focus(self) -> None:
        """Give the focus to what comes next."""
        {CHOOSE: self.choose.button, DONE: self.done.see_today}.get(self.steps.step(), self.checked.go).setFocus()

    def state(self) -> dict[str, Any]:
        """Return the folder files were chosen from."""
        return {"folder": self._folder}

    def restore(self, state: dict[str, Any]) -> None:
        """Begin choosing in the same folder."""
        self._folder = str(state.get("folder", ""))

    def look_at(self, path: Path) -> None:
        """Read a file and show what importing it would do."""
        self._stop()
        self._preview = self._brought = None
        self._folder = str(path.parent)
        self.choose.show_problem(None)
        self._show_step(CHOOSE)
        self.reading.start(f"Reading {path.name}")
        self._task = self.runner.run(
            self, partial(look, self.context.program, path, None), self._on_looked, self._on_unreadable
        )
        self._task.progressed.connect(self.reading.step)
        self._task.finished.connect(self.reading.finish)

    def _built(self) -> QWidget:
        px = self.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, px(12), 0, 0)
        column.setSpacing(px(8))
        line = QVBoxLayout()
        line.setContentsMargins(px(20), 0, px(20), 0)
        line.addWidget(self.steps)
        column.addLayout(line)
        column.addWidget(self.reading)
        column.addWidget(self._views, 1)
        return content

    def _connect(self) -> None:
        self.steps.chosen.connect(self._on_step)
        self.reading.cancelled.connect(self._stop)
        self.choose.choose.connect(self._on_choose)
        self.choose.undo.connect(self._on_undo_past)
        self.checked.columns.changed.connect(self._on_column)
        self.checked.back.connect(self._on_back)
        self.checked.stop.connect(self._on_stop)
        self.checked.import_wanted.connect(self._on_import)
        self.done.undo.connect(self._on_undo)
        self.done.today.connect(self._on_today)
        self.done.customers.connect(self._on_customers)
        self.done.another.connect(self._on_another)

    def _show_step(self, step: int) -> None:
        ready = self._preview is not None and self._brought is None
        reachable = {CHOOSE} if step != DONE else set()
        if ready and self._preview is not None:
            reachable |= {MATCH, CHECK} if self._preview.has_columns else {CHECK}
        self.steps.show_step(step, reachable)
        self._views.setCurrentWidget({CHOOSE: self.choose, DONE: self.done}.get(step, self.checked))
        if step in (MATCH, CHECK) and self._preview is not None:
            self.checked.show_columns(shown=step == MATCH)
            self.set_subtitle(words.subtitle(self._preview))
        elif step == CHOOSE:
            self.set_subtitle("")

    def _show_past(self, found: list[PastImport]) -> None:
        zone = str(self.context.settings.value("business.zone"))
        self.choose.show_past(found, self.context.clock.now(), zone)
        undone = {past.id for past in found if past.undone}
        if self._brought is not None and self._preview is not None and self._brought.id in undone:
            self.done.show_undone(self._preview)

    # Reading and matching

    @Slot()
    def _on_choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Choose a file", self._folder, KINDS_OF_FILE)
        if chosen:
            self.look_at(Path(chosen))

    def _on_looked(self, preview: Preview) -> None:
        self._task, self._preview = None, preview
        self.checked.show_preview(preview, with_columns=True)
        self._show_step(MATCH if preview.has_columns else CHECK)
        self.take_focus()

    def _on_unreadable(self, problem: Problem) -> None:
        self._task = None
        self.choose.show_problem(problem)
        self.choose.button.setFocus()

    @Slot(str, str)
    def _on_column(self, column: str, field: str) -> None:
        preview = self._preview
        if preview is None:
            return
        self._stop()
        mapping = {**preview.mapping, column: field}
        self.checked.set_busy("Looking again")
        work = partial(look, self.context.program, preview.path, mapping)
        self._task = self.runner.run(self, work, self._on_looked_again, self._on_not_meant)
        self._task.progressed.connect(self.checked.busy.step)

    def _on_looked_again(self, preview: Preview) -> None:
        self._task, self._preview = None, preview
        self.checked.set_idle(ready=True)
        self.checked.show_preview(preview, with_columns=self.steps.step() == MATCH)
        self.set_subtitle(words.subtitle(preview))

    def _on_not_meant(self, problem: Problem) -> None:
        self._task = None
        self.checked.set_idle(ready=False)
        self.checked.show_problem(problem)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        self._show_step(step)

    @Slot()
    def _on_back(self) -> None:
        columns = self._preview is not None and self._preview.has_columns
        self._show_step(MATCH if self.steps.step() == CHECK and columns else CHOOSE)

    @Slot()
    def _stop(self) -> None:
        """Leave what is under way; nothing was changed by it."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.reading.finish()

    @Slot()
    def _on_stop(self) -> None:
        self._stop()
        self.checked.set_idle(ready=True)
        if self._preview is not None:
            self.checked.show_preview(self._preview, with_columns=self.steps.step() == MATCH)

    # Importing

    @Slot()
    def _on_import(self) -> None:
        preview = self._preview
        if preview is None:
            return
        says = f"Bringing in {count_words(preview.to_import, 'customer', 'customers')}"
        self.checked.set_busy(says)
        if preview.reading is not None:
            self.runner.attempt(self, import_here, self._on_imported, self._on_refused, preview)
            return
        work = partial(bring, self.context.program, preview)
        self._task = self.runner.run(self, work, self._on_brought, self._on_refused)

    def _on_imported(self, done: Done[Any]) -> None:
        did = done.result
        self._show_done(Brought(did.id, did.new, did.changed, did.unchanged))

    def _on_brought(self, brought: Brought) -> None:
        self._task = None
        self.runner.announce(EVERYTHING)
        self._show_done(brought)

    def _show_done(self, brought: Brought) -> None:
        self._brought = brought
        self.checked.set_idle(ready=False)
        if self._preview is not None:
            self.done.show_done(self._preview, brought)
        self._show_step(DONE)
        self.take_focus()

    def _on_refused(self, problem: Problem) -> None:
        self._task = None
        self.checked.set_idle(ready=True)
        self.checked.show_problem(problem)

    # Afterwards

    @Slot()
    def _on_undo(self) -> None:
        from followup_desktop.commands.exchange import undo_import

        if self._brought is not None:
            self.done.take_back.setEnabled(False)
            self.runner.attempt(self, undo_import, self._on_undone, self.done.show_problem, self._brought.id)

    def _on_undone(self, _done: Done[None]) -> None:
        if self._preview is not None:
            self.done.show_undone(self._preview)
        self.reload()

    @Slot(int)
    def _on_undo_past(self, key: int) -> None:
        from followup_desktop.commands.exchange import undo_import

        self.runner.attempt(self, undo_import, self._on_past_undone, self._on_past_kept, key)

    def _on_past_undone(self, _done: Done[None]) -> None:
        self.choose.show_problem(None)
        self.reload()

    def _on_past_kept(self, problem: Problem) -> None:
        self.choose.show_problem(problem)
        self.reload()

    @Slot()
    def _on_today(self) -> None:
        self.context.go("today")

    @Slot()
    def _on_customers(self) -> None:
        self.context.go("customers")

    @Slot()
    def _on_another(self) -> None:
        self._preview = self._brought = None
        self._show_step(CHOOSE)
        self.take_focus()
