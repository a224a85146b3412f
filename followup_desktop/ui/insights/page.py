"""The place called Insights: a month's figures, what they mean, and what to change."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.commands.insights import mark_change, plan_changes
from followup_desktop.core.insights.model import FigureKey
from followup_desktop.core.insights.queries.behind import GIVEN
from followup_desktop.core.insights.rules import figure_words, month_before
from followup_desktop.core.insights.rules.words import FILLED_BY, month_name, month_words
from followup_desktop.core.report.model import ALL_FORMATS
from followup_desktop.core.report.rules.sentences import opening
from followup_desktop.system.open import open_file, open_folder
from followup_desktop.ui.insights.cards import AnswersCard, FigureCards, GivenCard, RiskCard, SaidCard, TrendCard
from followup_desktop.ui.insights.changes import ChangesCard
from followup_desktop.ui.insights.export import ExportDialog, WrittenLine, usual_folder
from followup_desktop.ui.insights.grid import EvenGrid
from followup_desktop.ui.insights.reading import Seen, Trend, read_month, read_trend
from followup_desktop.ui.insights.records import RecordsDialog
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.runner import Progress, Task
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button, MenuButton

HALF_PX = 380
"""Two cards stand side by side where each has this much room."""


class InsightsPage(PageBase):
    """A month beside the one before: six figures that open up, four cards, and the plan for the next."""

    key: ClassVar[str] = "insights"
    title: ClassVar[str] = "Insights"
    icon: ClassVar[str] = "chart-line-up"
    kinds: ClassVar[tuple[str, ...]] = (
        *("events", "messages", "promises", "cases"),
        *("customers", "contacts", "settings"),
    )
    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._seen: Seen | None = None
        self._month: date | None = None
        self._export_when_seen = False
        self._task: Task | None = None
        self._folder, self._formats = "", tuple(map(str, ALL_FORMATS))
        self.month = MenuButton(self.theme, "", name="Month", size="usual")
        self.export_button = Button(self.theme, "Export report", "primary", icon="file-pdf")
        self.bar.add_beside_title(self.month)
        self.bar.add(self.export_button)
        self.busy = BusyLine(self.theme)
        self.written, self.problem = WrittenLine(self.theme), Banner(self.theme, tone="danger")
        self.teaching = Banner(self.theme, icon="lightbulb")
        self.figures, self.answers, self.said = FigureCards(self.theme), AnswersCard(self.theme), SaidCard(self.theme)
        self.trend, self.risk, self.changes = TrendCard(self.theme), RiskCard(self.theme), ChangesCard(self.theme)
        self.given = GivenCard(self.theme)
        self.problem.hide()
        self.teaching.hide()
        self._area = self._scrolled()
        self.set_content(self._area)
        self._connect()

    def reload(self) -> None:
        """Count the month again."""
        question = partial(read_month, month=self._month, now=self.context.clock.now())
        self.runner.ask(self, question, self._show, newest="month")
        self.runner.ask(
            self, partial(read_trend, month=self._month, now=self.context.clock.now()), self._show_trend, newest="trend"
        )

    def focus_on(self, **focus: Any) -> None:
        """Show a month (`month`, any day of it); with `export`, ask where its report goes."""
        if isinstance(focus.get("month"), date):
            self._month = focus["month"].replace(day=1)
            self.reload()
        if focus.get("export"):
            self._export_when_seen = self._seen is None
            if self._seen is not None:
                self.ask_where()

    def take_focus(self) -> None:
        """Give the focus to the page itself, so that the keys scroll it."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def state(self) -> dict[str, Any]:
        """Return where reports went, and as what."""
        return {"folder": self._folder, "formats": list(self._formats)}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up folder and formats."""
        self._folder = str(state.get("folder") or "")
        known = [str(one) for one in state.get("formats") or () if one in set(ALL_FORMATS)]
        self._formats = tuple(known) or self._formats

    def _scrolled(self) -> QScrollArea:
        px = self.theme.px
        halves, lower = EvenGrid(self.theme, HALF_PX), EvenGrid(self.theme, HALF_PX)
        halves.add(self.answers)
        halves.add(self.said)
        lower.add(self.risk)
        lower.add(self.changes)
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        for widget in (
            self.busy,
            self.written,
            self.problem,
            self.teaching,
            self.figures,
            halves,
            self.trend,
            self.given,
            lower,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("The month")
        area.setWidget(inner)
        return area

    def _connect(self) -> None:
        self.month.chosen.connect(self._on_month)
        self.export_button.clicked.connect(self.ask_where)
        self.figures.wanted.connect(self.show_records)
        self.answers.records_wanted.connect(self._on_messages)
        self.answers.planned.connect(self._on_planned)
        self.said.records_wanted.connect(self._on_ratings)
        self.said.customer_wanted.connect(self._on_customer)
        self.said.listening_wanted.connect(self._on_listening)
        self.given.records_wanted.connect(self._on_given)
        self.given.ledger_wanted.connect(self._on_ledger)
        self.risk.customer_wanted.connect(self._on_customer)
        self.changes.changed.connect(self._on_changes)
        self.changes.ticked.connect(self._on_ticked)
        self.written.file_wanted.connect(self._on_open_file)
        self.written.folder_wanted.connect(self._on_open_folder)
        self.teaching.pressed.connect(self._on_log)
        self.problem.pressed.connect(self.ask_where)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        month = seen.figures
        self.month.set_choices([(one.isoformat(), month_words(one)) for one in seen.months])
        self.month.choose(month.month.isoformat())
        before = month_name(month_before(month.month))
        self.set_subtitle(f"so far, compared with {before}" if month.is_running else f"compared with {before}")
        self._teach(seen)
        self.figures.show_month(month, seen.locale)
        self.answers.show_month(month, seen.locale)
        self.said.show_month(seen)
        self.given.show_month(month, seen.locale)
        self.risk.show_people(month.at_risk, month.at_risk_total, empty_month=month.is_empty)
        self.changes.show_month(month)
        if self._export_when_seen:
            self._export_when_seen = False
            self.ask_where()

    def _show_trend(self, found: Trend) -> None:
        self.trend.show_trend(found.points, found.locale)

    def _teach(self, seen: Seen) -> None:
        self.teaching.setVisible(seen.figures.is_empty)
        if seen.figures.is_empty:
            lead, *rest = opening(seen.figures, seen.locale)
            self.teaching.say(lead, " ".join(rest), icon="lightbulb")
            self.teaching.offer("Log something" if seen.figures.is_running else "")

    @Slot(str)
    def _on_month(self, chosen: str) -> None:
        self._month = date.fromisoformat(chosen)
        self.reload()

    @Slot(str)
    def show_records(self, key: str) -> None:
        """Show the records behind a figure."""
        if self._seen is None:
            return
        figure = next(one for one in self._seen.figures.figures if one.key == key)
        month, locale = self._seen.figures.month, self._seen.locale
        empty = _EMPTY.get(figure.key) or f"{FILLED_BY[figure.key].rstrip('.')}."
        if figure.value is None:
            empty = f"{figure_words(figure, month, locale).under.rstrip('.')}."
        self._open_records(key, empty)

    def _open_records(self, key: str, empty: str) -> None:
        if self._seen is None:
            return
        month, locale = self._seen.figures.month, self._seen.locale
        dialog = RecordsDialog(self.context, key, month, empty, locale, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    @Slot()
    def _on_given(self) -> None:
        if self._seen is not None:
            self._open_records(GIVEN, "Nothing was given to make things right.")

    @Slot()
    def _on_ledger(self) -> None:
        self.context.go("recovery", ledger=True)

    @Slot()
    def _on_messages(self) -> None:
        self.show_records(FigureKey.ANSWERED)

    @Slot()
    def _on_listening(self) -> None:
        self.context.go("listening")

    @Slot()
    def _on_ratings(self) -> None:
        self.show_records(FigureKey.SATISFIED)

    @Slot(int)
    def _on_customer(self, customer: int) -> None:
        self.context.go("customers", customer_id=customer)

    @Slot(object)
    def _on_changes(self, lines: tuple[str, ...]) -> None:
        if self._seen is not None:
            self.runner.do(self, plan_changes, self._on_kept, self._seen.figures.month, lines)

    @Slot(str)
    def _on_planned(self, line: str) -> None:
        if self._seen is not None:
            self._on_changes((*self._seen.figures.changes_next, line))

    @Slot(str, bool)
    def _on_ticked(self, text: str, done: bool) -> None:
        if self._seen is not None:
            before = month_before(self._seen.figures.month)
            self.runner.do(self, mark_change, None, before, text, done=done)

    def _on_kept(self, _done: Done[list[str]]) -> None:
        """Nothing more: what was kept comes back with the next reading."""

    @Slot()
    def ask_where(self) -> None:
        """Ask where the report goes and as what, then write it."""
        if self._seen is None or self._task is not None:
            return
        folder = Path(self._folder) if self._folder else usual_folder()
        dialog = ExportDialog(self.context, self._seen.figures.month, folder, self._formats, self.window())
        dialog.wanted.connect(self.export)
        dialog.show()

    @Slot(object, object)
    def export(self, folder: Path, formats: tuple[str, ...]) -> None:
        """Write the report of the month shown, in the background."""
        if self._seen is None or self._task is not None:
            return
        self._folder, self._formats = str(folder), formats
        month = self._seen.figures.month
        self.written.hide()
        self.problem.hide()
        self.export_button.setEnabled(False)
        self.busy.start("Writing the report…")
        work = partial(_write, self.context.program, month, folder, formats)
        self._task = self.runner.run(self, work, partial(self._on_written, month), self._on_not_written)
        self._task.progressed.connect(self.busy.step)
        self._task.finished.connect(self._on_over)
        self.busy.cancelled.connect(self._task.cancel)

    @Slot()
    def _on_over(self) -> None:
        self._task = None
        self.busy.finish()
        self.export_button.setEnabled(True)

    def _on_written(self, month: date, files: list[Path]) -> None:
        self.written.show_files(month, files)
        self._area.verticalScrollBar().setValue(0)

    def _on_not_written(self, problem: Problem) -> None:
        self._on_not_opened(problem)
        self.problem.offer("Choose another folder")

    def _on_not_opened(self, problem: Problem) -> None:
        self.problem.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem.offer("")
        self.problem.show()
        self._area.verticalScrollBar().setValue(0)

    @Slot(object)
    def _on_open_file(self, path: Path) -> None:
        self.runner.run(self, partial(_open_file, path), _opened, self._on_not_opened)

    @Slot(object)
    def _on_open_folder(self, path: Path) -> None:
        self.runner.run(self, partial(_open_folder, path), _opened, self._on_not_opened)


_EMPTY = {FigureKey.KEPT: "Nobody left. Whoever leaves is listed here, with the reason."}


def _write(program: Any, month: date, folder: Path, formats: tuple[str, ...], progress: Progress) -> list[Path]:
    from followup_desktop.jobs.report import write_report  # brings what sets type and writes spreadsheets

    return write_report(program.desk, month, folder, formats, progress.step)


# Opening waits a second to hear of trouble, so it is never done on the window's thread.
def _open_file(path: Path, _progress: Progress) -> None:
    open_file(path)


def _open_folder(path: Path, _progress: Progress) -> None:
    open_folder(path)


def _opened(_answer: None) -> None:
    """Nothing to say: it is open."""
