from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt

from followup_desktop.ui.widgets.grouped import Group, GroupedList, GroupedModel, Item
from followup_desktop.ui.widgets.table import Column, RecordsModel, RecordTable


@dataclass(frozen=True)
class Person:
    id: int
    name: str = "Carl"


COLUMNS = (
    Column[Person]("name", "Name", lambda person: person.name, "strong", 120, sort="name"),
    Column[Person]("id", "Number", lambda person: str(person.id), "tag", 80, tone=lambda _person: "good"),
    Column[Person]("extra", "Extra", lambda _person: "", width=300, optional=True),
)


def groups(*names, second="about the heater"):
    late = Group("late", "Late", tuple(Item(name, name, second, "1 day late", "danger") for name in names[:2]))
    later = Group("later", "Later", tuple(Item(name, name, second) for name in names[2:]))
    return (late, later)


@pytest.fixture
def listed(theme, qtbot):
    widget = GroupedList(theme, "Promises")
    qtbot.addWidget(widget)
    widget.resize(372, 400)
    widget.show_groups(groups("Carl", "Maria", "Tom", "Greta"))
    return widget


@pytest.fixture
def table(theme, qtbot):
    widget = RecordTable(theme, "Customers", COLUMNS, lambda person: person.id)
    qtbot.addWidget(widget)
    widget.resize(600, 200)
    widget.show_rows([Person(number) for number in range(1, 6)])
    return widget


def test_the_first_row_is_selected_not_the_heading(listed):
    assert listed.selected() == "Carl"


def test_j_k_and_arrows_move_over_headings(listed, qtbot):
    for key in (Qt.Key.Key_J, Qt.Key.Key_Down):
        qtbot.keyClick(listed, key)
    assert listed.selected() == "Tom"
    for key in (Qt.Key.Key_K, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(listed, key)
    assert listed.selected() == "Carl"


def test_the_selection_stays_with_its_row_when_the_list_changes(listed):
    listed.select("Tom")
    told = []
    listed.chosen.connect(told.append)
    listed.show_groups(groups("Ana", "Tom", "Carl", "Zoe"))
    assert (listed.selected(), told) == ("Tom", [])


def test_the_next_row_is_selected_when_the_selected_one_is_done(listed):
    listed.select("Maria")
    told = []
    listed.chosen.connect(told.append)
    listed.show_groups((groups("Carl", "Carl")[0].__class__("late", "Late", (Item("Carl", "Carl"),)),
                        Group("later", "Later", (Item("Tom", "Tom"), Item("Greta", "Greta")))))  # fmt: skip
    assert (listed.selected(), told) == ("Tom", ["Tom"])


def test_a_row_asked_for_before_it_is_shown_is_selected_when_it_comes(listed):
    listed.select("Priya")
    listed.show_groups(groups("Carl", "Maria", "Priya"))
    assert listed.selected() == "Priya"


def test_enter_opens_the_selected_row(listed, qtbot):
    with qtbot.waitSignal(listed.opened) as opened:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert opened.args == ["Carl"]


def test_a_folded_group_opens_with_enter_and_stays_open(listed, qtbot):
    held = Group("held", "Held back", (Item("Noah", "Noah"),), "1 · see why", foldable=True, folded=True)
    listed.show_groups((*groups("Carl"), held))
    qtbot.keyClick(listed, Qt.Key.Key_J)
    with qtbot.waitSignal(listed.folded) as folded:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    qtbot.keyClick(listed, Qt.Key.Key_J)
    assert (folded.args, listed.selected()) == (["held", False], "Noah")
    listed.show_groups((*groups("Carl"), held))
    assert listed.selected() == "Noah"


def test_a_row_is_read_out_whole(listed):
    index = listed.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Carl, about the heater, 1 day late"


def test_the_grouped_model_keeps_qts_rules(qtmodeltester, qapp):
    model = GroupedModel()
    qtmodeltester.check(model)
    model.show(groups("Carl", "Maria", "Tom"))
    qtmodeltester.check(model)
    model.show(groups("Zoe", "Tom", "Carl"))
    qtmodeltester.check(model)


def test_the_records_model_keeps_qts_rules_while_pages_come(qtmodeltester, qapp):
    model = RecordsModel(COLUMNS, lambda person: person.id)
    model.show([Person(1), Person(2)], more=list)
    qtmodeltester.check(model)
    model.append([Person(2), Person(3)])
    assert model.rowCount() == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), unique=True), st.lists(st.integers(0, 12), unique=True))
def test_any_list_becomes_any_other_and_rows_keep_their_place(before, after):
    model = RecordsModel(COLUMNS, lambda person: person.id)
    model.show([Person(number) for number in before])
    kept = {number: QPersistentModelIndex(model.index(row, 0)) for row, number in enumerate(before)}
    model.show([Person(number, "renamed") for number in after])
    assert [person.id for person in model.rows.items] == after
    if before:
        for number in set(before) & set(after):
            assert kept[number].row() == after.index(number)
        for number in set(before) - set(after):
            assert not kept[number].isValid()


def test_the_next_page_is_asked_for_once(qapp):
    asked = []
    model = RecordsModel(COLUMNS, lambda person: person.id)
    model.show([Person(1)], more=lambda: asked.append("more"))
    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert asked == ["more"]
    assert not model.canFetchMore(model.index(-1, -1))


def test_the_table_keeps_its_selection_by_id(table):
    table.select(3)
    told = []
    table.chosen.connect(told.append)
    table.show_rows([Person(9), Person(3, "Carl Jensen"), Person(1)])
    assert (table.selected_row(), told) == (Person(3, "Carl Jensen"), [])


def test_a_row_that_left_is_no_longer_selected(table):
    table.select(3)
    told = []
    table.chosen.connect(told.append)
    table.show_rows([Person(1)])
    assert (table.selected(), told) == (None, [None])


def test_pressing_a_heading_asks_the_store_to_sort(table, qtbot):
    asked = []
    table.sort_wanted.connect(lambda column, descending: asked.append((column, descending)))
    for section in (0, 0, 1):
        table.horizontalHeader().sectionClicked.emit(section)
    assert asked == [("name", False), ("name", True)]


def test_an_optional_column_gives_way_in_a_narrow_table(table, qtbot):
    table.show()
    table.resize(600, 200)
    assert not table.isColumnHidden(2)
    table.resize(320, 200)
    assert table.isColumnHidden(2)


def test_enter_opens_the_selected_customer(table, qtbot):
    table.select(4)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [4]


def test_when_the_selected_row_leaves_the_one_after_it_is_selected_whatever_else_moves(listed):
    listed.select("Maria")
    listed.show_groups(groups("Ana", "Carl", "Tom", "Greta"))  # one more above, and Tom in another group
    assert listed.selected() == "Tom"
    listed.select("Greta")
    listed.show_groups(groups("Ana", "Carl", "Tom"))
    assert listed.selected() == "Tom"
