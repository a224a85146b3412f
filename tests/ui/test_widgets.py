from datetime import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.resources import resource
from followup_desktop.base.settings import Kind, Setting, find, format_value, parse, sections
from followup_desktop.ui.heartbeat import Heartbeat
from followup_desktop.ui.kit.form import SettingsForm
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button, MenuButton, Segments
from followup_desktop.ui.widgets.charts import Bar, BarChart, LineChart, Point
from followup_desktop.ui.widgets.facts import FactHighlighter
from followup_desktop.ui.widgets.fields import DraftEdit
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.split import SplitPane
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text
from followup_desktop.ui.widgets.undobar import UndoBar
from tests.ui.gallery import SOME_SETTINGS, Values

IMAGE = '<img src="http://198.51.100.1/x.png"> & <b>Carl</b>'


@pytest.fixture
def placed(qtbot):
    def place(widget, width=600, height=200):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return place


def marked(highlighter, document):
    highlighter.rehighlight()
    block, found = document.firstBlock(), []
    while block.isValid():
        for piece in block.layout().formats():
            found.append(block.text()[piece.start : piece.start + piece.length])
        block = block.next()
    return found


def test_text_of_customers_is_never_read_as_markup(theme, placed):
    assert placed(Text(IMAGE)).textFormat() == Qt.TextFormat.PlainText
    banner = placed(Banner(theme, "Why now.", IMAGE))
    assert not any("<img" in label.text() for label in banner.findChildren(QLabel))
    assert placed(ShortText(IMAGE * 5), width=80).toolTip().count("<") == 2


def test_short_text_keeps_the_whole_for_the_tooltip(theme, placed):
    text = placed(ShortText("Call back about the green water at 18 Palm Court"), width=90)
    assert text.text().endswith("…")
    assert text.whole() in text.toolTip()
    assert text.accessibleName() == text.whole()


def test_facts_in_a_draft_are_marked(theme, qapp):
    document = QTextDocument("On 6 November we missed your visit.\nYour $40 credit, on 6 November.")
    highlighter = FactHighlighter(theme, document)
    highlighter.show_facts(["6 November", "$40 credit", ""])
    assert sorted(marked(highlighter, document)) == ["$40 credit", "6 November", "6 November"]
    assert highlighter.fact_at("Your $40 credit", 8) == "$40 credit"


def test_facts_after_an_emoji_are_marked_in_the_right_place(theme, qapp):
    document = QTextDocument("🌊🌊 since 6 November")
    highlighter = FactHighlighter(theme, document)
    highlighter.show_facts(["6 November"])
    start = document.firstBlock().layout().formats()[0].start
    assert start == len("🌊🌊 since ".encode("utf-16-le")) // 2


def test_a_draft_takes_plain_text_whatever_is_pasted(theme, placed):
    edit = placed(DraftEdit(theme, "Message"))
    edit.set_text("Hi Priya,\n")
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    edit.insertFromMimeData(data)
    assert edit.text() == "boldHi Priya,\n"
    assert "<b>" not in edit.toHtml()


def test_done_can_be_undone_until_the_bar_leaves(theme, placed, qtbot):
    bar = placed(UndoBar(theme))
    bar.show_done("Marked done")
    with qtbot.waitSignal(bar.undo):
        bar.take_back()
    bar.show_done("Marked done")
    bar._leave.timeout.emit()
    assert not bar.isVisible()


def test_the_bar_counts_down_and_then_leaves(theme, placed):
    stopped = []
    bar = placed(UndoBar(theme))
    bar.count_down("Sending to Priya Nair", 2, lambda: stopped.append("stopped"))
    bar._tick.timeout.emit()
    assert bar.accessibleDescription() == "Sending to Priya Nair in 1 s"
    bar._tick.timeout.emit()
    assert (bar.isVisible(), stopped) == (False, [])


def test_details_of_a_problem_can_be_copied(theme, placed, qtbot):
    bar = placed(UndoBar(theme), width=900)
    bar.show_problem("Something went wrong.", details="Traceback: KeyError")
    qtbot.mouseClick(bar._copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "Traceback: KeyError"


def test_what_is_over_at_once_is_not_shown_as_busy(theme, placed, qtbot):
    busy = placed(BusyLine(theme))
    busy.hide()
    busy.start("Looking")
    busy.finish()
    assert not busy._patience.isActive()
    busy.start("Looking")
    qtbot.waitUntil(busy.isVisible)
    with qtbot.waitSignal(busy.cancelled):
        qtbot.mouseClick(busy._cancel, Qt.MouseButton.LeftButton)


def test_actions_without_room_go_into_a_menu_and_still_work(theme, placed, qtbot):
    pressed = []
    row = ActionRow(theme)
    row.add(Button(theme, "Send", "primary", icon="paper-plane-tilt", key="Ctrl ↵"))
    row.add(Button(theme, "Save to Drafts"))
    skip = row.add_right(Button(theme, "Skip", key="X"))
    skip.clicked.connect(lambda: pressed.append("skip"))
    placed(row, width=700, height=33)
    assert row.hidden_actions() == []
    row.resize(260, 33)
    assert skip in row.hidden_actions()
    row._fill_menu()
    action = row._menu.actions()[-1]
    assert action.text() == "Skip\tX"
    row._on_triggered(action)
    assert pressed == ["skip"]
    row.resize(700, 33)
    assert not skip.isHidden()


def test_the_focus_goes_through_actions_from_left_to_right(theme, placed):
    row = ActionRow(theme)
    made = [row.add(Button(theme, "Send")), row.add_right(Button(theme, "Done")), row.add(Button(theme, "Call"))]
    row.add_to_menu(Button(theme, "Card"))
    placed(row, 600)
    stop, order = made[0], []
    while stop not in order:
        order.append(stop)
        stop = stop.nextInFocusChain()
    reached = [each for each in order if each in row.in_order() and not each.isHidden()]
    assert [each.text() for each in reached] == ["Send", "Call", "", "Done"]


def test_a_menu_button_shows_the_choice_and_tells_it(theme, placed, qtbot):
    button = placed(MenuButton(theme, "Route", (("", "any"), ("fri", "Friday"))))
    assert button.text() == "Route: any"
    with qtbot.waitSignal(button.chosen) as chosen:
        button._menu.actions()[1].trigger()
    assert (chosen.args, button.text(), button.value()) == (["fri"], "Route: Friday", "fri")


def test_arrows_choose_the_neighbouring_day(theme, placed, qtbot):
    days = placed(Segments(theme, [("mon", "Mon"), ("tue", "Tue")], name="Day"))
    with qtbot.waitSignal(days.chosen) as chosen:
        qtbot.keyClick(days, Qt.Key.Key_Right)
    assert chosen.args == ["tue"]


def test_list_and_pane_take_turns_where_it_is_narrow(theme, placed):
    list_, pane = QListView(), QWidget()
    split = placed(SplitPane(theme, list_, pane), width=900)
    assert list_.isVisible()
    assert pane.isVisible()
    split.resize(700, 200)
    assert list_.isVisible()
    assert not pane.isVisible()
    split.show_pane()
    assert pane.isVisible()
    assert not list_.isVisible()


def test_the_width_of_a_list_is_remembered_at_any_window_size(theme, placed):
    list_ = QListView()
    split = placed(SplitPane(theme, list_, QWidget(), list_px=420), width=1300)
    assert list_.width() == 420
    split.resize(900, 200)
    split.resize(1300, 200)
    assert (list_.width(), split.width_of_list()) == (420, 420)


def test_chips_flow_into_as_many_lines_as_they_need(theme, placed):
    host = QWidget()
    flow = FlowLayout(host)
    for number in range(6):
        flow.addWidget(Tag(theme, f"advice number {number}", "good", "check"))
    placed(host, width=1000)
    assert flow.heightForWidth(260) > flow.heightForWidth(1000)
    flow.clear()
    assert flow.count() == 0


def test_charts_can_be_read_out(theme, placed):
    bars = placed(BarChart(theme, "Answers"))
    bars.show_bars([Bar("Quote check-in", 0.4, "8 of 20")])
    line = placed(LineChart(theme, "Answer rate"))
    line.show_points([Point("Sep", None), Point("Oct", 0.41)])
    assert bars.accessibleDescription() == "Quote check-in: 8 of 20"
    assert line.accessibleDescription() == "Sep: nothing counted; Oct: 41%"
    assert not bars.grab().isNull()
    assert not line.grab().isNull()


def test_a_form_keeps_what_can_be_meant_and_says_what_cannot(theme, placed, qtbot):
    values = Values()
    form = placed(SettingsForm(theme, SOME_SETTINGS, values), height=700)
    field = form.field("address")
    field._control.setText("dana@")
    field._control.editingFinished.emit()
    assert "cannot be used" in field.problem()
    assert values.kept == {}
    field._control.setText("dana@example.com")
    field._control.editingFinished.emit()
    form.field("tray")._control.toggle()
    form.field("weekly")._control.setValue(3)
    form.field("quiet")._control.setTime(time(21, 30))
    assert field.problem() == ""
    assert values.kept == {"address": "dana@example.com", "tray": False, "weekly": 3, "quiet": time(21, 30)}


WEEKLY = Setting("weekly", Kind.NUMBER, "Messages in a week", 1, "Rules", minimum=1, maximum=7)
QUIET = Setting("quiet", Kind.TIME, "Quiet from", time(20), "Rules")


@pytest.mark.parametrize(
    ("text", "meant"), [("20:00", time(20)), ("8pm", time(20)), ("12 am", time(0)), ("7.30", time(7, 30))]
)
def test_times_are_read_as_people_write_them(text, meant):
    assert parse(QUIET, text) == meant


@pytest.mark.parametrize(("setting", "text"), [(QUIET, "25:00"), (QUIET, "13pm"), (QUIET, "soon"), (WEEKLY, "8"),
                                               (WEEKLY, "1.5"), (WEEKLY, "")])  # fmt: skip
def test_a_setting_that_cannot_be_meant_names_itself(setting, text):
    with pytest.raises(Problem) as problem:
        parse(setting, text)
    assert problem.value.happened.startswith(setting.label)


@pytest.mark.parametrize("setting", SOME_SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_read_as_it_is_written(setting):
    assert parse(setting, format_value(setting, setting.default)) == setting.default


def test_settings_are_found_by_key_and_section():
    assert find("quiet", SOME_SETTINGS).label == "Quiet from"
    assert sections(SOME_SETTINGS)[:2] == ("Business", "Rules")


def test_a_missing_resource_is_named():
    with pytest.raises(FileNotFoundError, match=r"icons/no-such-icon\.svg"):
        resource("icons/no-such-icon.svg")


def test_the_heartbeat_notices_a_stall(qapp, qtbot):
    heart = Heartbeat()
    heart.start()
    qtbot.waitUntil(lambda: heart.beats() >= 3)
    end = 200_000
    while end:  # keep the thread busy without a clock
        end -= 1
        heart.objectName()
    assert heart.stop() > 5
