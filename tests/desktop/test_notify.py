"""Notifications: the owner's answer comes back, from real notification services and from badly made ones."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from followup_desktop.ui.notify import Delivered, DesktopWay, Notifier, TrayWay, Unavailable
from tests.desktop.test_tray import click

pytestmark = pytest.mark.desktop

ACTIONS = (("write", "Write it"), ("kept", "Kept"), ("later", "In 1 hour"))
EVERYTHING = ("actions", "body", "body-markup", "persistence")


class Heard:
    """What the owner answered, and what went away."""

    def __init__(self, way):
        self.acted, self.closed = [], []
        way.acted.connect(self.on_acted)
        way.closed.connect(self.closed.append)

    def on_acted(self, notice, action):
        self.acted.append((notice, action))


@pytest.fixture
def way(bus):
    way = DesktopWay("Followup Desktop", "")
    yield way
    way.close()


@pytest.fixture
def heard(way):
    return Heard(way)


def send(way, notice="promise:7", title="Promise due at 3:00 pm", body="Maria Alvarez: send it", *, silent=False):
    return way.send(notice, title, body, ACTIONS, silent=silent)


def test_the_owner_s_answer_comes_back_with_the_promise_it_is_for(qtbot, host, way, heard):
    service = host(notifications={"can": EVERYTHING})
    assert send(way) == Delivered("the desktop")
    _, number, shown = service.wait_for("notify")
    assert shown["actions"] == ["default", "Open", "write", "Write it", "kept", "Kept", "later", "In 1 hour"]
    service.tell("act", number, "kept")
    qtbot.waitUntil(lambda: heard.closed == ["promise:7"])
    assert heard.acted == [("promise:7", "kept")]
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "token-of-the-click"


def test_it_stays_until_answered_where_the_desktop_can_keep_it(host, way):
    service = host(notifications={"can": EVERYTHING})
    send(way)
    assert service.wait_for("notify")[2]["timeout"] == 0


def test_customers_words_are_never_taken_for_markup(host, way):
    service = host(notifications={"can": EVERYTHING})
    send(way, body='<a href="http://example.test">Smith & Sons</a>')
    assert service.wait_for("notify")[2]["body"] == '&lt;a href="http://example.test"&gt;Smith &amp; Sons&lt;/a&gt;'


def test_a_service_without_buttons_gets_none_and_the_words_say_where_to_answer(host, way):
    service = host(notifications={"can": ["body"]})
    assert send(way, body="Smith & Sons: call") == Delivered("the desktop, without buttons")
    shown = service.wait_for("notify")[2]
    assert shown["actions"] == []
    assert shown["body"] == "Smith & Sons: call\nOpen Followup Desktop to answer."
    assert shown["timeout"] == -1


def test_an_old_reminder_makes_no_sound(host, way):
    service = host(notifications={"can": EVERYTHING})
    send(way, silent=True)
    assert service.wait_for("notify")[2]["hints"]["suppress-sound"] is True


def test_words_the_bus_would_refuse_do_not_cost_the_reminder(host, way):
    service = host(notifications={"can": EVERYTHING})
    assert isinstance(send(way, title="a\0b\ud800c", body="line\nline\x07"), Delivered)
    shown = service.wait_for("notify")[2]
    assert (shown["title"], shown["body"]) == ("abc", "line\nline")


def test_a_service_that_numbers_with_the_wrong_type_is_understood(qtbot, host, way, heard):
    service = host(notifications={"can": EVERYTHING, "number": "i"})
    assert isinstance(send(way), Delivered)
    service.tell("act", 1, "later")
    qtbot.waitUntil(lambda: heard.acted == [("promise:7", "later")])


def test_the_same_promise_is_shown_once_the_other_beside_it(host, way):
    service = host(notifications={"can": EVERYTHING})
    for notice in ("promise:7", "promise:8", "promise:7"):
        send(way, notice)
    service.wait_for("notify", 2)
    assert [said[1] for said in service.said if said[0] == "notify"] == [1, 2, 1]


def test_a_promise_kept_in_the_window_takes_its_notification_away(qtbot, host, way, heard):
    host(notifications={"can": EVERYTHING})
    send(way)
    way.withdraw("promise:7")
    qtbot.waitUntil(lambda: heard.closed == ["promise:7"])
    assert heard.acted == []


def test_an_answer_given_while_the_next_one_is_being_shown_is_not_lost(qtbot, host, way, heard):
    service = host(notifications={"can": EVERYTHING})
    send(way, "promise:7")
    service.wait_for("notify")
    service.ask("act_before_the_next_answer", 1, "kept")
    send(way, "promise:8")
    assert heard.acted == []  # not in the middle of sending
    qtbot.waitUntil(lambda: heard.acted == [("promise:7", "kept")])


def test_somebody_else_on_the_bus_cannot_answer_for_the_owner(qtbot, host, way, heard):
    service = host(notifications={"can": EVERYTHING})
    send(way)
    service.tell("pretend", 1, "kept")
    service.tell("act", 1, "later")
    qtbot.waitUntil(lambda: heard.closed == ["promise:7"])
    assert heard.acted == [("promise:7", "later")]


def test_a_service_that_restarted_numbers_anew_and_is_not_mixed_up(qtbot, host, way, heard):
    first = host(notifications={"can": EVERYTHING})
    send(way, "promise:7")
    first.program.stop()
    second = host(notifications={"can": EVERYTHING})
    send(way, "promise:8")
    second.tell("act", 1, "kept")
    qtbot.waitUntil(lambda: heard.acted == [("promise:8", "kept")])


def test_a_service_that_hangs_holds_the_window_up_once_and_its_late_answer_still_counts(qtbot, host, way, heard):
    service = host(notifications={"can": EVERYTHING, "answers": "capabilities"})
    hanging = Unavailable("The desktop's notification service does not answer.")
    assert send(way) == hanging
    assert send(way, "promise:8") == hanging  # not even asked
    service.tell("answer")
    qtbot.waitUntil(lambda: send(way, "promise:8") == Delivered("the desktop"))
    service.tell("act", 1, "kept")
    qtbot.waitUntil(lambda: heard.acted == [("promise:7", "kept")])


# --- When there is nobody to show it --------------------------------------------------------------------------------


class Messages(QObject):
    """A tray that shows messages."""

    message_clicked = Signal()

    def __init__(self):
        super().__init__()
        self.shown = []

    def show_message(self, title, body):
        self.shown.append((title, body))
        return True


def test_without_a_notification_service_the_tray_shows_it(bus):
    tray = Messages()
    notifier = Notifier([DesktopWay("Followup Desktop", ""), TrayWay(tray)])
    assert notifier.send("promise:7", "Promise due", "call", ACTIONS) == Delivered("the tray icon")
    assert tray.shown == [("Promise due", "call\nClick to open.")]
    heard = Heard(notifier)
    tray.message_clicked.emit()
    assert heard.acted == [("promise:7", "default")]
    notifier.close()


def test_without_a_service_the_reason_is_told(way):
    assert send(way) == Unavailable("This desktop shows no notifications.")


def test_a_service_that_comes_late_is_used_from_then_on(host, way):
    assert isinstance(send(way), Unavailable)
    host(notifications={"can": EVERYTHING})
    assert isinstance(send(way), Delivered)


def test_a_bus_that_goes_away_is_no_catastrophe(qtbot, bus, host, way):
    host(notifications={"can": EVERYTHING})
    send(way)
    bus.stop()
    assert send(way) == Unavailable("The desktop's notifications cannot be reached.")


# --- Real notification services -------------------------------------------------------------------------------------

DUNST = """[global]
origin = top-right
mouse_left_click = do_action, close_current
width = 360
"""


def program_of(name):
    """Where a notification service lies; Debian keeps some of them out of the PATH."""
    places = [*Path("/usr/lib").glob(f"*/xfce4/notifyd/{name}"), *Path("/usr/lib").glob(f"{name}/{name}")]
    return shutil.which(name) or next((str(place) for place in places if place.is_file()), None)


def start_dunst(run, tmp_path):
    (tmp_path / "dunstrc").write_text(DUNST)
    run([program_of("dunst"), "-conf", tmp_path / "dunstrc"])


def start_notification_daemon(run, tmp_path):
    run([program_of("notification-daemon")])


def start_xfce4_notifyd(run, tmp_path):
    settings = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service")
    (tmp_path / "services" / settings.name).symlink_to(settings)
    run([program_of("xfce4-notifyd")])


def window_of(qtbot, run, window_class):
    """Where the notification is on the screen: x, y, width, height, once it stands still."""
    seen = []

    def stands_still():
        search = run(["xdotool", "search", "--onlyvisible", "--class", window_class, "getwindowgeometry", "--shell"])
        qtbot.waitUntil(lambda: not search.running)
        found = dict(line.split("=") for line in search.lines if "=" in line)
        seen.append([int(found.get(name, 0)) for name in ("X", "Y", "WIDTH", "HEIGHT")])
        return len(seen) > 1 and seen[-1] == seen[-2] and seen[-1][3] > 20

    qtbot.waitUntil(stands_still)
    return seen[-1]


SERVICES = [
    # Start it, its window, where to click (from the right, from below), and what that answers.
    pytest.param(start_dunst, "Dunst", (100, 20), "default", id="dunst"),
    pytest.param(start_notification_daemon, "Notification-daemon", (80, 38), "later", id="notification-daemon"),
    pytest.param(
        start_xfce4_notifyd,
        "Xfce4-notifyd",
        (60, 30),
        "later",
        id="xfce4-notifyd",
        marks=pytest.mark.skipif(program_of("xfce4-notifyd") is None, reason="xfce4-notifyd is not installed"),
    ),
]


@pytest.mark.parametrize(("start", "window_class", "place", "answer"), SERVICES)
def test_a_click_on_a_real_notification_comes_back(
    qtbot, run, bus, way, heard, tmp_path, start, window_class, place, answer
):
    start(run, tmp_path)
    qtbot.waitUntil(lambda: isinstance(send(way), Delivered), timeout=10_000)
    x, y, width, height = window_of(qtbot, run, window_class)
    click(run, 1, x + width - place[0], y + height - place[1])
    qtbot.waitUntil(lambda: heard.acted == [("promise:7", answer)])
    qtbot.waitUntil(lambda: heard.closed == ["promise:7"])
