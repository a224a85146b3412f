"""The real program in a process of its own, with somebody looking at its window who can say what stands where.

It starts as `python -m followup_desktop ARGUMENTS` does. Each line on its input is a JSON list `[command, …]`, each
line on its output a JSON list `[what, …]`: the test looks with these eyes, and acts with the screen's real mouse and
keys. `CLOCK_AHEAD` (seconds) sets the program's clock against the machine's, so that the hour a test runs at (quiet
hours, Sundays) does not matter; it ticks as the machine's does.
"""

import json
import os
import sys
from datetime import timedelta

from PySide6.QtCore import QModelIndex, QPoint, QSocketNotifier, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from followup_desktop import __main__ as start
from followup_desktop.base import clock
from followup_desktop.cli import main as command_line
from followup_desktop.core.messages import rules
from followup_desktop.ui import start_up

# A new account's Sent folder is watched for two seconds in place of a minute: nobody here has the patience.
rules.WATCHED, rules._WATCH_AT = timedelta(seconds=2), (0, 1, 2)

AHEAD = timedelta(seconds=float(os.environ.get("CLOCK_AHEAD", "0")))


class SetClock(clock.SystemClock):
    """The machine's clock, set differently."""

    def now(self):
        return super().now() + AHEAD


def say(*what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Eyes:
    """Looks at the window in front."""

    def __init__(self):
        self.input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.input.activated.connect(self.on_input)
        say("ready")

    def on_input(self):
        line = sys.stdin.buffer.raw.readline()
        if not line:
            self.input.setEnabled(False)
            return
        command, *arguments = json.loads(line)
        getattr(self, command)(*arguments)

    # The commands.

    def front(self):
        """Tell which window is in front, and its title."""
        front = _front()
        say("front", int(front.winId()) if front else 0, front.windowTitle() if front else "")

    def where(self, name):
        """Tell where on the screen the thing called so is; what is scrolled away is scrolled to first."""
        front = _front()
        found = _find(front, name) if front else None
        say("where", *(found or (0, 0)))

    def texts(self):
        """Tell all that can be read in the window in front."""
        front = _front()
        say("texts", *(_texts(front) if front else ()))

    def state(self):
        """Tell which place is open, what is selected there, and whether the window can be seen."""
        windows = [w for w in QApplication.topLevelWidgets() if hasattr(w, "current") and hasattr(w, "go")]
        if not windows:
            say("state", "", "", False)
            return
        (window,) = windows
        lists = [v for v in window.findChildren(QAbstractItemView) if v.isVisible() and v.currentIndex().isValid()]
        selected = [_words(view, view.currentIndex()) for view in lists]
        say("state", window.current(), selected, window.isVisible())

    def counts(self):
        """Tell the numbers beside the places."""
        buttons = [one for one in _front().findChildren(QAbstractButton) if type(one).__name__ == "RailItem"]
        say("counts", *(one.accessibleName() for one in buttons))

    def unticked(self):
        """Tell which boxes in the window in front are not ticked."""
        boxes = [box for box in _front().findChildren(QCheckBox) if box.isVisible() and not box.isChecked()]
        say("unticked", *(box.text() for box in boxes))


def _front():
    """Return what a window manager would have in front: a menu, else a small window, else the large one."""
    front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if front is not None:
        return front
    kinds = (Qt.WindowType.Dialog, Qt.WindowType.Window)
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() in kinds]
    return min(shown, key=lambda w: kinds.index(w.windowType()), default=None)


def _find(front, name):
    if isinstance(front, QMenu):
        for action in front.actions():
            if action.text().startswith(name):
                return _point(front.mapToGlobal(front.actionGeometry(action).center()))
    widgets = [w for w in [front, *front.findChildren(QWidget)] if w.isVisible() and name in _names(w)]
    for widget in sorted(widgets, key=_goodness):
        _scroll_to(widget)
        seen = widget.visibleRegion().boundingRect()
        if not seen.isEmpty() and widget.isEnabled():
            return _point(widget.mapToGlobal(seen.center()))
    for view in front.findChildren(QAbstractItemView):
        for index in _indexes(view):
            if name in _words(view, index):
                view.scrollTo(index)
                return _point(view.viewport().mapToGlobal(view.visualRect(index).center()))
    return None


def _goodness(widget):
    return 0 if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTextEdit | QPlainTextEdit) else 1


def _names(widget):
    names = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton | QLabel):
        names.add(widget.text())
    if isinstance(widget, QLineEdit):
        names.add(widget.placeholderText())
    return names - {""}


def _scroll_to(widget):
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _point(point: QPoint):
    return point.x(), point.y()


def _indexes(view):
    if not view.isVisible() or view.model() is None:
        return
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 400)):
        for column in range(columns):
            yield model.index(row, column)


def _words(view, index):
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    return str(spoken or "")


def _texts(front):
    texts = []
    for widget in front.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            texts.append(getattr(widget, "whole", widget.text)())
        elif isinstance(widget, QAbstractButton | QLineEdit):
            texts.append(widget.text())
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            texts.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView):
            texts += [_words(widget, index) for index in _indexes(widget)]
    return [text for text in texts if text]


def _seen(make):
    def application():
        app = make()
        app.eyes = Eyes()
        return app

    return application


if __name__ == "__main__":
    os.umask(0o077)
    command_line.SystemClock = SetClock
    start_up.application = _seen(start_up.application)
    sys.exit(start.run(sys.argv[1:]))
