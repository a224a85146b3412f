"""The program's tray alone, in a process of its own, driven by the test.

Each line on its input is a JSON list `[command, …]`, each line on its output a JSON list `[what, …]`.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from followup_desktop.ui.tray import Patience, Tray, TrayPromise

ICONS = Path(__file__).parents[2] / "resources" / "icons"
NO_TRAY_MS = 400
SIGNALS = (
    *("open_today", "open_promise", "open_promises", "new_promise", "quiet", "quit"),
    *("no_tray", "availability_changed", "message_clicked"),
)


def say(*what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Program:
    def __init__(self):
        patience = Patience(eager_ms=100, eager_looks=10_000, no_tray_ms=NO_TRAY_MS)
        self.tray = Tray(self.app_icon, self.icon, patience=patience)
        for name in SIGNALS:
            getattr(self.tray, name).connect(lambda *values, name=name: say(name, *values))
        self.input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.input.activated.connect(self.on_input)

    def app_icon(self):
        return QIcon(str(ICONS / "followup_desktop.svg"))

    def icon(self, name):
        return QIcon(str(ICONS / f"{name}.svg"))

    def on_input(self):
        line = sys.stdin.buffer.raw.readline()
        if not line:
            QApplication.quit()
            return
        command, *arguments = json.loads(line)
        getattr(self, command)(*arguments)

    # The commands.

    def start(self, hidden=False):
        self.tray.start(hidden=hidden)
        QTimer.singleShot(NO_TRAY_MS, self.on_time_up)
        say("started", self.tray.available())

    def on_time_up(self):
        say("time is up")

    def promises(self, lines, badge, today):
        self.tray.set_promises([TrayPromise(*line) for line in lines], badge, today)

    def quiet_until(self, words):
        self.tray.set_quiet(words)

    def message(self, title, body):
        say("message", self.tray.show_message(title, body))

    def place(self):
        say("place", *self.tray._item.geometry().getRect())

    def menu_place(self, text):
        menu = self.tray._menu.menu
        (action,) = [one for one in menu.actions() if one.text().startswith(text)]
        at = menu.mapToGlobal(menu.actionGeometry(action).center())
        say("menu place", menu.isVisible(), at.x(), at.y())

    def windows(self):
        say("windows", *(type(one).__name__ + one.metaObject().className() for one in QApplication.topLevelWidgets()))

    def stop(self):
        self.tray.stop()
        QApplication.quit()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    program = Program()
    say("ready")
    sys.exit(app.exec())
