"""A campaign before it begins: to whom, what, when; what it would do stands below, live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, day_words, list_words
from followup_desktop.core.campaigns.model import PURPOSES_OF_CAMPAIGNS, LeftOut, NewCampaign, Outline, Said
from followup_desktop.core.campaigns.queries import Sample
from followup_desktop.core.campaigns.rules import LONGEST_ASK, LONGEST_TOPIC, MOST_DAYS, MOST_OPEN
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.drafts.rules.days import LANGUAGE_NAMES
from followup_desktop.core.segments.model import Conditions, Segment
from followup_desktop.ui.campaigns.conditions import ConditionsEditor, indent
from followup_desktop.ui.campaigns.reading import CampaignsView, Who, WouldBe
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import ShortText, Text

PAUSE_MS = 250
"""A breath after the last change before what it would do is asked again."""
MOST_LEFT_OUT = 12
CHANNELS = (
    (("email",), "Email"),
    (("email", "text"), "Email, else text"),
    (("text", "email"), "Text, else email"),
    (("call",), "Call"),
    (("card",), "Card or letter"),
)


class CampaignForm(QWidget):
    """Everything a campaign needs, and what would come of it."""

    whom_changed = Signal()
    changed = Signal()
    start_wanted = Signal()
    left = Signal()
    save_wanted = Signal(str)  # name of the segment
    remove_wanted = Signal(int)  # segment

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self._view: CampaignsView | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._build_whom()
        self._build_what()
        self._build_when()
        self._build_outcome()
        self._build()
        self._connect()

    def begin(self, view: CampaignsView) -> None:
        """Start with an empty form."""
        self.topic.clear()
        self.words.clear()
        self.ask.clear()
        for field in (self.other_topic, self.other_words, self.other_ask):
            field.clear()
        spoken = LANGUAGE_NAMES[view.other_language]
        self.also.setText(f"Say it in {spoken} too")
        self.also.setAccessibleName(self.also.text())
        for line, label in zip(self._other_lines, ("Topic", "In your words", "Your one question"), strict=True):
            line.set_label(f"{label}, in {spoken}")
        self._show_other(shown=False)
        self._offer_segments(view)
        self.segment.setCurrentIndex(0)
        self._show_conditions(())
        first = view.today if view.today.weekday() != 6 else date.fromordinal(view.today.toordinal() + 1)
        self.starts.setMinimumDate(QDate(view.today.year, view.today.month, view.today.day))
        self.starts.setDate(QDate(first.year, first.month, first.day))
        self.days.setValue(5)
        self.clear_problem()
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, view: CampaignsView) -> None:
        """Take up segments saved or removed meanwhile; what was entered stays."""
        self._offer_segments(view)

    def new_campaign(self) -> NewCampaign:
        """Return what was entered."""
        day = self.starts.date()
        return NewCampaign(
            topic=self.topic.text(),
            segment=self._segment_name(),
            conditions=self.conditions.conditions(),
            starts=date(day.year(), day.month(), day.day()),
            days=self.days.value(),
            words=self.words.toPlainText(),
            ask=self.ask.text(),
            purpose=Purpose(self.purpose.currentData()),
            open_days=self.open_days.value(),
            template=str(self.template.currentData() or ""),
            channels=CHANNELS[self.channels.currentIndex()][0],
            other=self._other(),
        )

    def _other(self) -> dict[str, Said]:
        """Return what is said in the other language, where anything is."""
        said = Said(self.other_topic.text(), self.other_words.toPlainText(), self.other_ask.text())
        if self._view is None or self.also.isVisibleTo(self) or not any((said.topic, said.words, said.ask)):
            return {}
        return {self._view.other_language: said}

    def show_who(self, who: Who) -> None:
        """Say how many fit, and who they are."""
        self._count.setText(count_words(who.count, "customer", "customers"))
        more = who.count - len(who.names)
        names = [*who.names, f"{more:,} more"] if more > 0 else list(who.names)
        self._names.setText(list_words(names) if who.names else "Nobody fits.")
        self._said.setText(who.words)

    def show_would_be(self, found: WouldBe) -> None:
        """Say what would happen."""
        outline = found.outline
        if outline is None:
            return
        self._summary.setText(_summary(outline, found.today))
        self._days_line.setText(_by_day(outline, found.today))
        self._advice.say(outline.advice, tone="warning")
        self._advice.setVisible(bool(outline.advice) and bool(outline.places))
        self._show_left_out(outline.left_out)
        self._show_samples(found.samples)
        count = len(outline.places)
        self._foot_line.setText(found.problem.happened if found.problem else _foot(outline, found.today))
        self.start_button.setText(f"Start with {count_words(count, 'customer', 'customers')}" if count else "Start")
        self.start_button.setAccessibleName(self.start_button.text())
        self.start_button.setEnabled(bool(count) and found.problem is None)

    def show_problem(self, problem: Problem) -> None:
        """Say above the foot what went wrong; what was entered stays."""
        self.problem_banner.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem_banner.show()
        self.start_button.setEnabled(True)

    def clear_problem(self) -> None:
        """Take the last problem away."""
        self.problem_banner.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nothing is worked out for a form nobody sees."""
        super().hideEvent(event)
        self._pause.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a wheel that scrolls the page does not change what it passes over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # Building

    def _build_whom(self) -> None:
        theme = self._theme
        self.whom = Card(theme, "To whom")
        self.segment = QComboBox()
        self.segment.view().setAccessibleName("Segments")
        self.segment.setAccessibleName("Segment")
        self.segment.setMinimumWidth(theme.px(220))
        self.segment.installEventFilter(self)
        self.remove_segment = Button(theme, "Remove", "flat", size="small", name="Remove this segment")
        self.conditions = ConditionsEditor(theme)
        self._count = Text("", "strong")
        self._names = Text("", "muted", wrap=True)
        self._said = Text("", "label", wrap=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name, to use this filter again")
        self.name.setAccessibleName("Name of the segment")
        self.name.setMaximumWidth(theme.px(260))
        self.save = Button(theme, "Save segment", size="small")
        row, keep = QHBoxLayout(), QHBoxLayout()
        for layout, widgets in ((row, (self.segment, self.remove_segment)), (keep, (self.name, self.save))):
            layout.setSpacing(theme.px(8))
            for widget in widgets:
                layout.addWidget(widget)
            layout.addStretch(1)
        column = self.whom.column
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        for part in (self.conditions, self._count, self._names, self._said):
            column.addWidget(part)
        column.addLayout(keep)

    def _build_what(self) -> None:
        theme = self._theme
        self.what = Card(theme, "What you tell them")
        self.topic = QLineEdit(maxLength=LONGEST_TOPIC)
        self.topic.setPlaceholderText("Before the leaves come down")
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(84))
        self.words.setPlaceholderText("The oaks drop in the next two weeks, and a full skimmer stops the pump.")
        self.ask = QLineEdit(maxLength=LONGEST_ASK)
        self.ask.setPlaceholderText("Shall I add a second visit in those weeks?")
        self.purpose = QComboBox()
        self.purpose.view().setAccessibleName("Purposes")
        for purpose in PURPOSES_OF_CAMPAIGNS:
            self.purpose.addItem(PURPOSES[purpose].label, str(purpose))
        self.channels = QComboBox()
        self.channels.view().setAccessibleName("Channels")
        for _channels, label in CHANNELS:
            self.channels.addItem(label)
        self.template = QComboBox()
        self.template.view().setAccessibleName("Templates")
        for combo in (self.purpose, self.template, self.channels):
            combo.installEventFilter(self)
        kind = QWidget()
        flow = FlowLayout(kind, gap=theme.px(12))
        flow.addWidget(FormLine(theme, "What it is for", self.purpose))
        flow.addWidget(FormLine(theme, "Template", self.template))
        flow.addWidget(FormLine(theme, "By", self.channels))
        self.what.column.setSpacing(theme.px(10))
        self.what.column.addWidget(FormLine(theme, "Topic", self.topic, "The subject of the mail."))
        self.what.column.addWidget(
            FormLine(theme, "In your words", self.words, "One to three sentences. The rest is about each of them.")
        )
        self.what.column.addWidget(FormLine(theme, "Your one question", self.ask))
        self._build_other()
        self.what.column.addWidget(kind)

    def _build_other(self) -> None:
        """Build the same three fields for whoever reads the other language; they are seldom needed, so they wait."""
        theme = self._theme
        self.also = Button(theme, "Say it in Spanish too", icon="plus", size="small")
        self.other_topic = QLineEdit(maxLength=LONGEST_TOPIC)
        self.other_words = QPlainTextEdit()
        self.other_words.setTabChangesFocus(True)
        self.other_words.setFixedHeight(theme.px(84))
        self.other_ask = QLineEdit(maxLength=LONGEST_ASK)
        self.other = QWidget()
        column = QVBoxLayout(self.other)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._other_lines = [
            FormLine(theme, "", self.other_topic, "Who reads it gets these words; all others the ones above."),
            FormLine(theme, "", self.other_words),
            FormLine(theme, "", self.other_ask),
        ]
        for line in self._other_lines:
            column.addWidget(line)
        self.what.column.addWidget(self.also, 0, Qt.AlignmentFlag.AlignLeft)
        self.what.column.addWidget(self.other)

    def _show_other(self, *, shown: bool) -> None:
        self.also.setVisible(not shown)
        self.other.setVisible(shown)

    @Slot()
    def _on_also(self) -> None:
        self._show_other(shown=True)
        self.other_topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_when(self) -> None:
        theme = self._theme
        self.when = Card(theme, "When")
        self.starts = QDateEdit()
        self.starts.setCalendarPopup(True)
        self.starts.setDisplayFormat("ddd d MMM yyyy")
        self.days = QSpinBox(minimum=1, maximum=MOST_DAYS, value=5)
        self.open_days = QSpinBox(minimum=1, maximum=MOST_OPEN, value=7)
        flow_host = QWidget()
        flow = FlowLayout(flow_host, gap=theme.px(12))
        for label, control in (
            ("From", self.starts),
            ("Spread over, days", self.days),
            ("Each may wait, days", self.open_days),
        ):
            control.setMinimumWidth(theme.px(156))
            control.installEventFilter(self)
            indent(theme, control)
            flow.addWidget(FormLine(theme, label, control))
        self.when.column.addWidget(flow_host)

    def _build_outcome(self) -> None:
        theme = self._theme
        self.outcome = Card(theme, "What would happen")
        self._summary = Text("", wrap=True)
        self._days_line = Text("", "muted", wrap=True)
        self._advice = Banner(theme, tone="warning")
        self._advice.hide()
        self._left_heading = Text("", "strong")
        self._left_text = Text("", "muted", wrap=True)
        self._drafts = QVBoxLayout()
        self._drafts.setSpacing(theme.px(8))
        column = self.outcome.column
        column.setSpacing(theme.px(8))
        for widget in (self._summary, self._days_line, self._advice, self._left_heading, self._left_text):
            column.addWidget(widget)
        column.addLayout(self._drafts)
        self.samples: list[Card] = []

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(12), px(12), px(20), px(16))
        column.setSpacing(px(12))
        for card in (self.what, self.whom, self.when, self.outcome):
            column.addWidget(card)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("New campaign")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot(theme))

    def _foot(self, theme: Theme) -> QFrame:
        px = theme.px
        foot = QFrame()
        foot.setObjectName("foot")
        self.problem_banner = Banner(theme, tone="danger")
        self.problem_banner.hide()
        self._foot_line = ShortText("", "muted")
        self.start_button = Button(theme, "Start", "primary", key=key_of("send"))
        self.start_button.setEnabled(False)
        self.cancel = Button(theme, "Cancel")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.start_button)
        row.addWidget(self.cancel)
        row.addWidget(self._foot_line, 1)
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(20), px(10), px(20), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.problem_banner)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.segment.currentIndexChanged.connect(self._on_segment)
        self.conditions.changed.connect(self._on_whom)
        self.topic.textChanged.connect(self._on_changed)
        self.words.textChanged.connect(self._on_changed)
        self.ask.textChanged.connect(self._on_changed)
        for field in (self.other_topic, self.other_words, self.other_ask):
            field.textChanged.connect(self._on_changed)
        self.also.clicked.connect(self._on_also)
        for combo in (self.template, self.channels):
            combo.currentIndexChanged.connect(self._on_changed)
        self.purpose.currentIndexChanged.connect(self._on_purpose)
        self.starts.dateChanged.connect(self._on_changed)
        self.days.valueChanged.connect(self._on_changed)
        self.open_days.valueChanged.connect(self._on_changed)
        self.start_button.clicked.connect(self.start_wanted)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.left)
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save)
        self.name.returnPressed.connect(self._on_save)
        self.remove_segment.clicked.connect(self._on_remove)

    # Showing

    def _offer_segments(self, view: CampaignsView) -> None:
        chosen, self._view, self._segments = self.segment.currentData(), view, view.segments
        self.segment.blockSignals(True)
        self.segment.clear()
        self.segment.addItem("A new filter", 0)
        for segment in view.segments:
            self.segment.addItem(segment.name, int(segment.id))
        self.segment.setCurrentIndex(max(0, self.segment.findData(chosen)))
        self.segment.blockSignals(False)
        self.remove_segment.setVisible(self.segment.currentIndex() > 0)
        self._offer_templates()

    def _offer_templates(self) -> None:
        """Offer the templates of the purpose; the usual one carries the owner's own words."""
        chosen, purpose = self.template.currentData(), self.purpose.currentData()
        offered = self._view.templates if self._view is not None else ()
        self.template.blockSignals(True)
        self.template.clear()
        self.template.addItem("The usual one, with your words", "")
        for of_purpose, key, name in offered:
            if of_purpose == purpose:
                self.template.addItem(name[:1].upper() + name[1:], key)
        self.template.setCurrentIndex(max(0, self.template.findData(chosen)))
        self.template.blockSignals(False)

    def choose_segment(self, key: int) -> None:
        """Go by a saved segment."""
        self.segment.setCurrentIndex(max(0, self.segment.findData(key)))

    def _segment(self) -> Segment | None:
        return next((s for s in self._segments if s.id == self.segment.currentData()), None)

    def _segment_name(self) -> str:
        segment = self._segment()
        return segment.name if segment is not None and segment.conditions == self.conditions.conditions() else ""

    def _show_conditions(self, conditions: Conditions) -> None:
        if self._view is not None:
            self.conditions.show_conditions(conditions, self._view.offered, self._view.today)
        self._on_whom()

    def _show_left_out(self, left_out: Sequence[LeftOut]) -> None:
        self._left_heading.setText(f"{count_words(len(left_out), 'customer does', 'customers do')} not get it, and why")
        lines = [f"{one.name}: {one.why}" for one in left_out[:MOST_LEFT_OUT]]
        if len(left_out) > MOST_LEFT_OUT:
            lines.append(f"and {len(left_out) - MOST_LEFT_OUT} more; all of them are listed once it has begun")
        self._left_text.setText("\n".join(lines))
        for widget in (self._left_heading, self._left_text):
            widget.setVisible(bool(left_out))

    def _show_samples(self, samples: Sequence[Sample]) -> None:
        for card in self.samples:
            self._drafts.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.samples = [_sample_card(self._theme, sample) for sample in samples]
        for card in self.samples:
            self._drafts.addWidget(card)

    # What changes

    @Slot()
    def _on_segment(self) -> None:
        segment = self._segment()
        self.remove_segment.setVisible(segment is not None)
        self._show_conditions(segment.conditions if segment is not None else ())

    @Slot()
    def _on_whom(self) -> None:
        self.whom_changed.emit()
        self._pause.start()

    @Slot()
    def _on_purpose(self) -> None:
        self._offer_templates()
        self._pause.start()

    @Slot()
    def _on_changed(self) -> None:
        self._pause.start()

    @Slot()
    def _on_save(self) -> None:
        segment = self._segment()
        self.save_wanted.emit(self.name.text().strip() or (segment.name if segment is not None else ""))

    @Slot()
    def _on_remove(self) -> None:
        segment = self._segment()
        if segment is not None:
            self.segment.setFocus(Qt.FocusReason.OtherFocusReason)
            self.remove_wanted.emit(int(segment.id))


def _summary(outline: Outline, today: date) -> str:
    if outline.done_by is None:
        return "Nobody would get it."
    first = min(place.day for place in outline.places)
    count = count_words(len(outline.places), "customer gets", "customers get")
    when = day_words(first, today) if first == outline.done_by else _between(first, outline.done_by, today)
    return f"{count} it, {when}. Each message waits on Today for you to read and send."


def _between(first: date, last: date, today: date) -> str:
    return f"from {day_words(first, today)} to {day_words(last, today)}"


def _foot(outline: Outline, today: date) -> str:
    done = f"Done by {day_words(outline.done_by, today)}" if outline.done_by else "Nobody would get it"
    left = f", {len(outline.left_out)} left out" if outline.left_out else ""
    return f"{done}{left}"


def _by_day(outline: Outline, today: date) -> str:
    counts = Counter(place.day for place in outline.places)
    words = [f"{day_words(day, today)} {counts[day]}" for day in sorted(counts)]
    return " · ".join([*words[:10], "…"] if len(words) > 10 else words)


def _sample_card(theme: Theme, sample: Sample) -> Card:
    card = Card(theme, sample.name)
    subject, text = Text(sample.subject, "strong", wrap=True), Text(sample.text, wrap=True)
    for label in (subject, text):
        label.make_copyable()
        card.column.addWidget(label)
    return card
