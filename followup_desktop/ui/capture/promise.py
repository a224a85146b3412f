"""A promise in one line, shown as it is understood before it is kept."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import DEFAULT
from followup_desktop.commands.promises import keep_found, make_promise
from followup_desktop.core.customers.queries import customer as customer_of
from followup_desktop.core.operators.model import Business
from followup_desktop.core.operators.queries import business as business_of
from followup_desktop.core.promises.model import Match, MissingKind, NewPromise, PromiseId, Understood
from followup_desktop.core.promises.queries import names as names_of
from followup_desktop.core.promises.rules import NameIndex, PartKind, parts, shown, understand
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.tag import RETURN, key_size, paint_key

EXAMPLE = "ring Carl about the heater Friday 9am"
MOST_CHOICES = 8
_WHOSE = (MissingKind.WHICH_CUSTOMER, MissingKind.UNKNOWN_CUSTOMER)


class OneLine(QLineEdit):
    """The field: a hand at its left, the cap of Enter at its right once Enter keeps what it says."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._complete = theme, False
        self.setPlaceholderText(EXAMPLE)
        self.setAccessibleName("What you promised")
        self.setAccessibleDescription("Whom, what and when, in one line. Enter keeps it.")
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Promise")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextMargins(0, 0, theme.px(26), 0)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_complete(self, complete: bool) -> None:
        """Show whether Enter would keep it."""
        self._complete = complete
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the field, and the cap of Enter."""
        super().paintEvent(event)
        if self._complete:
            size = key_size(self._theme, RETURN)
            left = self.width() - size.width() - self._theme.px(10)
            painter = QPainter(self)
            rect = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
            paint_key(painter, rect, self._theme, RETURN)
            painter.end()

    @Slot()
    def _on_theme(self) -> None:
        self._mark.setIcon(self._theme.icon("handshake", "accent"))


class PromiseLine(QWidget):
    """The field, and below it what was understood or what is asked. Enter keeps it only when nothing is asked."""

    made = Signal(int)  # id of the promise
    cleared = Signal()  # Escape in an empty field

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._business = Business(zone=str(context.settings.value("business.zone")))
        self._index = NameIndex()
        self._given: Match | None = None
        self._chosen: tuple[str, Match] | None = None
        self._said: Understood | None = None
        self._offered: tuple[Match, ...] = ()
        self._buttons: list[Button] = []
        self._busy = False
        self._sentence = ""
        self._message: int | None = None
        self._event: int | None = None
        self.field = OneLine(self._theme)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.keep)
        self.field.installEventFilter(self)
        self.below = QLabel()
        self.below.setTextFormat(Qt.TextFormat.RichText)
        self.below.setWordWrap(True)
        self.below.setProperty("role", "label")
        self.below.setMinimumHeight(self._theme.px(20))
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap=self._theme.px(6))
        self._choices.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(6))
        for widget in (self.field, self.below, self._choices):
            column.addWidget(widget)
        self.setFocusProxy(self.field)
        self._theme.changed.connect(self._show)
        context.runner.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Learn anew what the customers are called."""
        question = partial(_known, now=self._context.clock.now())
        self._context.runner.ask(self, question, self._on_known, newest="names")

    def set_customer(self, customer: int, name: str) -> None:
        """Promise to this customer, whoever is named or nobody."""
        self._given = Match(customer, name)
        self._read()

    def set_sentence(self, sentence: str) -> None:
        """Keep what a sentence of a draft promises: the line says by when."""
        self._sentence = sentence

    def set_source(self, message: int | None, event: int | None) -> None:
        """Keep from which letter, or from what else that happened, the promise is made."""
        self._message, self._event = message, event

    def set_text(self, text: str) -> None:
        """Put a line into the field."""
        self.field.setText(text)

    def understood(self) -> Understood | None:
        """Return what the line says, None while it is empty."""
        return self._said

    def words(self) -> str:
        """Return the line below the field as plain text."""
        return self.below.property("plain") or ""

    def choices(self) -> list[Button]:
        """Return the buttons of the customers it may mean."""
        return list(self._buttons)

    @Slot()
    def keep(self) -> None:
        """Keep the promise when nothing is left to ask."""
        self._read()
        said = self._said
        if said is None or not said.complete or said.due_date is None or self._busy:
            return
        self._busy = True
        new = NewPromise(
            what=said.what,
            due_date=said.due_date,
            due_time=said.due_time,
            zone=self._business.zone,
            customer=said.customer.customer_id if said.customer else None,
            line=self._sentence or self.field.text().strip(),
            message=self._message,
            event=self._event,
        )
        command = keep_found if self._sentence else make_promise
        self._context.runner.attempt(self, command, self._on_made, self._on_problem, new)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Escape empties the field, then leaves it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if self.field.text():
                self.field.clear()
            else:
                self.cleared.emit()
            return True
        return False

    def _read(self) -> None:
        text = self.field.text()
        if not text.strip():
            self._said = self._chosen = None
            self._show()
            return
        given = self._given
        said = self._understand(text, given)
        if given is None and self._chosen is not None:
            # The choice holds while the words it was made for still stand in the line.
            if self._chosen[0] in {missing.words for missing in said.problems if missing.kind in _WHOSE}:
                said = self._understand(text, self._chosen[1])
            else:
                self._chosen = None
        self._said = said
        self._show()

    def _understand(self, text: str, customer: Match | None) -> Understood:
        b = self._business
        now = self._context.clock.now()
        return understand(text, now, b.zone, self._index, b.language, b.region, customer=customer)

    @Slot()
    def _show(self) -> None:
        said = self._said
        self.field.set_complete(said is not None and said.complete)
        self._show_choices(said)
        if said is None:
            self._say_plainly(
                f"To {self._given.name}. Say what, and when." if self._given else "Say whom, what and when."
            )
        else:
            self._say(said)

    def _say(self, said: Understood) -> None:
        now, zone = self._context.clock.now(), self._business.zone
        pieces = []
        for part in parts(said, now, zone, DEFAULT):
            escaped = _escaped(part.text)
            if part.kind is PartKind.WHEN:
                escaped = f'<b style="color:{self._theme.hex("text")}">{escaped}</b>'
            elif part.kind is PartKind.QUESTION:
                escaped = f'<span style="color:{self._theme.hex("warning")}">{escaped}</span>'
            pieces.append(escaped)
        self._put(" · ".join(pieces), shown(said, now, zone, DEFAULT))

    def _say_plainly(self, words: str) -> None:
        self._put(_escaped(words), words)

    def _put(self, markup: str, plain: str) -> None:
        self.below.setText(markup)
        self.below.setProperty("plain", plain)
        self.below.setAccessibleName(plain)

    def _show_choices(self, said: Understood | None) -> None:
        asked = said is not None and any(missing.kind in _WHOSE for missing in said.problems)
        offered = said.candidates[:MOST_CHOICES] if said is not None and asked and self._given is None else ()
        if offered == self._offered:
            return
        self._offered = offered
        self._flow.clear()
        self._buttons = [self._choice(match) for match in offered]
        for button in self._buttons:
            self._flow.addWidget(button)
        self._choices.setVisible(bool(offered))

    def _choice(self, match: Match) -> Button:
        button = Button(self._theme, match.label.replace("&", "&&"), size="small", name=f"Mean {match.label}")
        button.setProperty("customer", match.customer_id)
        button.clicked.connect(self._on_choice)
        return button

    @Slot()
    def _on_choice(self) -> None:
        button = self.sender()
        said = self._said
        if button is None or said is None:
            return
        wanted = button.property("customer")
        match = next((match for match in said.candidates if match.customer_id == wanted), None)
        asked = next((missing for missing in said.problems if missing.kind in _WHOSE), None)
        if match is not None and asked is not None:
            self._chosen = (asked.words, match)
            self._read()
            self.field.setFocus()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._read()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.concerns("customers", "settings"):
            self.reload()

    def _on_known(self, known: tuple[Business, NameIndex]) -> None:
        self._business, self._index = known
        self._read()

    def _on_made(self, done: Done[PromiseId]) -> None:
        self._busy = False
        self._chosen = None
        self.field.clear()
        self.made.emit(int(done.result))

    def _on_problem(self, problem: Problem) -> None:
        self._busy = False
        self._say_plainly(problem.sentence())


class PromiseDialog(QDialog):
    """The one line in a small window of its own, from tray, key or customer; Enter keeps it, Escape leaves."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        customer_id: int | None = None,
        *,
        text: str = "",
        sentence: str = "",
        message: int | None = None,
        event: int | None = None,
    ) -> None:
        """Start with a customer, a text, the sentence it was found in, and the letter or event it is made from."""
        super().__init__(parent)
        px = context.theme.px
        self.setWindowTitle("New promise")
        self.setAccessibleName("New promise")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = PromiseLine(context)
        self.line.set_text(text)
        self.line.set_sentence(sentence)
        self.line.set_source(message, event)
        self.line.made.connect(self._on_made)
        self.line.cleared.connect(self.reject)
        foot = QFrame()
        foot.setObjectName("foot")
        self._keep = Button(context.theme, "Keep in mind", "primary", key=RETURN)
        self._keep.clicked.connect(self.line.keep)
        cancel = Button(context.theme, "Cancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(px(20), px(10), px(20), px(12))
        buttons.setSpacing(px(8))
        for button in (self._keep, cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(px(20), px(16), px(20), px(14))
        inner.addWidget(self.line)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        column.addWidget(foot)
        self.resize(px(620), px(176))
        self.line.setFocus()
        if customer_id is not None:
            context.runner.ask(self, partial(_name_of, key=customer_id), self._on_customer)

    def _on_customer(self, found: Match) -> None:
        self.line.set_customer(found.customer_id, found.name)

    @Slot(int)
    def _on_made(self, _promise: int) -> None:
        self.accept()


def _known(session: Session, now: datetime) -> tuple[Business, NameIndex]:
    """Return what lines are read by. The first line read makes its patterns, 0.2 s: done here, in the background."""
    business, index = business_of(session), NameIndex(names_of(session))
    understand("ring back tomorrow", now, business.zone, index, business.language, business.region)
    return business, index


def _name_of(session: Session, key: int) -> Match:
    return Match(key, customer_of(session, key).name)


def _escaped(text: str) -> str:
    # The label has markup of its own (the bold day): whatever is put in is escaped first.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\s+", " ", escaped)
