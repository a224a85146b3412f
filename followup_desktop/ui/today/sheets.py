"""What stands in the place of a draft: what to say on the phone, a text to send, and ways without an account."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.phones import code_words, shown, sms_link, tel_link
from followup_desktop.core.drafts.model import CallSheet
from followup_desktop.ui.keys import cap, key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.fields import DraftEdit
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.qrcode import QrCode
from followup_desktop.ui.widgets.text import Text

_PARTS = (("about", "What it is about"), ("say", "Say"), ("ask", "Ask"), ("then", "Then"), ("note", "Note down"))


class SheetLines(QWidget):
    """What to know, say, ask and note down, one below the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Call sheet")
        self._headings = {part: Text(words, "label") for part, words in _PARTS}
        self._lines = {part: Text("", wrap=True) for part, _ in _PARTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for part, _ in _PARTS:
            self._lines[part].make_copyable()
            column.addWidget(self._headings[part])
            column.addWidget(self._lines[part])
            column.addSpacing(theme.px(4))

    def show_sheet(self, sheet: CallSheet) -> None:
        """Show a call sheet; a part without lines is left out."""
        for part, _ in _PARTS:
            lines: tuple[str, ...] = getattr(sheet, part)
            self._lines[part].setText("\n".join(lines))
            for widget in (self._headings[part], self._lines[part]):
                widget.setVisible(bool(lines))

    def text(self, part: str) -> str:
        """Return the lines of a part."""
        return self._lines[part].text()


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on paper: where it goes, its words, and who sends it."""

    address: tuple[str, ...]
    text: str
    sender: tuple[str, ...] = ()
    """Who sends it, for the envelope."""
    region: str = "US"
    """Where it is printed: it says which paper there is."""


class PhoneSheet(Card):
    """A number, words, and what came of it. The words of a call are read, those of a text are changed and copied."""

    reached = Signal()
    not_reached = Signal()
    closed = Signal()
    dial = Signal(str)  # a link to a number: tel: or sms:
    promise_wanted = Signal()
    went_wrong = Signal()

    def __init__(self, theme: Theme, *, call: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Call" if call else "Text", parent)
        self._call, self._number = call, ""
        self.number = Text("", "heading")
        self.number.make_copyable()
        self.sheet = SheetLines(theme)
        self.words = DraftEdit(theme, "Text message")
        self.words.setMinimumHeight(theme.px(80))
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText("What was said, and what you promised")
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(64))
        yes, no = ("Reached", "Not reached, try tomorrow") if call else ("I sent it", "")
        self.yes = Button(theme, yes, "primary", icon="check", key=key_of("reached"))
        self.no = Button(theme, no or "No", key=key_of("not_reached"))
        self.copy_number = Button(theme, "Copy number", size="small", icon="copy")
        self.copy_words = Button(theme, "Copy text", size="small", icon="copy")
        self.code = QrCode(theme, "QR code for your phone")
        self.code_says = Text("", "muted", wrap=True)
        self.words.textChanged.connect(self._show_code)
        self.ring = Button(theme, "Ring from this computer" if call else "Text from this computer", "link")
        self.back = Button(theme, "Write an email instead", "link")
        self.promise = Button(theme, "Promise something", size="small", icon="handshake", key=cap("Ctrl+P"))
        self.wrong = Button(theme, "Something went wrong", size="small", icon="lifebuoy", key=key_of("went_wrong"))
        self.asked = Text("Note what went wrong first, in their words.", "label", tone="danger")
        self._build()
        self._connect()

    def show_person(
        self, name: str, phone: str, region: str, words: str = "", *, sheet: CallSheet | None = None
    ) -> None:
        """Show whom to reach, at which number, and what to say."""
        self._number = phone
        self.setAccessibleName(f"{'Call' if self._call else 'Text'} {name}")
        self.number.setText(shown(phone, region) if phone else "No phone number is known")
        for button in (self.copy_number, self.ring):
            button.setVisible(bool(phone))
        self.words.set_text(words)
        self._show_code()
        if sheet is not None:
            self.sheet.show_sheet(sheet)
        self.note.clear()
        self.asked.hide()

    def note_text(self) -> str:
        """Return what was noted."""
        return self.note.toPlainText().strip()

    def ask_what(self) -> None:
        """Ask what went wrong: the note is where it is said."""
        self.asked.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape goes back to the draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        px = self.theme.px
        self.column.setSpacing(px(8))
        self.column.addLayout(_row(px(8), self.number, self.copy_number))
        self.column.addLayout(_row(px(8), self.yes, self.no, self.copy_words))
        beside = QHBoxLayout()
        beside.setSpacing(px(12))
        beside.addWidget(self.code)
        beside.addWidget(self.code_says, 1)
        self.column.addLayout(beside)
        self.column.addWidget(self.asked)
        self.column.addWidget(self.note)
        self.column.addLayout(_row(px(8), self.promise, self.wrong))
        self.column.addWidget(self.sheet)
        self.column.addWidget(self.words, 1)
        self.column.addLayout(_row(px(16), self.back, self.ring))
        if self._call:
            self.column.addStretch(1)
        self.asked.hide()
        parts = ((self.note, self._call), (self.no, self._call), (self.sheet, self._call), (self.wrong, self._call))
        for seldom, wanted in (*parts, (self.copy_words, not self._call), (self.words, not self._call)):
            if not wanted:
                seldom.hide()

    def _connect(self) -> None:
        self.yes.clicked.connect(self.reached)
        self.no.clicked.connect(self.not_reached)
        self.back.clicked.connect(self.closed)
        self.copy_number.clicked.connect(self._on_copy_number)
        self.copy_words.clicked.connect(self._on_copy_words)
        self.ring.clicked.connect(self._on_ring)
        self.promise.clicked.connect(self.promise_wanted)
        self.wrong.clicked.connect(self.went_wrong)

    @Slot()
    def _on_copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number)

    @Slot()
    def _on_copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())

    @Slot()
    def _show_code(self) -> None:
        """Show number and words as a code that the owner's phone reads; what is too long for one is copied instead."""
        text = "" if self._call else self.words.text()
        fits = self.code.show_words(code_words(self._number, text, call=self._call) if self._number else "")
        does = "rings the number" if self._call else "opens the text, ready to send"
        long = "The text is too long for a code; copy it, or make it shorter."
        self.code_says.setText(f"Point your phone's camera here: it {does}." if fits else long)
        self.code_says.setVisible(bool(self._number))

    @Slot()
    def _on_ring(self) -> None:
        self.dial.emit(tel_link(self._number) if self._call else sms_link(self._number, self.words.text().strip()))


class CardSheet(Card):
    """The words of a card or letter and where it goes: to print, or to copy out by hand."""

    reached = Signal()
    closed = Signal()
    print_wanted = Signal()
    envelope_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Card or letter", parent)
        self._letter = Letter((), "")
        self.address = Text("", wrap=True)
        self.address.make_copyable()
        self.words = DraftEdit(theme, "Card or letter")
        self.words.setMinimumHeight(theme.px(120))
        self.yes = Button(theme, "I have written it", "primary", icon="check", key=key_of("reached"))
        self.print_button = Button(theme, "Print…", icon="file-text")
        self.envelope_button = Button(theme, "Envelope…", icon="envelope-simple")
        self.file_button = Button(theme, "Save as PDF", icon="file-pdf")
        self.back = Button(theme, "Write an email instead", "link")
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(self.address)
        self.column.addWidget(
            _flowing(theme.px(8), self.yes, self.print_button, self.envelope_button, self.file_button)
        )
        self.column.addWidget(self.words, 1)
        self.column.addLayout(_row(theme.px(8), self.back))
        self.yes.clicked.connect(self.reached)
        self.print_button.clicked.connect(self.print_wanted)
        self.envelope_button.clicked.connect(self.envelope_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        self.back.clicked.connect(self.closed)

    def show_card(self, name: str, letter: Letter) -> None:
        """Show whom it is for, where it goes and what it says."""
        self._letter, address = letter, letter.address
        self.envelope_button.setEnabled(bool(address))
        self.setAccessibleName(f"Card or letter to {name}")
        self.address.setText("\n".join(address) or f"No postal address of {name} is known; add one in Customers.")
        self.words.set_text(letter.text)

    def letter(self) -> Letter:
        """Return it as it goes onto paper."""
        return replace(self._letter, text=self.words.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape goes back to the draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class WaysOut(Card):
    """Ways to get a message out without a mail account of the program."""

    chosen = Signal(str)  # "mailto", "eml", "copy", "sent" or "account"
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "There is no mail account yet", parent)
        self._says = Text("Your text is kept. It can leave another way:", "muted", wrap=True)
        self._buttons = {
            "mailto": Button(theme, "Open in your mail program", "primary", icon="envelope-simple"),
            "eml": Button(theme, "Save as .eml file", icon="floppy-disk"),
            "copy": Button(theme, "Copy text", icon="copy"),
            "sent": Button(theme, "I have sent it", icon="check"),
            "account": Button(theme, "Add a mail account", "link"),
        }
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(self._says)
        for value, button in self._buttons.items():
            button.setProperty("value", value)
            button.clicked.connect(self._on_pressed)
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.start()

    def start(self) -> None:
        """Offer the ways anew."""
        self._says.setText("Your text is kept. It can leave another way:")
        self._buttons["sent"].hide()

    def show_copied(self) -> None:
        """Say that the text was copied, and ask to be told once it left."""
        self._says.setText("Copied. Paste it where you write, and say here when it has left.")
        self._buttons["sent"].show()

    def button(self, value: str) -> Button:
        """Return one of the ways."""
        return self._buttons[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape goes back to the draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.chosen.emit(str(button.property("value")))


def _flowing(gap: int, *widgets: QWidget) -> QWidget:
    """Return a row that goes on on a second line where it is narrow."""
    host = QWidget()
    flow = FlowLayout(host, gap=gap)
    for widget in widgets:
        flow.addWidget(widget)
    return host


def _row(gap: int, *widgets: QWidget) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
