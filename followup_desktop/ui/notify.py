"""Notifications with answers: straight to the desktop where it can do that, by the tray icon where it cannot.

On Linux the session bus is spoken to directly, without a thread: PySide's own D-Bus cannot send the unsigned number
the protocol asks for. Windows and macOS use the tray icon's message for now.
"""

from __future__ import annotations

import html
import logging
import os
import sys
import unicodedata
from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QDeadlineTimer, QObject, QSocketNotifier, QTimer, Signal

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from jeepney.low_level import Message

log = logging.getLogger(__name__)

DEFAULT = "default"
"""The action of a click on the notification itself."""

Actions = Sequence[tuple[str, str]]

_BUS_NAME = "org.freedesktop.Notifications"
_BUS_PATH = "/org/freedesktop/Notifications"
_PATIENCE_MS = 2000
_LEAVE_ALONE_MS = 5 * 60 * 1000  # a notification service that hangs must not hold up the window again and again
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Delivered:
    """It was shown, and by what: words for the settings page."""

    how: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nothing could show it, and why: words for the settings page."""

    reason: str


class Way(QObject):
    """One way of showing a notification."""

    acted = Signal(str, str)
    closed = Signal(str)

    def send(self, notice_id: str, title: str, body: str, actions: Actions, *, silent: bool) -> Delivered | Unavailable:
        """Show it, in place of an earlier one with the same id."""
        raise NotImplementedError

    def withdraw(self, notice_id: str) -> None:
        """Take it away again, if it still shows."""

    def close(self) -> None:
        """Let go of the desktop."""


class MessageShower(Protocol):
    """What can show a plain message beside its icon: the tray."""

    message_clicked: Any

    def show_message(self, title: str, body: str) -> bool:
        """Show it and return whether the desktop can."""
        ...


class Notifier(QObject):
    """Sends notifications the best way there is now, and says what the owner answered.

    A click may be answered late, twice, or after the promise was settled elsewhere: what it starts must bear that.
    """

    acted = Signal(str, str)
    """The owner chose an action: id of the notification, key of the action (`DEFAULT` for a click on the text)."""
    closed = Signal(str)
    """It went away, answered or not."""

    def __init__(self, ways: Sequence[Way], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ways = tuple(ways)
        for way in self._ways:
            way.setParent(self)
            way.acted.connect(self.acted)
            way.closed.connect(self.closed)

    def send(
        self, notice_id: str, title: str, body: str, actions: Actions = (), *, silent: bool = False
    ) -> Delivered | Unavailable:
        """Show a notification, in place of an earlier one with the same id.

        `Unavailable` means nobody saw it: the badge and the window's title are all that is left.
        """
        reasons = []
        for way in self._ways:
            match way.send(notice_id, title, body, actions, silent=silent):
                case Delivered() as delivered:
                    return delivered
                case Unavailable(reason):
                    reasons.append(reason)
        return Unavailable(" ".join(reasons))

    def withdraw(self, notice_id: str) -> None:
        """Take a notification away: its promise was kept in the window."""
        for way in self._ways:
            way.withdraw(notice_id)

    def close(self) -> None:
        """Let go of the desktop; what shows stays."""
        for way in self._ways:
            way.close()


def make_notifier(tray: MessageShower, app_name: str, app_icon: str, parent: QObject | None = None) -> Notifier:
    """Return the notifier for this system; `app_icon` is an icon's name or a file's address."""
    ways: list[Way] = [TrayWay(tray)]
    if sys.platform.startswith("linux"):
        ways.insert(0, DesktopWay(app_name, app_icon))
    return Notifier(ways, parent)


class TrayWay(Way):
    """The tray icon's own message: no buttons, a click opens.

    The desktop does not say which message was clicked, so it is taken to be the last.
    """

    def __init__(self, tray: MessageShower) -> None:
        super().__init__()
        self._tray, self._last = tray, ""
        tray.message_clicked.connect(self._on_clicked)

    def send(self, notice_id: str, title: str, body: str, actions: Actions, *, silent: bool) -> Delivered | Unavailable:
        """Show it beside the tray icon."""
        if not self._tray.show_message(title, f"{body}\nClick to open." if actions else body):
            return Unavailable("The tray cannot show messages.")
        self._last = notice_id
        return Delivered("the tray icon")

    def _on_clicked(self) -> None:
        if self._last:
            self.acted.emit(self._last, DEFAULT)


class DesktopWay(Way):
    """The desktop's notification service (Desktop Notifications Specification 1.2), with buttons."""

    def __init__(self, app_name: str, app_icon: str) -> None:
        super().__init__()
        self._app_name, self._app_icon = app_name, app_icon
        self._bus: DBusConnection | None = None
        self._listener: QSocketNotifier | None = None
        self._shown: dict[tuple[str, int], str] = {}  # by service and its number; numbers start again with the service
        self._overheard: deque[Message] = deque()
        self._unanswered: dict[int, str] = {}
        self._leave_alone = QDeadlineTimer(0)
        self._noted = False

    def send(self, notice_id: str, title: str, body: str, actions: Actions, *, silent: bool) -> Delivered | Unavailable:
        """Ask the service what it can do, and show it accordingly."""
        if not self._leave_alone.hasExpired():
            return Unavailable("The desktop's notification service does not answer.")
        try:
            return self._send(notice_id, title, body, actions, silent=silent)
        except TimeoutError:
            self._leave_alone.setRemainingTime(_LEAVE_ALONE_MS)
            return self._unavailable("The desktop's notification service does not answer.", "no answer in time")
        except _RefusedError as refused:
            return self._unavailable("This desktop shows no notifications.", str(refused))
        except Exception as error:  # services answer in many wrong ways; a reminder must reach its next way
            self._hang_up()
            return self._unavailable("The desktop's notifications cannot be reached.", type(error).__name__)

    def withdraw(self, notice_id: str) -> None:
        """Close it, if the service still shows it."""
        for (service, number), shown in list(self._shown.items()):
            if shown == notice_id and self._bus is not None:
                try:
                    self._bus.send(_call("CloseNotification", "u", (number,), to=service))
                except OSError:
                    self._hang_up()

    def close(self) -> None:
        """Leave the session bus."""
        self._hang_up()

    def _send(self, notice_id: str, title: str, body: str, actions: Actions, *, silent: bool) -> Delivered:
        bus = self._bus or self._connect()
        answer = self._ask(bus, _call("GetCapabilities"))
        can, service = {str(one) for one in answer.body[0]}, _sender(answer)
        replaces = next(
            (number for (by, number), shown in self._shown.items() if shown == notice_id and by == service), 0
        )
        title, body = fitted(title, body, can, asks=bool(actions))
        buttons = [word for action in _default_first(actions) for word in action] if "actions" in can else []
        hints = {
            "urgency": ("y", 1),
            "category": ("s", "x-followup.due"),
            "desktop-entry": ("s", "followup_desktop"),
            "suppress-sound": ("b", silent),
        }
        lasting = 0 if "persistence" in can else -1  # 0: until answered; -1: as long as the service thinks right
        arguments = (self._app_name, replaces, self._app_icon, title, body, buttons, hints, lasting)
        self._number(self._ask(bus, _call("Notify", "susssasa{sv}i", arguments), notice_id), notice_id)
        return Delivered("the desktop" if buttons else "the desktop, without buttons")

    def _connect(self) -> DBusConnection:
        # Loaded here because most minutes need no notification, and other systems have no such package.
        from jeepney import MatchRule
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        bus = open_dbus_connection("SESSION")
        try:
            self._ask(bus, message_bus.AddMatch(MatchRule(type="signal", interface=_BUS_NAME)))
        except Exception:
            bus.close()
            raise
        self._bus = bus
        self._listener = QSocketNotifier(bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._listener.activated.connect(self._on_readable)
        return bus

    def _hang_up(self) -> None:
        if self._listener is not None:
            self._listener.setEnabled(False)
            self._listener.deleteLater()
        if self._bus is not None:
            self._bus.close()
        self._bus = self._listener = None
        self._unanswered.clear()

    def _ask(self, bus: DBusConnection, question: Message, notice_id: str = "") -> Message:
        """Return the answer; what else arrives meanwhile is not lost but heard afterwards."""
        from jeepney import HeaderFields, MessageType

        serial = next(bus.outgoing_serial)
        bus.send(question, serial=serial)
        if notice_id:
            self._unanswered[serial] = notice_id
        deadline = QDeadlineTimer(_PATIENCE_MS)
        # What was read along with the answer will not wake the listener again.
        QTimer.singleShot(0, self, self._on_readable)
        while True:
            message = bus.receive(timeout=max(0, deadline.remainingTime()) / 1000)
            if message.header.fields.get(HeaderFields.reply_serial) == serial:
                break
            self._overheard.append(message)
        self._unanswered.pop(serial, None)
        if message.header.message_type is MessageType.error:
            raise _RefusedError(message.header.fields.get(HeaderFields.error_name, "error"))
        return message

    def _on_readable(self) -> None:
        while self._overheard:
            self._hear(self._overheard.popleft())
        while self._bus is not None:
            try:
                message = self._bus.receive(timeout=0)
            except TimeoutError:
                return
            except Exception as error:  # the bus went away, or sent what cannot be read: start anew at the next send
                self._note(f"the session bus was lost: {type(error).__name__}")
                self._hang_up()
                return
            self._hear(message)

    def _hear(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        late = self._unanswered.pop(fields.get(HeaderFields.reply_serial, 0), None)
        if message.header.message_type is MessageType.method_return and late is not None:
            self._number(message, late)
            self._leave_alone.setRemainingTime(0)
        if message.header.message_type is not MessageType.signal or not message.body:
            return
        key = (_sender(message), message.body[0])
        if (notice_id := self._shown.get(key)) is None:  # someone else's notification, or someone who pretends
            return
        match fields.get(HeaderFields.member), message.body:
            case "ActivationToken", (_, str(token)):
                os.environ["XDG_ACTIVATION_TOKEN"] = token  # the right to come to front, taken from here by Qt
            case "ActionInvoked", (_, str(action)):
                self.acted.emit(notice_id, action)
            case "NotificationClosed", _:
                del self._shown[key]
                self.closed.emit(notice_id)

    def _number(self, answer: Message, notice_id: str) -> None:
        """Remember under which number the service shows it; some answer with a signed number."""
        number = answer.body[0] if answer.body else None
        if isinstance(number, int):
            self._shown[_sender(answer), number] = notice_id

    def _unavailable(self, reason: str, detail: str) -> Unavailable:
        self._note(detail)
        return Unavailable(reason)

    def _note(self, detail: str) -> None:
        """Log it the first time; the same happens again with every reminder."""
        if not self._noted:
            self._noted = True
            log.info("Notifications by the desktop do not work: %s", detail)


class _RefusedError(Exception):
    """The service, or the bus in its place, answered with an error."""


def fitted(title: str, body: str, can: Set[str], *, asks: bool) -> tuple[str, str]:
    """Fit the words to what a notification service can show; customers' words are never taken for markup."""
    title, body = plain(title), plain(body)
    if asks and "actions" not in can:
        body += "\nOpen Followup Desktop to answer."
    if "body" not in can:
        return f"{title}: {body}".replace("\n", " "), ""
    return title, html.escape(body, quote=False) if "body-markup" in can else body


def plain(text: str) -> str:
    """Return the text without what the bus refuses or a desktop may trip over, and not endlessly long."""
    return "".join(one for one in text[:_LONGEST] if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs"))


def _default_first(actions: Actions) -> list[tuple[str, str]]:
    """Put the click on the notification itself first, where services look for it."""
    labels = dict(actions)
    if not labels:
        return []
    return [(DEFAULT, labels.pop(DEFAULT, "Open")), *labels.items()]


def _call(member: str, signature: str | None = None, body: tuple[Any, ...] = (), to: str = _BUS_NAME) -> Message:
    from jeepney import DBusAddress, new_method_call

    return new_method_call(DBusAddress(_BUS_PATH, to, _BUS_NAME), member, signature, body)


def _sender(message: Message) -> str:
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields.sender, ""))
