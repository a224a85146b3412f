"""The tray's words, pictures and patience; the desktop tests prove it on real desktops."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from followup_desktop.ui.tray import SIZES, Patience, Tray, TrayPromise, badge_icon, menu_name, tooltip

SHORT = Patience(eager_ms=1, eager_looks=3, seldom_ms=60_000, no_tray_ms=5)


def plain_icon(_name=""):
    pixmap = QPixmap(64, 64)
    pixmap.fill(QColor("#0B6E99"))
    return QIcon(pixmap)


@pytest.fixture
def tray(qtbot):
    tray = Tray(plain_icon, plain_icon, patience=SHORT)
    yield tray
    tray.stop()


def lines(tray):
    return [
        "-" if one.isSeparator() else one.text().replace(" · ", "\t")
        for one in tray._menu.menu.actions()
        if one.isVisible()
    ]


def promises(count):
    return [TrayPromise(n, f"Customer {n}", "3:00 pm", late=n == 1) for n in range(1, count + 1)]


def test_the_menu_names_five_promises_and_counts_the_rest(tray):
    tray.start()
    tray.set_promises(promises(7), badge=7, today=14)
    assert lines(tray) == [
        "Customer 1\tlate",
        *(f"Customer {n}\t3:00 pm" for n in range(2, 6)),
        "2 more",
        "-",
        "New promise…",
        "Open Today\t14",
        "Quiet for 1 hour",
        "Quit",
    ]


def test_with_nothing_due_the_menu_is_short(tray):
    tray.set_promises([], badge=0, today=0)
    tray.start()
    assert lines(tray) == ["New promise…", "Open Today", "Quiet for 1 hour", "Quit"]


def test_the_quiet_hour_shows_its_end_and_a_click_ends_it(qtbot, tray):
    tray.start()
    tray.set_quiet("2:02 pm")
    assert "Quiet until 2:02 pm" in lines(tray)
    (quiet,) = [one for one in tray._menu.menu.actions() if one.isChecked()]
    with qtbot.waitSignal(tray.quiet) as said:
        quiet.trigger()
    assert said.args == [False]


def test_more_opens_the_promises(qtbot, tray):
    tray.start()
    tray.set_promises(promises(6), badge=6, today=0)
    (more,) = [one for one in tray._menu.menu.actions() if one.text() == "1 more"]
    with qtbot.waitSignal(tray.open_promises):
        more.trigger()


def test_started_hidden_where_there_is_no_tray_it_says_so(qtbot, tray):
    assert not tray.available()
    with qtbot.waitSignal(tray.no_tray):
        tray.start(hidden=True)


def test_the_looking_for_a_tray_becomes_seldom(qtbot, tray):
    tray.start()
    qtbot.waitUntil(lambda: tray._timer.interval() == SHORT.seldom_ms)


def test_without_a_tray_no_message_is_claimed_to_be_shown(tray):
    tray.start()
    assert tray.show_message("Promise due", "call") is False


@pytest.mark.parametrize(
    ("customer", "shown"),
    [
        ("Smith & Sons", "Smith && Sons"),
        ("Line\nbreak\t", "Line break"),
        ("x" * 50, "x" * 39 + "…"),
        ("Zoë Åström-Núñez", "Zoë Åström-Núñez"),
    ],
)
def test_any_customer_s_name_is_one_line_of_a_menu(customer, shown):
    assert menu_name(customer) == shown


@pytest.mark.parametrize(
    ("badge", "words"),
    [(0, "No promise is due"), (1, "1 promise is due or late"), (12, "12 promises are due or late")],
)
def test_the_tooltip_says_what_the_badge_counts(badge, words):
    assert tooltip(badge) == f"Followup Desktop\n{words}"


@pytest.mark.parametrize("size", SIZES)
def test_the_badge_is_there_in_every_size_and_only_when_something_is_due(qtbot, size):
    with_badge, without = (badge_icon(plain_icon(), badge).pixmap(QSize(size, size), 1.0).toImage() for badge in (3, 0))
    assert with_badge.width() == size
    assert with_badge != without
    corner = QColor(with_badge.pixel(size - round(size * 0.31), size - 2))
    assert corner.red() > 150 > 60 > corner.green()
    assert (
        badge_icon(plain_icon(), 10).pixmap(QSize(size, size)).toImage()
        == badge_icon(plain_icon(), 99).pixmap(QSize(size, size)).toImage()
    )
