"""The list of customers: filters, a field that finds as one types, the table fetched page by page."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QStackedWidget, QWidget

from followup_desktop.core.queue.queries.customers import PAGE, Filter
from followup_desktop.ui.customers.lines import COLUMNS, STAGES, Listed, Row, first_page, identity, rows
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.buttons import Button, MenuButton
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.table import RecordTable

PAUSE_MS = 30
FIELD_PX = (120, 170)
"""How narrow the field may get before the filters take a line of their own, and how wide it is at most."""
ORDERS = (("name", "By name"), ("risk", "At risk first"))


class CustomerList(Panel):
    """Filters above, rows below. Rows are asked for a page at a time, as one scrolls."""

    listed = Signal(object)  # Listed: the first page came
    import_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._until: int | None = None
        self._generation = 0
        theme = context.theme
        self.search = SearchField(theme, "Find in the list", key="/")
        self.search.setStyleSheet(f"QLineEdit#search {{ min-height: {theme.px(25)}px; max-height: {theme.px(25)}px; }}")
        self.route = MenuButton(theme, "Route", (("", "any"),))
        self.stage = MenuButton(theme, "Stage", (("", "any"), *STAGES))
        self.order = MenuButton(theme, "", ORDERS, name="Order")
        self._show_everyone = EmptyPlace(
            theme, "magnifying-glass", "Nobody fits", "No customer fits what you chose and typed.", "Show everyone"
        )
        self.table: RecordTable[Row] = RecordTable(theme, "Customers", COLUMNS, identity)
        self._places = QStackedWidget()
        self._places.addWidget(self.table)
        self._places.addWidget(self._show_everyone)
        self.column.addWidget(self._tools())
        self.column.addWidget(self._places, 1)
        self.setFocusProxy(self.table)
        self.setMinimumWidth(theme.px(380))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the filters go below the field where there is no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def narrowed(self) -> Filter:
        """Return what is chosen and typed."""
        route = self.route.value()
        return Filter(
            self.search.text().strip(), self.stage.value(), int(route) if route else None, "", self.order.value()
        )

    @Slot()
    def reload(self) -> None:
        """Ask for the rows again, as many as were there."""
        until, self._until = self._until, None
        at_least = max(PAGE, len(self.table.rows()))
        question = partial(first_page, now=self._now(), narrowed=self.narrowed(), at_least=at_least, until=until)
        self._context.runner.ask(self, question, self._show_first, newest="rows")

    def reveal(self, customer: int) -> None:
        """Select a customer, wherever in the list; filters that may hide them are taken away."""
        if self.table.select(customer):
            self._centre()
        else:
            self.clear_filters()
            self.order.choose("name")
            self._until = customer
            self.reload()

    def clear_filters(self) -> None:
        """Show everyone."""
        self.route.choose("")
        self.stage.choose("")
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def state(self) -> dict[str, Any]:
        """Return what to remember over a restart."""
        return {
            "selected": self.table.selected(),
            "stage": self.stage.value(),
            "order": self.order.value(),
            "widths": self.table.widths(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what was remembered."""
        if state.get("stage") in dict(STAGES):
            self.stage.choose(str(state["stage"]))
        if state.get("order") in dict(ORDERS):
            self.order.choose(str(state["order"]))
        if isinstance(state.get("widths"), list):
            self.table.set_widths(state["widths"])
        if isinstance(state.get("selected"), int):
            self.table.select(state["selected"])
            self._until = state["selected"]

    def _centre(self) -> None:
        self.table.scrollTo(self.table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _now(self) -> Any:
        return self._context.clock.now()

    def _tools(self) -> QFrame:
        theme = self._context.theme
        row = QFrame()
        row.setObjectName("bar")
        self._filters = QWidget()
        flow = FlowLayout(self._filters, gap=theme.px(8))
        for button in (self.route, self.stage, self.order):
            flow.addWidget(button)
        self._import = Button(theme, "Import", "flat", icon="upload-simple", size="small", name="Import customers")
        self._add = Button(theme, "Add", "flat", icon="user-plus", size="small", name="Add a customer")
        self._grid = QGridLayout(row)
        self._grid.setContentsMargins(theme.px(16), theme.px(10), theme.px(10), theme.px(10))
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.search, 0, 0)
        self._grid.addWidget(self._import, 0, 2)
        self._grid.addWidget(self._add, 0, 3)
        self._place_filters(narrow=False)
        return row

    def _fit(self) -> None:
        """Share the line between field, filters and buttons; the filters go below where there is no room."""
        px, least, most = self._context.theme.px, *FIELD_PX
        beside = (self.route, self.stage, self.order, self._import, self._add)
        left = self.width() - sum(button.sizeHint().width() + px(8) for button in beside) - px(26)
        self.search.setFixedWidth(px(most) if left < px(least) else min(px(most), left))
        if (left < px(least)) != self._narrow:
            self._place_filters(narrow=left < px(least))

    def _place_filters(self, *, narrow: bool) -> None:
        """Put the filters behind the field, or, for want of room, below it."""
        self._narrow = narrow
        self._grid.removeWidget(self._filters)
        self._grid.addWidget(self._filters, *((1, 0, 1, 4) if narrow else (0, 1, 1, 1)))

    def _connect(self) -> None:
        self._pause.timeout.connect(self._from_the_top)
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(self._on_enter)
        for button in (self.route, self.stage, self.order):
            button.chosen.connect(self._on_chosen)
        self.table.sort_wanted.connect(self._on_sort)
        self._import.clicked.connect(self.import_wanted)
        self._add.clicked.connect(self.add_wanted)
        self._show_everyone.pressed.connect(self._on_everyone)

    def _show_first(self, found: Listed) -> None:
        self._generation += 1
        self.route.set_choices((("", "any"), *found.routes))
        self._fit()
        self.table.show_sorted(self.order.value())
        before = self.table.selected()
        self.table.show_rows(found.rows, self._more if len(found.rows) < found.fit else None)
        if self.table.selected() != before:
            self._centre()
        self._places.setCurrentWidget(self.table if found.rows else self._show_everyone)
        self.listed.emit(found)

    def _more(self) -> None:
        shown = self.table.rows()
        question = partial(
            rows, now=self._now(), narrowed=self.narrowed(), last=shown[-1].id if shown else None, offset=len(shown)
        )
        self._context.runner.ask(self, question, partial(self._show_more, self._generation))

    def _show_more(self, generation: int, found: list[Row]) -> None:
        if generation == self._generation:  # else the list was asked for anew meanwhile
            self.table.append_rows(found, self._more if len(found) == PAGE else None)

    @Slot()
    def _from_the_top(self) -> None:
        question = partial(first_page, now=self._now(), narrowed=self.narrowed())
        self._context.runner.ask(self, question, self._show_from_top, newest="rows")

    def _show_from_top(self, found: Listed) -> None:
        self._show_first(found)
        if self.table.selected() is None and found.rows:
            self.table.selectRow(0)
        self.table.scrollToTop()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._pause.start()

    @Slot(str)
    def _on_chosen(self, _value: str) -> None:
        self._fit()
        self._from_the_top()

    @Slot(str, bool)
    def _on_sort(self, sort: str, _descending: bool) -> None:
        self.order.choose(sort)
        self._from_the_top()

    @Slot()
    def _on_enter(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_everyone(self) -> None:
        self.clear_filters()
        self._from_the_top()
