"""What is told, and by which way; the desktop tests prove the ways themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QObject, Signal

from followup_desktop.ui.notify import (
    Delivered,
    DesktopWay,
    Notifier,
    TrayWay,
    Unavailable,
    Way,
    fitted,
    make_notifier,
    plain,
)

ACTIONS = (("kept", "Kept"),)


class Tray(QObject):
    """A tray that can or cannot show messages."""

    message_clicked = Signal()

    def __init__(self, *, can):
        super().__init__()
        self.can, self.shown = can, []

    def show_message(self, title, body):
        self.shown.append((title, body))
        return self.can


class Nothing(Way):
    """A way that never works."""

    def send(self, notice_id, title, body, actions, *, silent):
        return Unavailable("There is no desktop.")


def test_the_next_way_is_taken_when_one_does_not_work(qtbot):
    tray = Tray(can=True)
    notifier = Notifier([Nothing(), TrayWay(tray)])
    assert notifier.send("promise:1", "Promise due", "Maria: call", ACTIONS) == Delivered("the tray icon")
    assert tray.shown == [("Promise due", "Maria: call\nClick to open.")]


def test_a_click_on_the_tray_s_message_answers_for_the_last_one(qtbot):
    tray = Tray(can=True)
    notifier = Notifier([TrayWay(tray)])
    tray.message_clicked.emit()  # of a message that is not ours
    notifier.send("promise:1", "Promise due", "")
    notifier.send("promise:2", "Promise due", "")
    with qtbot.waitSignal(notifier.acted) as acted:
        tray.message_clicked.emit()
    assert acted.args == ["promise:2", "default"]


def test_when_no_way_works_every_reason_is_told(qtbot):
    notifier = Notifier([Nothing(), TrayWay(Tray(can=False))])
    assert notifier.send("promise:1", "Promise due", "") == Unavailable(
        "There is no desktop. The tray cannot show messages."
    )


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "nonsense", ""])
def test_without_a_bus_the_desktop_s_way_says_so(qtbot, monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    way = DesktopWay("Followup Desktop", "")
    assert way.send("promise:1", "t", "b", ACTIONS, silent=False) == Unavailable(
        "The desktop's notifications cannot be reached."
    )
    way.withdraw("promise:1")


def test_linux_asks_the_desktop_first_and_other_systems_the_tray(qtbot, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    tray = Tray(can=False)
    monkeypatch.setattr("sys.platform", "linux")
    both = make_notifier(tray, "Followup Desktop", "").send("1", "t", "")
    monkeypatch.setattr("sys.platform", "win32")
    alone = make_notifier(tray, "Followup Desktop", "").send("1", "t", "")
    assert both.reason == f"The desktop's notifications cannot be reached. {alone.reason}"


@pytest.mark.parametrize(
    ("can", "shown"),
    [
        ({"body", "actions"}, ("Due", "A & B <call>")),
        ({"body", "actions", "body-markup"}, ("Due", "A &amp; B &lt;call&gt;")),
        ({"body"}, ("Due", "A & B <call>\nOpen Followup Desktop to answer.")),
        ({"actions"}, ("Due: A & B <call>", "")),
        (set(), ("Due: A & B <call> Open Followup Desktop to answer.", "")),
    ],
)
def test_the_words_fit_what_the_service_can_show(can, shown):
    assert fitted("Due", "A & B <call>", can, asks=True) == shown


@given(some.text(some.characters(), max_size=2000))
def test_any_text_becomes_one_the_bus_takes(text):
    told = plain(text)
    assert "\0" not in told
    assert len(told.encode()) <= 4000


def test_umlauts_and_narrow_spaces_are_kept():
    assert plain("Jörg\u202f·\u00a0Zoë 👋\nnext") == "Jörg\u202f·\u00a0Zoë 👋\nnext"
