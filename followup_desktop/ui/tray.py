"""The tray icon: how many promises are due, the next of them, and the way back into the window."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

SIZES = (16, 20, 22, 24, 32, 48, 64)
_BADGE, _BADGE_TEXT = QColor("#B3261E"), QColor("#FFFFFF")  # the same on every panel, light or dark
_LISTED = 5
_LONGEST_NAME = 40
_MESSAGE_MS = 10_000


@dataclass(frozen=True, slots=True)
class TrayPromise:
    """One line of the menu; `when` is in words ("3:00 pm")."""

    id: int
    customer: str
    when: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to look for a tray, in milliseconds: often after the start, when desktops come up, then seldom."""

    eager_ms: int = 5_000
    eager_looks: int = 24
    seldom_ms: int = 60_000
    no_tray_ms: int = 20_000


class Tray(QObject):
    """The icon with its badge and menu; appears as soon as the desktop has a place for it.

    `icon` draws a menu's icon by name, `app_icon` the program's own.
    """

    open_today = Signal()
    open_promise = Signal(int)
    open_promises = Signal()
    new_promise = Signal()
    quiet = Signal(bool)
    quit = Signal()
    no_tray = Signal()
    """Started hidden, and after a while there still is no tray: show the window, or nobody ever finds the program."""
    availability_changed = Signal(bool)
    message_clicked = Signal()

    def __init__(
        self,
        app_icon: Callable[[], QIcon],
        icon: Callable[[str], QIcon],
        parent: QObject | None = None,
        patience: Patience = Patience(),
    ) -> None:
        super().__init__(parent)
        self._app_icon, self._icon, self._patience = app_icon, icon, patience
        self._promises: tuple[TrayPromise, ...] = ()
        self._badge = self._today = self._looks = 0
        self._quiet_until = ""
        self._was_available = False
        self._menu = _Menu(self)
        self._item: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._on_look)

    def start(self, *, hidden: bool = False) -> None:
        """Show the icon now or when a tray comes; `hidden` says that there is no window to fall back on."""
        self._was_available = self.available()
        if self._was_available:
            self._show_item()
        self._timer.start(self._patience.eager_ms)
        if hidden:
            QTimer.singleShot(self._patience.no_tray_ms, self, self._on_given_up)

    def stop(self) -> None:
        """Take the icon away."""
        self._timer.stop()
        self._remove_item()

    def available(self) -> bool:
        """Ask the desktop now whether it shows tray icons (a visible icon says nothing)."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def set_promises(self, promises: Sequence[TrayPromise], badge: int, today: int) -> None:
        """Show these promises, most urgent first; `badge` are due or late, `today` are the cards of Today."""
        self._promises, self._badge, self._today = tuple(promises), badge, today
        self._update()

    def set_quiet(self, until: str) -> None:
        """Show until when it is quiet ("2:02 pm"); empty when it is not."""
        self._quiet_until = until
        self._update()

    def refresh_icons(self) -> None:
        """Draw every icon anew: the theme changed."""
        self._menu.draw_icons(self._icon)
        self._update()

    def show_message(self, title: str, body: str) -> bool:
        """Show a message beside the icon, and return whether this desktop can.

        A tray that Qt reaches over the session bus gives no place on the screen; Qt then sends the message to the
        same notification service that `notify` has tried already, and would not learn that nobody shows it.
        """
        over_the_bus = sys.platform.startswith("linux") and not self._has_a_place()
        if self._item is None or over_the_bus or not self.available() or not QSystemTrayIcon.supportsMessages():
            return False
        self._item.showMessage(title, body, self._app_icon(), _MESSAGE_MS)
        return True

    def _update(self) -> None:
        if self._item is not None:
            self._item.setIcon(badge_icon(self._app_icon(), self._badge))
            self._item.setToolTip(tooltip(self._badge, self._quiet_until))
        self.fill_menu()

    def fill_menu(self) -> None:
        """Put the words into the menu; again whenever it opens, because how it is drawn may have changed."""
        # Where Qt draws the menu itself, a tab sets the time in a column of its own; other desktops would show it.
        between = "\t" if self._has_a_place() else " · "
        self._menu.fill(self._promises, self._today, self._quiet_until, between)

    def _has_a_place(self) -> bool:
        return self._item is not None and self._item.geometry().isValid()

    def _show_item(self) -> None:
        self._remove_item()
        self._item = QSystemTrayIcon(self)
        self._item.setContextMenu(self._menu.menu)
        self._item.activated.connect(self._on_activated)
        self._item.messageClicked.connect(self.message_clicked)
        self._menu.draw_icons(self._icon)
        self._update()
        self._item.show()

    def _remove_item(self) -> None:
        if self._item is not None:
            self._item.hide()
            self._item.deleteLater()
            self._item = None

    def _on_look(self) -> None:
        self._looks += 1
        if self._looks == self._patience.eager_looks:
            self._timer.start(self._patience.seldom_ms)
        available = self.available()
        if available == self._was_available:
            return
        self._was_available = available
        if available:  # made anew: one that was made before its host came may never be registered there
            self._show_item()
        self.availability_changed.emit(available)

    def _on_given_up(self) -> None:
        if not self.available():
            self.no_tray.emit()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":  # there a click is the menu
            self.open_today.emit()


class _Menu(QObject):
    """The menu. Its lines are made once and change their words, so that an open menu stays open."""

    def __init__(self, tray: Tray) -> None:
        super().__init__(tray)
        self._tray = tray
        self.menu = QMenu()
        self._promises = [self.menu.addAction("") for _ in range(_LISTED)]
        self._more = self.menu.addAction("")
        self._line = self.menu.addSeparator()
        self._new = self.menu.addAction("New promise…")
        self._open = self.menu.addAction("Open Today")
        self._quiet = self.menu.addAction("")
        self._quiet.setCheckable(True)
        self._quit = self.menu.addAction("Quit")
        self._says = {
            self._more: tray.open_promises,
            self._new: tray.new_promise,
            self._open: tray.open_today,
            self._quit: tray.quit,
        }
        self.menu.aboutToShow.connect(tray.fill_menu)
        self.menu.triggered.connect(self._on_triggered)
        tray.destroyed.connect(self.menu.deleteLater)

    def fill(self, promises: Sequence[TrayPromise], today: int, quiet_until: str, between: str) -> None:
        """Put in the words."""
        for number, action in enumerate(self._promises):
            action.setVisible(number < len(promises))
            if number < len(promises):
                one = promises[number]
                action.setText(f"{menu_name(one.customer)}{between}{'late' if one.late else one.when}")
                action.setData(one.id)
        more = len(promises) - _LISTED
        self._more.setVisible(more > 0)
        self._more.setText(f"{more} more")
        self._line.setVisible(bool(promises))
        self._open.setText(f"Open Today{between}{today}" if today else "Open Today")
        self._quiet.setText(f"Quiet until {quiet_until}" if quiet_until else "Quiet for 1 hour")
        self._quiet.setChecked(bool(quiet_until))

    def draw_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Draw the icon of each line."""
        named = {"plus": self._new, "sun": self._open, "bell-slash": self._quiet, "sign-out": self._quit}
        for name, action in named.items():
            action.setIcon(icon(name))
        for action in self._promises:
            action.setIcon(icon("handshake"))

    def _on_triggered(self, action: QAction) -> None:
        if action in self._promises:
            self._tray.open_promise.emit(action.data())
        elif action is self._quiet:
            self._tray.quiet.emit(action.isChecked())
        else:
            self._says[action].emit()


def tooltip(badge: int, quiet_until: str = "") -> str:
    """Say what the badge counts."""
    due = {0: "No promise is due", 1: "1 promise is due or late"}.get(badge, f"{badge} promises are due or late")
    return f"Followup Desktop\n{due}" + (f"\nQuiet until {quiet_until}" if quiet_until else "")


def menu_name(customer: str) -> str:
    """Return a customer's name as a menu shows it: one line, not too long, "&" as it is written."""
    name = "".join(" " if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") else one for one in customer).strip()
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    return name.replace("&", "&&")


def badge_icon(app_icon: QIcon, badge: int) -> QIcon:
    """Return the program's icon with a number on it, in every size a tray may ask for; "9+" above nine."""
    icon = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        app_icon.paint(painter, QRect(0, 0, size, size))
        if badge > 0:
            _draw_badge(painter, size, str(badge) if badge < 10 else "9+")
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _draw_badge(painter: QPainter, size: int, text: str) -> None:
    height = round(size * 0.62)
    width = height if len(text) == 1 else round(height * 1.25)
    place = QRect(size - width, size - height, width, height)  # below, where it leaves the heron's head
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_BADGE)
    painter.drawRoundedRect(place, height / 2, height / 2)
    font = QFont()
    font.setPixelSize(max(8, round(height * 0.78)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(_BADGE_TEXT)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
