"""What the owner does around a draft: tells a fact, encloses a file, opens the template."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight


class Telling(QObject):
    """Carries out what the parts around a draft ask for, for the card shown."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        self._runner = context.runner
        self._dialog: QFileDialog | None = None
        around = pane.draft.around
        around.told.connect(self._on_told)
        around.enclosed.connect(self._on_enclosed)
        around.file_wanted.connect(self._on_file_wanted)
        around.template_wanted.connect(self._on_template)

    def _follow_up(self) -> int | None:
        current = self._sight.current
        return current.follow_up if current is not None and current.view is not None else None

    @Slot(str, str)
    def _on_told(self, key: str, words: str) -> None:
        from followup_desktop.commands.drafts import tell

        follow_up = self._follow_up()
        if follow_up is not None:
            self._pane.forget_problem()
            self._runner.attempt(self._page, tell, None, self._on_problem, follow_up, key, words)

    @Slot(int, bool)
    def _on_enclosed(self, enclosure: int, enclosed: bool) -> None:
        from followup_desktop.commands.drafts import enclose_with_draft

        follow_up = self._follow_up()
        if follow_up is not None:
            self._pane.forget_problem()
            self._runner.attempt(
                self._page, enclose_with_draft, None, self._on_problem, follow_up, enclosure, enclosed=enclosed
            )

    @Slot()
    def _on_file_wanted(self) -> None:
        self._dialog = QFileDialog(self._page, "Enclose a file")
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(self.enclose_file)
        self._dialog.open()

    @Slot(str)
    def enclose_file(self, name: str) -> None:
        """Keep a file and let it go with this mail."""
        follow_up = self._follow_up()
        if follow_up is not None:
            self._pane.forget_problem()
            work = partial(_put, self._context.program, Path(name))
            self._runner.run(self._page, work, partial(self._on_put, follow_up), self._on_problem)

    def _on_put(self, follow_up: int, kept: Any) -> None:
        from followup_desktop.commands.drafts import keep_enclosure

        self._runner.attempt(self._page, keep_enclosure, None, self._on_problem, kept, follow_up)

    @Slot()
    def _on_template(self) -> None:
        current = self._sight.current
        place = current.view.proposal.place if current is not None and current.view is not None else None
        if place is not None:
            self._context.go("templates", place=place)

    def _on_problem(self, problem: Problem) -> None:
        self._pane.show_problem(problem)


def _put(program: Any, file: Path, _progress: Progress) -> Any:
    from followup_desktop.commands.drafts import KeptFile
    from followup_desktop.core.drafts.rules.enclosing import MOST_BYTES
    from followup_desktop.store import files

    sha256, size = files.put(program.path.parent, file, MOST_BYTES)
    return KeptFile(file.stem, file.name, size, sha256)
