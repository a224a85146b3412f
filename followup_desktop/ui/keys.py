"""All keys of the program, declared once: the window acts on them, the keys page and the buttons show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.tag import RETURN, KeyCap
from followup_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `action` is what `PageBase.on` takes; `where` the place it belongs to, for the keys page."""

    action: str
    sequence: str
    says: str
    where: str = "Everywhere"


KEYS: tuple[Key, ...] = (
    Key("find", "Ctrl+K", "Find a customer or a command"),
    Key("log", "Ctrl+N", "Log something"),
    Key("put_right", "Ctrl+Shift+R", "Something went wrong: open a case"),
    Key("undo", "Ctrl+Z", "Undo"),
    Key("keys", "?", "Show the keys"),
    Key("manual", "F1", "Open the manual"),
    Key("quit", "Ctrl+Q", "Quit"),
    *(
        Key(f"place-{number}", f"Ctrl+{number}", says)
        for number, says in enumerate(
            ("Today", "Promises", "Customers", "Routes", "Recovery", "Insights", "Journeys", "Settings"), start=1
        )
    ),
    Key("next", "J", "Next row", "Lists"),
    Key("previous", "K", "Row before", "Lists"),
    Key("open", "O", "Open", "Lists"),
    Key("search", "/", "Search in this place", "Lists"),
    Key("send", "Ctrl+Return", "Send", "Today"),
    Key("send_later", "Ctrl+Shift+Return", "Send later", "Today"),
    Key("save_draft", "Ctrl+D", "Save to Drafts", "Today"),
    Key("done", "E", "Done", "Today"),
    Key("later", "S", "Later", "Today"),
    Key("skip", "X", "Skip, with a reason", "Today"),
    Key("call", "C", "Call", "Today"),
    Key("text", "T", "Text", "Today"),
    Key("in_person", "I", "Said in person", "Today"),
    Key("card", "L", "Card or letter", "Today"),
    Key("reached", "R", "Reached, while calling", "Today"),
    Key("not_reached", "N", "Not reached, while calling", "Today"),
    Key("went_wrong", "W", "Something went wrong, while calling", "Today"),
    Key("tell", "F4", "Tell what the draft lacks", "Today"),
    Key("stop_journey", "Ctrl+Shift+X", "Stop this journey for them", "Today"),
    Key("work_through", "G", "Work through, card by card", "Today"),
    Key("choice_1", "1", "First answer to what a row asks", "Today"),
    Key("choice_2", "2", "Second answer", "Today"),
    Key("choice_3", "3", "Third answer", "Today"),
    Key("facts", "F2", "Where the next fact comes from", "Today"),
    Key("keep_found", "F6", "Keep in mind what the draft promises", "Today"),
    Key("advice", "F3", "The next advice, with its reason and an example", "Today"),
    Key("tell_late", "L", "Tell them that it will be late", "Promises"),
    Key("visit_done", "D", "Visit done", "Routes"),
    Key("visit_missed", "M", "Visit missed", "Routes"),
    Key("visit_late", "L", "Came late", "Routes"),
    Key("answer", "A", "Note what they said", "Routes"),
    *(
        Key(f"score_{score}", str(score), f"They are {words}: {score} of 5", "Routes")
        for score, words in enumerate(
            ("not satisfied at all", "not satisfied", "half satisfied", "satisfied", "entirely satisfied"), start=1
        )
    ),
    Key("stop_up", "Alt+Up", "Earlier on the route", "Routes"),
    Key("stop_down", "Alt+Down", "Later on the route", "Routes"),
    Key("edit_journey", "E", "Change the journey", "Journeys"),
    Key("save_journey", "Ctrl+Return", "Keep what was changed", "Journeys"),
    Key("journey_versions", "V", "Earlier versions", "Journeys"),
    Key("try_journey", "T", "Try it on last month", "Journeys"),
    Key("write", "W", "Write", "Customers"),
    Key("promise", "P", "Promise something", "Everywhere"),
    Key("promise", "Ctrl+P", "Promise something, also while typing", "Everywhere"),
)
"""The keys of the program. One letter acts only while no text is being edited."""


def key_of(action: str) -> str:
    """Return the key of an action as it stands on a button: "Ctrl ↵"."""
    for key in KEYS:
        if key.action == action:
            return cap(key.sequence)
    return ""


def cap(sequence: str) -> str:
    """Return a key sequence as it stands on a cap, in the platform's own words."""
    shown = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace("Return", RETURN).replace("+", " ").strip() or sequence


class Keyboard(QObject):
    """Listens to the declared keys in one window and hands their actions on."""

    def __init__(self, window: QWidget, act: Callable[[str], bool]) -> None:
        super().__init__(window)
        self._act = act
        self._actions: dict[str, list[str]] = {}
        for key in KEYS:
            self._actions.setdefault(key.sequence, []).append(key.action)
        for sequence in self._actions:
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setProperty("declared", sequence)
            shortcut.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        shortcut = self.sender()
        sequence = str(shortcut.property("declared")) if shortcut is not None else ""
        if len(sequence) == 1 and editing_text():
            return
        for action in self._actions.get(sequence, ()):
            if self._act(action):
                return


def editing_text() -> bool:
    """Say whether what has the focus takes letters."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit):
        return not focused.isReadOnly()
    if isinstance(focused, QComboBox):
        return focused.isEditable()
    return isinstance(focused, QAbstractSpinBox)


class KeysPage(QDialog):
    """All keys on one sheet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAccessibleName("Keys")
        sheet = QWidget()
        sheet.setObjectName("page")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(20))
        grid.setVerticalSpacing(theme.px(6))
        grid.setHorizontalSpacing(theme.px(24))
        grid.setColumnStretch(0, 1)
        row = 0
        for where in dict.fromkeys(key.where for key in KEYS):
            grid.addWidget(Text(where, "strong"), row, 0, 1, 2)
            grid.setRowMinimumHeight(row, theme.px(30))
            row += 1
            for key in KEYS:
                if key.where == where:
                    grid.addWidget(Text(key.says), row, 0)
                    grid.addWidget(KeyCap(theme, cap(key.sequence)), row, 1, Qt.AlignmentFlag.AlignRight)
                    row += 1
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setAccessibleName("Keys")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.resize(theme.px(420), theme.px(560))
