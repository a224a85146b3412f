"""One template: its words, what they say to three customers, what changed, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import moment_words
from followup_desktop.core.drafts.model import FIELDS, Facts, Place, TemplateProblem
from followup_desktop.core.drafts.rules.enclosing import size_words
from followup_desktop.core.drafts.rules.reading import SEGMENTS, name_of
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.templates.editor import DifferenceView, TemplateEdit
from followup_desktop.ui.templates.reading import PlaceView, Seen, difference
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button, MenuButton, Tabs
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.chips import Chip, Chips
from followup_desktop.ui.widgets.fields import DraftEdit
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text

LOOK_MS = 150
WIDE_PX = 640
"""From this width on, words and preview stand side by side."""
SHOWN = 3
OTHER_FILE = -1

CHANNELS = (("email", "Email"), ("text", "Text"), ("call", "Call sheet"), ("card", "Card or letter"))
LANGUAGES = (("en", "English"), ("es", "Spanish"))


class TemplatePane(QWidget):
    """Shows one template and lets it be changed."""

    place_wanted = Signal(object)  # Place
    save_wanted = Signal(str)
    shipped_wanted = Signal()
    looked_for = Signal(str)  # words to be checked and tried, after a moment without typing
    edited = Signal(str)
    taken = Signal(int)  # number of a proposed change
    declined = Signal(int)
    enclosed = Signal(int, bool)
    file_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: PlaceView | None = None
        self._seen = Seen(())
        self._shown: list[int] = []
        self._names = ShortText("", "heading")
        self._state = Tag(theme)
        self.save = Button(theme, "Save", "primary", key=key_of("send"))
        self.problem = Banner(theme, tone="danger")
        self.channel = MenuButton(theme, "", CHANNELS, name="Channel")
        self.language = MenuButton(theme, "", LANGUAGES, name="Language")
        self.segment = MenuButton(theme, "For", tuple(SEGMENTS.items()), name="For whom")
        self.insert = Button(theme, "Insert a fact", size="small", icon="caret-down")
        self.only_if = Button(
            theme, "Only if known", size="small", name="Say what is selected only if its fact is known"
        )
        self.versions = Button(theme, "Versions", size="small", icon="caret-down")
        self.back = Button(theme, "Back to the shipped one", "link")
        self._menu = QMenu(self)
        self._used = Text("", "label", wrap=True)
        self.voice = QWidget()
        self._voice = QVBoxLayout(self.voice)
        self.editor = TemplateEdit(theme)
        self.problems = Chips(theme, "Lines to correct")
        self.wrong = Text("", tone="danger", wrap=True)
        self.tabs = Tabs(theme, (("preview", "Preview"), ("difference", "Difference")), name="Preview or difference")
        self.who = Chips(theme, "Whom it is tried on")
        self.preview = DraftEdit(theme, "What it says")
        self._known = Text("", "label", wrap=True)
        self.changes = DifferenceView(theme, "What changed")
        self.files = Chips(theme, "What goes with it")
        self._looking = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._at = 0
        self._build()
        self._connect()

    def show_place(self, view: PlaceView, used: Sequence[str], unsaved: str | None) -> None:
        """Show a template; `unsaved` are words typed before that were not saved."""
        again = self._view is not None and self._view.place == view.place
        self._view = view
        place = view.place
        self._names.setText(name_of(place))
        self._show_state()
        self.channel.choose(place.channel)
        self.language.set_choices(_languages(place.language))
        self.language.choose(place.language)
        self.segment.set_choices(view.segments)
        self.segment.choose(place.segment)
        self.versions.setEnabled(bool(view.versions))
        self.back.setVisible(view.template is not None and view.template.version > 0)
        self.back.setText("Back to the shipped one" if view.shipped else "Put this one away")
        self._used.setText(f"Used by: {', '.join(used)}." if used else "For writing to someone at any time.")
        self._show_voice()
        self._show_files()
        if not again:
            self._shown, self._at = list(range(min(SHOWN, len(view.samples)))), 0
            self.problem.hide()
        words = view.begins if unsaved is None else unsaved
        if self.editor.text() != words:
            self.editor.show_text(words)
        self.show_seen(Seen(()))
        self._show_who()
        self._ask_to_look()

    def show_seen(self, seen: Seen) -> None:
        """Show what the words are worth."""
        self._seen = seen
        self.editor.show_problems(seen.problems)
        self._show_problems(seen.problems)
        self._show_draft()
        view = self._view
        if view is not None:
            saved = view.template.source if view.template else ""
            shipped = view.shipped.source if view.shipped else saved
            self.changes.show_lines(difference(shipped, self.editor.text()))
            changed = self.editor.text().strip() != saved.strip()
            self.save.setEnabled(changed and not seen.problems)
            self._show_state(unsaved=changed)

    def facts(self) -> list[Facts]:
        """Return the facts of those it is tried on now."""
        samples = self._view.samples if self._view is not None else ()
        return [samples[number].facts for number in self._shown if number < len(samples)]

    def place(self) -> Place | None:
        """Return which template is shown."""
        return self._view.place if self._view is not None else None

    def says(self) -> str:
        """Return what the words say to the customer shown."""
        return self.preview.text()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.problem.say(problem.happened, f"{problem.kept} {problem.to_do}".strip(), tone="danger")
        self.problem.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(WIDE_PX)
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    # Building

    def _build(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._names)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self.save)
        row = QWidget()
        tools = FlowLayout(row, gap=px(6))
        for tool in (self.channel, self.language, self.segment, self.insert, self.only_if, self.versions, self.back):
            tools.addWidget(tool)
        self._voice.setContentsMargins(0, 0, 0, 0)
        self.preview.setReadOnly(True)
        self.preview.setMinimumHeight(px(90))
        self._turns = QStackedWidget()
        trying = QWidget()
        column = QVBoxLayout(trying)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.who)
        column.addWidget(self.preview, 1)
        column.addWidget(self._known)
        self._turns.addWidget(trying)
        self._turns.addWidget(self.changes)
        right = QVBoxLayout()
        right.setSpacing(px(6))
        right.addWidget(self.tabs)
        right.addWidget(self._turns, 1)
        left = QVBoxLayout()
        left.setSpacing(px(6))
        left.addWidget(self.editor, 1)
        left.addWidget(self.wrong)
        left.addWidget(self.problems)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(px(14))
        self._body.addLayout(left, 1)
        self._body.addLayout(right, 1)
        inner = QWidget()
        inner.setObjectName("page")
        area = QScrollArea()  # a proposed change, mistakes and a low window together need more than there is
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setAccessibleName("Template")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(px(16), px(12), px(20), px(14))
        whole.setSpacing(px(8))
        whole.addLayout(head)
        for widget in (row, self._used, self.problem, self.voice):
            whole.addWidget(widget)
        whole.addLayout(self._body, 1)
        whole.addWidget(self.files)
        for quiet in (self.problem, self.voice, self.problems, self.wrong):
            quiet.hide()

    def _connect(self) -> None:
        for menu in (self.channel, self.language, self.segment):
            menu.chosen.connect(self._on_place)
        self.insert.clicked.connect(self._on_insert)
        self.only_if.clicked.connect(self._on_only_if)
        self.versions.clicked.connect(self._on_versions)
        self.back.clicked.connect(self.shipped_wanted)
        self.save.clicked.connect(self.save_now)
        self.editor.textChanged.connect(self._on_typed)
        self.editor.left.connect(self.left)
        self.problems.pressed.connect(self._on_problem_pressed)
        self.who.pressed.connect(self._on_who)
        self.tabs.chosen.connect(self._on_tab)
        self.files.pressed.connect(self._on_file)
        self._menu.triggered.connect(self._on_chosen)
        self._looking.timeout.connect(self._ask_to_look)

    # Showing

    def _show_state(self, *, unsaved: bool = False) -> None:
        view = self._view
        if view is None:
            return
        if view.template is None:
            self._state.show_text("None yet", "neutral")
        elif unsaved:
            self._state.show_text("Not saved", "warning")
        elif view.template.version:
            self._state.show_text(f"Yours, version {view.template.version}", "good")
        else:
            self._state.show_text("As shipped", "neutral")

    def _show_voice(self) -> None:
        while (item := self._voice.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        view = self._view
        for number, one in enumerate(view.voice if view else ()):
            card = Card(self._theme, f"{one.times} times you changed this by hand")
            card.column.addWidget(Text(f"− {one.before}", tone="danger", wrap=True))
            card.column.addWidget(Text(f"+ {one.after}" if one.after else "(left out)", tone="good", wrap=True))
            chips = Chips(self._theme, "The change you keep making")
            chips.show_chips(
                "",
                [
                    Chip(f"take {number}", "Change the template", f"Change “{one.before}” to “{one.after}”"),
                    Chip(f"leave {number}", "Leave it as it is", f"Leave “{one.before}” and do not ask again"),
                ],
            )
            chips.pressed.connect(self._on_voice)
            card.column.addWidget(chips)
            self._voice.addWidget(card)
        self.voice.setVisible(bool(view and view.voice))

    def _show_files(self) -> None:
        view = self._view
        if view is None:
            return
        self.files.setVisible(view.place.channel == "email")
        chips = [
            Chip(str(one.id), f"{one.name}  ×", f"Take {one.name} out", f"{one.file_name}, {size_words(one.size)}")
            for one in view.enclosures
        ]
        more = Chip("add", "Enclose…", "Enclose a file", "A file goes with every mail of this template")
        self.files.show_chips("Goes with every mail of it:" if chips else "", [*chips, more])

    def _show_problems(self, problems: Sequence[TemplateProblem]) -> None:
        self.problems.show_chips("", [Chip(str(p.line), f"Line {p.line}", f"Go to line {p.line}") for p in problems])
        self.wrong.setText("\n".join(f"Line {problem.line}: {problem.text}" for problem in problems))
        for widget in (self.problems, self.wrong):
            widget.setVisible(bool(problems))

    def _show_who(self) -> None:
        samples = self._view.samples if self._view is not None else ()
        chips = [
            Chip(str(slot), f"● {samples[number].name}" if slot == self._at else samples[number].name,
                 f"Try it on {samples[number].name}", _known_words(samples[number].known, samples[number].fields))
            for slot, number in enumerate(self._shown)
        ]  # fmt: skip
        other = [Chip("other", "Someone else…", "Try it on someone else")] if len(samples) > SHOWN else []
        self.who.show_chips("" if chips else "There is no customer to try it on yet.", [*chips, *other])

    def _show_draft(self) -> None:
        view = self._view
        if view is None or self._at >= len(self._seen.drafts):
            self.preview.set_text("")
            self._known.setText("What is wrong is said beside the words." if self._seen.problems else "")
            return
        draft, missing = self._seen.drafts[self._at]
        subject = f"{draft.subject}\n\n" if draft.subject else ""
        self.preview.set_text(f"{subject}{draft.text}")
        sample = view.samples[self._shown[self._at]]
        left_out = f" Left out: {'; '.join(missing)}." if missing else ""
        self._known.setText(f"{_known_words(sample.known, sample.fields)}{left_out}")

    # What is pressed

    @Slot()
    def save_now(self) -> None:
        """Save, if there is something to save and nothing is wrong with it."""
        if self.save.isEnabled():
            self.save_wanted.emit(self.editor.text())

    @Slot()
    def _on_typed(self) -> None:
        self.edited.emit(self.editor.text())
        self._looking.start()

    @Slot()
    def _ask_to_look(self) -> None:
        self._looking.stop()
        self.looked_for.emit(self.editor.text())

    @Slot(str)
    def _on_place(self, _value: str) -> None:
        if self._view is not None:
            key = self._view.place.key
            self.place_wanted.emit(Place(key, self.channel.value(), self.language.value(), self.segment.value()))

    @Slot(str)
    def _on_voice(self, value: str) -> None:
        what, _, number = value.partition(" ")
        (self.taken if what == "take" else self.declined).emit(int(number))

    @Slot(str)
    def _on_problem_pressed(self, line: str) -> None:
        self.editor.go_to(int(line))

    @Slot(str)
    def _on_tab(self, tab: str) -> None:
        self._turns.setCurrentIndex(0 if tab == "preview" else 1)

    @Slot(str)
    def _on_who(self, value: str) -> None:
        if value == "other":
            self._menu.clear()
            samples = self._view.samples if self._view is not None else ()
            for number, sample in enumerate(samples):
                if number not in self._shown:
                    self._offer(f"{sample.name}  ({_known_words(sample.known, sample.fields)})", ("who", number))
            self._popup(self.who.button("other"))
            return
        self._at = int(value)
        self._show_who()
        self._show_draft()

    @Slot(str)
    def _on_file(self, value: str) -> None:
        view = self._view
        if value != "add":
            self.enclosed.emit(int(value), False)
        elif view is not None:
            self._menu.clear()
            inside = {one.id for one in view.enclosures}
            for one in view.kept:
                if one.id not in inside:
                    self._offer(f"{one.name} ({size_words(one.size)})", ("file", one.id))
            self._offer("Another file…", ("file", OTHER_FILE))
            self._popup(self.files.button("add"))

    @Slot()
    def _on_insert(self) -> None:
        self._menu.clear()
        groups: dict[str, QMenu] = {}
        for field, meaning in FIELDS.items():
            group = field.partition(".")[0]
            if group not in groups:
                groups[group] = self._menu.addMenu(group.capitalize())
            action = groups[group].addAction(f"{meaning.replace('&', '&&')}\t{field}")
            action.setData(("field", field))
        self._popup(self.insert)

    @Slot()
    def _on_only_if(self) -> None:
        selected = self.editor.textCursor().selectedText()
        field = next((field for field in FIELDS if field in selected), "")
        self.editor.wrap(f"{{% if {field or 'event.note'} %}}", "{% endif %}")

    @Slot()
    def _on_versions(self) -> None:
        view = self._view
        if view is None:
            return
        self._menu.clear()
        for one in view.versions:
            when = moment_words(one.at, view.now, view.zone)
            what = "" if one.text is not None else ": the shipped one again"
            self._offer(f"Version {one.version}, {when}{what}", ("version", one.version))
        self._popup(self.versions)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        what, value = action.data()
        if what == "field":
            self.editor.insert(f"{{{{ {value} }}}}")
        elif what == "version":
            self.go_back_to(int(value))
        elif what == "who":
            self._shown[self._at] = int(value)
            self._show_who()
            self._ask_to_look()
        elif what == "file" and int(value) == OTHER_FILE:
            self.file_wanted.emit()
        elif what == "file":
            self.enclosed.emit(int(value), True)

    def go_back_to(self, version: int) -> None:
        """Put the words of an earlier version into the editor, to be looked at and saved."""
        view = self._view
        found = next((one for one in view.versions if one.version == version), None) if view else None
        if view is None or found is None:
            return
        text = found.text if found.text is not None else (view.shipped.source if view.shipped else "")
        self.editor.setPlainText(text)
        self.tabs.choose("difference")
        self._on_tab("difference")

    def _offer(self, text: str, data: tuple[str, int]) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(data)

    def _popup(self, button: QWidget) -> None:
        self._menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _known_words(known: int, fields: int) -> str:
    return f"{known} of {fields} facts known." if fields else "It reads no facts."


def _languages(spoken: str) -> tuple[tuple[str, str], ...]:
    return LANGUAGES if spoken in dict(LANGUAGES) else (*LANGUAGES, (spoken, spoken))
