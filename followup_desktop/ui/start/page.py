"""The first minute: three ways in, and whose business this is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.runner import Task
from followup_desktop.ui.start.demo import make_demo
from followup_desktop.ui.start.whose import WhoseLine
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.card import ChoiceCard
from followup_desktop.ui.widgets.text import Text

QUESTION = "Who is waiting to hear from you?"
ANSWER = "Bring your customers, and tomorrow morning this tells you. Everything stays on this computer."
FILE = "An export from Jobber, QuickBooks, Google, a phone, or any list. You can drop it here."
ONE = "Someone you saw today. It takes half a minute."
DEMO = "An invented pool business with a full year behind it. Nothing is sent."


class StartPage(PageBase):
    """Bring a file, add one customer, or look around first."""

    key: ClassVar[str] = "start"
    title: ClassVar[str] = "Start"
    kinds: ClassVar[tuple[str, ...]] = ("settings",)
    with_bar: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self._task: Task | None = None
        self.file_card = ChoiceCard(theme, "upload-simple", "Bring a file", FILE, first=True)
        self.one_card = ChoiceCard(theme, "user-plus", "Add one customer", ONE)
        self.demo_card = ChoiceCard(theme, "swimming-pool", "Look around first", DEMO)
        self.whose = WhoseLine(theme, context.settings)
        self.trouble = Banner(theme, tone="danger")
        self.trouble.hide()
        self.busy = BusyLine(theme)
        self.busy.cancelled.connect(self._on_cancel)
        self.file_card.pressed.connect(self._on_file)
        self.one_card.pressed.connect(self._on_one)
        self.demo_card.pressed.connect(self._on_demo)
        # The settings say when they have been read; those of tests may be plain values.
        changed = getattr(context.settings, "changed", None)
        if changed is not None:
            changed.connect(self._on_setting)
        self.set_content(self._built())

    def reload(self) -> None:
        """Show whose business it is now."""
        self.whose.reload()

    def take_focus(self) -> None:
        """Give the focus to the first way in."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.file_card.setFocus()

    def _built(self) -> QWidget:
        px = self.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(0)
        question, answer = Text(QUESTION, "big"), Text(ANSWER, "muted", wrap=True)
        for text in (question, answer):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cards = QHBoxLayout()
        cards.setSpacing(px(14))
        cards.addStretch(1)
        for card in (self.file_card, self.one_card, self.demo_card):
            cards.addWidget(card)
        cards.addStretch(1)
        column.addStretch(1)
        column.addSpacing(px(72))  # as much as stands below the line, so that the cards are in the middle
        column.addWidget(question)
        column.addSpacing(px(8))
        column.addWidget(answer)
        column.addSpacing(px(20))
        column.addLayout(cards)
        column.addSpacing(px(14))
        column.addWidget(self.whose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(8))
        column.addWidget(self._below())
        column.addStretch(1)
        return content

    def _below(self) -> QWidget:
        """Return the place for what is under way; it keeps its height, so that nothing jumps."""
        px = self.theme.px
        below = QWidget()
        below.setFixedSize(px(560), px(64))
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.busy)
        column.addWidget(self.trouble)
        column.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(below)
        row.addStretch(1)
        return holder

    @Slot(str, object)
    def _on_setting(self, _key: str, _value: object) -> None:
        self.whose.reload()

    @Slot()
    def _on_file(self) -> None:
        self.context.go("importing")

    @Slot()
    def _on_one(self) -> None:
        self.context.go("customers", add=True)

    @Slot()
    def _on_demo(self) -> None:
        if self._task is not None:
            return
        self.trouble.hide()
        self.busy.start("Inventing a pool business with a year behind it")
        work = partial(make_demo, self.context.program, self.context.places.demo)
        self._task = self.runner.run(self, work, self._on_made, self._on_trouble)
        self._task.progressed.connect(self.busy.step)
        self._task.finished.connect(self._on_finished)

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_finished(self) -> None:
        self._task = None
        self.busy.finish()

    def _on_made(self, demo: Path) -> None:
        self.context.switch_store(demo)

    def _on_trouble(self, problem: Problem) -> None:
        self.trouble.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.trouble.show()
