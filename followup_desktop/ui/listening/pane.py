"""One thing a customer told us, or a theme, a review, a talk: what it says, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from followup_desktop.ui.keys import key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.entryrow import EntryRow
from followup_desktop.ui.widgets.fields import DraftEdit
from followup_desktop.ui.widgets.pane import fill, foot_of
from followup_desktop.ui.widgets.text import ShortText, Text


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pane shows: a heading, what it says in their words, lines of facts, words to change, what can be done.

    `draft` None shows no text to change, `words` None no words and no name to change. `labels` give a button other
    words.
    """

    id: str
    heading: str
    kind: str = ""
    said: str = ""
    facts: Sequence[tuple[str, str]] = ()
    draft: str | None = None
    draft_name: str = ""
    words: str | None = None
    name: str = ""
    can: Collection[str] = ()
    labels: tuple[tuple[str, str], ...] = ()


_BUTTONS = (
    ("write", "Answer", "primary", "chat-text"),
    ("done", "Done", "secondary", "check"),
    ("copy", "Copy the words", "secondary", "copy"),
    ("whose", "It is theirs", "secondary", "check"),
    ("keep", "Keep the words", "secondary", "floppy-disk"),
    ("skip", "Skip", "secondary", ""),
    ("remove", "Remove", "secondary", ""),
)
_KEYS = {"write": "write", "done": "done", "skip": "skip"}


NAME_HINT = "What it is called, such as: Weekends"
WORDS_HINT = (
    "Words that mean it, with commas between, such as: weekend, on a Saturday, Sunday, fin de semana. "
    "Each counts in any form, small words between them or not."
)


class WordsEdit(QPlainTextEdit):
    """The words of a theme, over several lines; Enter keeps them."""

    kept = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Words that mean it, with commas between")
        self.setPlaceholderText(WORDS_HINT)
        self.setFixedHeight(theme.px(112))

    def setText(self, words: str) -> None:
        """Show these words, from the first on."""
        self.setPlainText(words)

    def text(self) -> str:
        """Return the words as they stand; a line is a comma."""
        return self.toPlainText().replace("\n", ", ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter keeps the words."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class ListeningPane(QWidget):
    """Shows one thing and offers what can be done with it."""

    wanted = Signal(str)  # "write", "done", "whose", "keep", "skip", "remove" or "open"
    told = Signal(str)  # what was done about it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._id = ""
        self._build()

    def show_thing(self, thing: Shown) -> None:
        """Show something; what is being typed stays when something else changed."""
        self._title.setText(thing.heading)
        self._kind.setText(thing.kind)
        self._said.setText(thing.said)
        self._said.setVisible(bool(thing.said))
        self.facts.show_facts(list(thing.facts))
        self.facts.setVisible(bool(thing.facts))
        if thing.id != self._id:
            self._id = thing.id
            self.draft.set_text(thing.draft or "")
            self.words.setText(thing.words or "")
            self.name.setText(thing.name)
            self.how.leave()
        elif not (self.words.hasFocus() or self.name.hasFocus()):
            self.words.setText(thing.words or "")
            self.name.setText(thing.name)
        self.draft.setVisible(thing.draft is not None)
        self.draft.setAccessibleName(thing.draft_name or "Words")
        self.draft.setPlaceholderText(thing.draft_name)
        self.words.setVisible(thing.words is not None)
        self.name.setVisible(thing.words is not None)
        labels = dict(thing.labels)
        for name, button in self.buttons.items():
            button.setText(labels.get(name, self._labels[name]))
            button.setAccessibleName(button.text())
            button.setProperty("folded", False)
            button.setVisible(name in thing.can)
        self.open_button.setVisible("open" in thing.can)
        self.actions_row.fit()

    def ask_how(self, hint: str) -> None:
        """Ask what was done about it."""
        self.how.ask(hint)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._title = ShortText("", "heading")
        self._kind = Text("", "muted", wrap=True)
        self._said = Text("", wrap=True)
        self._said.make_copyable()
        self.facts = FactsCard(theme, shares=(1, 3))
        self.draft = DraftEdit(theme, "Words")
        self.draft.setMinimumHeight(px(120))
        self.name = QLineEdit()
        self.name.setAccessibleName("What the theme is called")
        self.name.setPlaceholderText(NAME_HINT)
        self.name.returnPressed.connect(self._on_words)
        self.words = WordsEdit(theme)
        self.words.kept.connect(self._on_words)
        parts = (self._title, self._kind, self._said, self.name, self.words, self.draft, self.facts)
        fill(self, theme, "What they said", parts, self._made_foot())

    def _made_foot(self) -> QWidget:
        theme = self._theme
        self.how = EntryRow(theme, "What was done about it", "Dealt with")
        self.how.given.connect(self.told)
        self.actions_row = ActionRow(theme, "What can be done")
        self.buttons: dict[str, Button] = {}
        self._labels: dict[str, str] = {}
        for name, label, kind, icon in _BUTTONS:
            key = key_of(_KEYS[name]) if name in _KEYS else ""
            button = Button(theme, label, "primary" if kind == "primary" else "secondary", icon=icon, key=key)
            button.setProperty("value", name)
            button.clicked.connect(self._on_pressed)
            self.buttons[name], self._labels[name] = self.actions_row.add(button), label
        self.open_button = self.actions_row.add_right(Button(theme, "Customer", icon="user", key=key_of("open")))
        self.open_button.setProperty("value", "open")
        self.open_button.clicked.connect(self._on_pressed)
        return foot_of(theme, QFrame(), self.how, self.actions_row)

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if not isinstance(button, Button):
            return
        name = str(button.property("value"))
        if name == "copy":
            QGuiApplication.clipboard().setText(self.draft.text())
        else:
            self.wanted.emit(name)

    @Slot()
    def _on_words(self) -> None:
        self.wanted.emit("keep")
