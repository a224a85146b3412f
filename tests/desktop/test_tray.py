"""The tray icon on real desktops: over the session bus, and drawn into the panel as older desktops do it."""

import pytest
from PySide6.QtGui import QColor, QGuiApplication

pytestmark = pytest.mark.desktop


def test_the_desktop_shows_the_icon_with_its_badge_in_every_size(host, tray):
    desktop = host(tray=True)
    tray()
    desktop.wait_for("item")
    item = desktop.ask("item")[1]
    assert {"16", "22", "24", "32", "48", "64"} <= set(item["red"])
    assert all(item["red"][size] > int(size) * int(size) // 12 for size in item["red"])
    assert "2 promises are due or late" in item["tooltip"][0] + item["tooltip"][1]


def test_the_menu_lists_the_promises_first(host, tray):
    desktop = host(tray=True)
    program = tray()
    desktop.wait_for("item")
    assert desktop.ask("menu")[1] == [
        "Maria Alvarez · 3:00 pm",
        "Smith _& Sons · late",
        "-",
        "New promise…",
        "Open Today · 14",
        "Quiet for 1 hour",
        "Quit",
    ]
    program.tell("promises", [], 0, 0)
    program.qtbot.waitUntil(
        lambda: desktop.ask("menu")[1] == ["New promise…", "Open Today", "Quiet for 1 hour", "Quit"]
    )


def test_each_line_of_the_menu_does_what_it_says(host, tray):
    desktop = host(tray=True)
    program = tray()
    desktop.wait_for("item")
    for line, said in (
        ("Maria Alvarez · 3:00 pm", ["open_promise", 7]),
        ("Smith _& Sons · late", ["open_promise", 9]),
        ("New promise…", ["new_promise"]),
        ("Open Today · 14", ["open_today"]),
        ("Quiet for 1 hour", ["quiet", True]),
        ("Quit", ["quit"]),
    ):
        desktop.tell("click", line)
        program.wait_for(*said)


def test_a_click_on_the_icon_opens_today(host, tray):
    desktop = host(tray=True)
    program = tray()
    desktop.wait_for("item")
    desktop.tell("activate")
    program.wait_for("open_today")


def test_a_tray_that_comes_late_gets_the_icon_and_one_that_restarts_gets_it_again(host, tray):
    program = tray()
    assert program.said[-1] == ["started", False]
    first = host(tray=True)
    first.wait_for("item")
    program.wait_for("availability_changed", True)
    first.program.stop()
    program.wait_for("availability_changed", False)
    second = host(tray=True)

    def answers_to_a_click():
        second.tell("activate")
        return ["open_today"] in program.said

    program.qtbot.waitUntil(answers_to_a_click)


def test_started_hidden_without_a_tray_it_says_so(tray):
    program = tray(hidden=True)
    program.wait_for("no_tray")


def test_started_hidden_with_a_tray_it_stays_hidden(host, tray):
    host(tray=True)
    program = tray(hidden=True)
    program.wait_for("time is up")
    assert ["no_tray"] not in program.said


def test_over_the_bus_the_tray_does_not_claim_to_show_messages(host, tray):
    host(tray=True)
    assert tray().ask("message", "Promise due", "call") == ["message", False]


# --- A panel of the older kind (XEmbed) -----------------------------------------------------------------------------


@pytest.fixture
def panel(run):
    """Trayer at the bottom right of the screen."""
    return run(
        ["trayer", "--edge", "bottom", "--align", "right", "--width", "20", "--height", "32", "--SetDockType", "true"]
    )


def place_of(program):
    """Where the icon is, once the panel has drawn it."""

    def placed():
        _, _, y, width, height = program.ask("place")
        return width > 8 and height > 8 and y > 400

    program.qtbot.waitUntil(placed)
    return program.ask("place")[1:]


def test_an_older_panel_shows_the_badge_and_answers_to_the_mouse(qtbot, panel, tray, run):
    program = tray()
    x, y, width, height = place_of(program)
    qtbot.waitUntil(lambda: red_on_screen(x, y, width, height) > 20)
    middle = (x + width // 2, y + height // 2)
    click(run, 1, *middle)
    program.wait_for("open_today")
    click(run, 3, *middle)
    qtbot.waitUntil(lambda: program.ask("menu_place", "New promise")[1])
    click(run, 1, *program.ask("menu_place", "New promise")[2:])
    program.wait_for("new_promise")


def test_an_older_panel_that_comes_late_gets_the_icon(tray, run, request):
    program = tray()
    assert program.said[-1] == ["started", False]
    request.getfixturevalue("panel")
    program.wait_for("availability_changed", True)
    place_of(program)


def test_in_an_older_panel_a_message_shows_beside_the_icon_and_a_click_on_it_answers(qtbot, panel, tray, run):
    program = tray()
    place_of(program)
    assert program.ask("message", "Promise due at 3:00 pm", "Maria Alvarez: send the filter quote") == ["message", True]
    qtbot.waitUntil(lambda: any("QBalloonTip" in name for name in program.ask("windows")[1:]))


def click(run, button, x, y):
    run(["xdotool", "mousemove", x, y, "click", button])


def red_on_screen(x, y, width, height):
    image = QGuiApplication.primaryScreen().grabWindow(0, x, y, width, height).toImage()
    colours = (QColor(image.pixel(i, j)) for i in range(image.width()) for j in range(image.height()))
    return sum(one.red() > 140 and one.green() < 90 and one.blue() < 90 for one in colours)
