"""What stands around a draft: facts to tell, files that go with it, and the template it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.core.drafts.model import Asked, Enclosure, VoiceProposal
from followup_desktop.core.drafts.rules.enclosing import size_words
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.chips import Chip, Chips
from followup_desktop.ui.widgets.entryrow import EntryRow
from followup_desktop.ui.widgets.text import Text

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal

MOST_ASKED = 5
"""Of what is missing, so much is asked for; a template that lacks more is about something else."""
OTHER_FILE = -1
TEMPLATE = "template"


class Around(QWidget):
    """Asks for what the draft lacks, shows what goes with it, and leads to its template."""

    told = Signal(str, str)  # field, words
    enclosed = Signal(int, bool)  # enclosure, whether it goes with the mail
    file_wanted = Signal()  # enclose a file that is not kept yet
    template_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asked: dict[str, Asked] = {}
        self._telling = ""
        self._kept: tuple[Enclosure, ...] = ()
        self._inside: tuple[Enclosure, ...] = ()
        self.asks = Chips(theme, "Facts the draft lacks")
        self.entry = EntryRow(theme, "What belongs there", "Put it in")
        self.files = Chips(theme, "What goes with it")
        self.voice = Text("", "label", wrap=True)
        self.menu = QMenu(self)
        self._build()

    def show_proposal(self, proposal: Proposal, kept: Sequence[Enclosure], voice: Sequence[VoiceProposal]) -> None:
        """Show what stands around this draft; `kept` is what can be enclosed, `voice` what the owner keeps changing."""
        self._show_asked(proposal.asked[:MOST_ASKED])
        self._kept, self._inside = tuple(kept), proposal.enclosures
        text = "See the change" if voice else "Change this template"
        link = [Chip(TEMPLATE, text, f"{text}: {proposal.template}", "Opens the template")]
        self._show_files(link if proposal.place is not None else [])
        self.voice.setText(_voice_words(voice))
        self.voice.setVisible(bool(voice))

    @Slot()
    def ask_first(self) -> None:
        """Ask for the first fact that is missing."""
        if self._asked:
            self._on_asked(next(iter(self._asked)))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(6))
        for widget in (self.asks, self.entry, self.voice, self.files):
            column.addWidget(widget)
        for quiet in (self.asks, self.voice):
            quiet.hide()
        self.asks.pressed.connect(self._on_asked)
        self.entry.given.connect(self._on_given)
        self.files.pressed.connect(self._on_file)
        self.menu.triggered.connect(self._on_chosen)

    def _show_asked(self, asked: Sequence[Asked]) -> None:
        if self._telling not in {one.key for one in asked}:
            self._telling = ""
            self.entry.leave()
        if list(self._asked.values()) == list(asked) and asked:
            return
        self._asked = {one.key: one for one in asked}
        lead = f"Not known, so left out. Tell it ({key_of('tell')}):"
        self.asks.show_chips(lead, [Chip(a.key, a.what, f"Tell {a.what}", f"Such as {a.example}") for a in asked])
        self.asks.setVisible(bool(asked))

    def _show_files(self, link: Sequence[Chip]) -> None:
        chips = [
            Chip(str(one.id), f"{one.name}  ×", f"Take {one.name} out", f"{one.file_name}, {size_words(one.size)}")
            for one in self._inside
        ]
        more = Chip("add", "Enclose…", "Enclose a file", "A file goes with this mail")
        self.files.show_chips("Goes with it:" if chips else "", [*chips, more, *link])

    @Slot(str)
    def _on_asked(self, key: str) -> None:
        self._telling = key
        self.entry.ask(f"{self._asked[key].what}, such as {self._asked[key].example}")
        QTimer.singleShot(0, self._reveal)  # only after the layout has made room for it

    @Slot()
    def _reveal(self) -> None:
        """Scroll to the line, where the draft is longer than the window."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(self.entry)

    @Slot(str)
    def _on_given(self, words: str) -> None:
        if self._telling:
            self.told.emit(self._telling, words)

    @Slot(str)
    def _on_file(self, value: str) -> None:
        if value == TEMPLATE:
            self.template_wanted.emit()
            return
        if value != "add":
            self.enclosed.emit(int(value), False)
            return
        inside = {one.id for one in self._inside}
        self.menu.clear()
        for one in self._kept:
            if one.id not in inside:
                self._offer(one.id, f"{one.name} ({size_words(one.size)})")
        if self.menu.actions():
            self.menu.addSeparator()
        self._offer(OTHER_FILE, "Another file…")
        button = self.files.button("add")
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _offer(self, value: int, text: str) -> None:
        action = self.menu.addAction(text.replace("&", "&&"))
        action.setData(value)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        if int(action.data()) == OTHER_FILE:
            self.file_wanted.emit()
        else:
            self.enclosed.emit(int(action.data()), True)


def _voice_words(voice: Sequence[VoiceProposal]) -> str:
    if not voice:
        return ""
    first = voice[0]
    after = f"to “{first.after}”" if first.after else "out"
    return f"{first.times} times you changed “{first.before}” {after}. Shall the template say it so?"
