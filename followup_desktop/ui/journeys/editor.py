"""The form of a journey, in the words of the trade."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QDate, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.core.journeys.model import (
    HAPPENINGS,
    RUNS_OUT,
    Journey,
    JourneyProblem,
    Moment,
    Touchpoint,
    Trigger,
    Where,
)
from followup_desktop.core.journeys.rules.wording import STAGE_ORDER, start_choices, visit_choices
from followup_desktop.core.journeys.rules.writing import key_of
from followup_desktop.ui.journeys.fields import Choice, Number, Optional, Stretch, label_of, line_of
from followup_desktop.ui.journeys.more import MoreOfJourney
from followup_desktop.ui.journeys.touchpoint import TouchpointForm
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.checkmenu import CheckMenu
from followup_desktop.ui.widgets.text import Text

PAUSE_MS = 300
"""A breath after the last change before what it would do is worked out."""
A_YEAR_WITHOUT_LEAP = 2027


class JourneyEditor(Card):
    """One journey to be changed. `edited` comes a breath after each change; `journey` is what the form says now."""

    edited = Signal()
    keep_wanted = Signal()
    discarded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._journey: Journey | None = None
        self._more: MoreOfJourney | None = None
        self._templates: Sequence[str] = ()
        self.forms: list[TouchpointForm] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.edited)
        self._make_fields()
        self._lay_out()
        self._connect()

    def show_journey(self, journey: Journey, templates: Sequence[str]) -> None:
        """Begin with a journey as it is."""
        if templates != self._templates:
            self._templates = templates
            self._drop_forms(0)
        self._journey = journey
        self.name.setText(journey.name)
        self.objective.setText(journey.objective)
        self.objective.setCursorPosition(0)
        self._show_trigger(journey.trigger)
        self.stage.choose(journey.only_if.stage)
        self.no_case.setChecked(journey.only_if.no_open_case)
        self.again.setChecked(journey.not_within is not None)
        self.gap.show_value(journey.not_within or timedelta(days=180))
        if self._more is not None:
            self._more.show_journey(journey)
        self.note.clear()
        self._show_forms(journey.touchpoints)
        self.show_problems(())
        self.show_differences(())
        self.show_effect("")
        self._show_possible()
        self._pause.stop()

    def speak(self, said: Callable[[str], str]) -> None:
        """Speak in the words of the trade; `said` says a sentence of ours in them."""
        self.starts.speak([(key, said(words)) for key, words in start_choices()])

    def take_up(self, begun: Journey) -> None:
        """Go on with what was begun before and not kept."""
        old = self._journey
        self.show_journey(begun, self._templates)
        self._journey = old

    def journey(self) -> Journey:
        """Return the journey as the form says."""
        old = self._journey
        if old is None:
            raise RuntimeError("no journey is shown")
        made = replace(
            old,
            name=self.name.text().strip(),
            objective=self.objective.text().strip(),
            trigger=self._trigger(old.trigger),
            only_if=replace(old.only_if, stage=self.stage.values(), no_open_case=self.no_case.isChecked()),
            not_within=self.gap.value() if self.again.isChecked() else None,
            touchpoints=tuple(form.touchpoint() for form in self.forms),
        )
        return made if self._more is None else self._more.applied(made)

    def is_changed(self) -> bool:
        """Whether the form says something else than it began with."""
        return self._journey is not None and self.journey() != self._journey

    def show_problems(self, problems: Sequence[JourneyProblem]) -> None:
        """Say what is wrong, each thing at its field; it can be kept only when nothing is."""
        keys = {form.key() for form in self.forms}
        for form in self.forms:
            form.show_problems([each.text for each in problems if each.where == form.key()])
        starts = [each.text for each in problems if each.where in ("starts_on", "only_if")]
        rest = [each.text for each in problems if each.where not in keys | {"starts_on", "only_if"}]
        _say(self.starts_trouble, starts)
        _say(self.trouble, rest)
        self.keep.setEnabled(not problems)

    def show_differences(self, lines: Sequence[str]) -> None:
        """Say what is different from before."""
        self.changes.setText("\n".join(f"Changed: {line}" for line in lines))
        self.changes.setVisible(bool(lines))

    def show_effect(self, says: str) -> None:
        """Say in a sentence, above Save, what keeping it does."""
        self.effect.setText(says)
        self.effect.setVisible(bool(says))

    def _make_fields(self) -> None:
        theme = self.theme
        self.name, self.objective, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        for field, words in ((self.name, "Name"), (self.objective, "Objective"), (self.note, "Why, for the versions")):
            field.setAccessibleName(words)
            field.setPlaceholderText(words)
        self.starts = Choice("Starts when", start_choices())
        self.visits = CheckMenu(theme, "Which visits", visit_choices(), _visit_words)
        self.least, self.most = Number(minimum=0, maximum=10), Number(minimum=0, maximum=10)
        self.least.setAccessibleName("Rating of at least")
        self.most.setAccessibleName("Rating of at most")
        self.to = Text("to", "muted")
        self.stretch_words = Text("", "muted")
        self.stretch = Stretch(theme, "How long", least=1)
        self.season = QDateEdit()
        self.season.setDisplayFormat("d MMMM")
        self.season.setAccessibleName("First day of the season")
        self.stage = CheckMenu(theme, "For whom", [(s, f"{s} customers") for s in STAGE_ORDER], _stage_words)
        self.no_case = QCheckBox("not while a case is open")
        self.again = QCheckBox("not again within")
        self.gap = Stretch(theme, "Not again within", least=1)
        self.further = Button(theme, "More", "flat", icon="caret-down", size="small", name="More conditions")
        self.trouble, self.starts_trouble = Text("", tone="danger", wrap=True), Text("", tone="danger", wrap=True)
        self.changes, self.effect = Text("", "small", wrap=True), Text("", "muted", wrap=True)
        self.add = Button(theme, "Touchpoint", "flat", icon="plus", size="small", name="Add a touchpoint")
        self.discard = Button(theme, "Discard", size="small")
        self.keep = Button(theme, "Save", "primary", size="small")

    def _lay_out(self) -> None:
        px, theme = self.theme.px, self.theme
        conditions = (self.starts, self.visits, self.least, self.to, self.most, self.stretch_words, self.stretch)
        for label, widgets in (("Name", self.name), ("So that", self.objective)):
            self.column.addLayout(_wide(theme, label, widgets))
        self.column.addWidget(self.trouble)
        self.column.addWidget(line_of(theme, "Starts when", (*conditions, self.season)))
        whom = (self.stage, self.no_case, Optional(theme, self.again, self.gap), self.further)
        self.column.addWidget(line_of(theme, "For", whom))
        self.column.addWidget(self.starts_trouble)
        self._points = QVBoxLayout()
        self._points.setSpacing(px(8))
        self.column.addSpacing(px(4))
        self.column.addLayout(self._points)
        self.column.addWidget(self.add)
        self.column.addWidget(self.changes)
        self.column.addWidget(self.effect)
        self.column.addLayout(_wide(theme, "Why", self.note))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        self.column.addLayout(row)

    def _connect(self) -> None:
        for field in (self.name, self.objective):
            field.textEdited.connect(self._on_changed)
        self.starts.picked.connect(self._on_starts)
        for menu in (self.visits, self.stage):
            menu.chosen.connect(self._on_changed)
        for number in (self.least, self.most):
            number.valueChanged.connect(self._on_changed)
        for stretch in (self.stretch, self.gap):
            stretch.changed.connect(self._on_changed)
        self.season.dateChanged.connect(self._on_changed)
        for box in (self.no_case, self.again):
            box.toggled.connect(self._on_changed)
        self.further.clicked.connect(self.show_more)
        self.add.clicked.connect(self._on_add)
        self.discard.clicked.connect(self.discarded)
        self.keep.clicked.connect(self.keep_wanted)

    def _show_trigger(self, trigger: Trigger) -> None:
        self.starts.choose(trigger.happening)
        self.visits.choose(trigger.where.visit)
        for number, value in ((self.least, trigger.where.rating_at_least), (self.most, trigger.where.rating_at_most)):
            number.blockSignals(True)
            number.setFixedWidth(self.theme.px(64))
            number.lineEdit().setTextMargins(self.theme.px(7), 0, 0, 0)
            number.setValue(value if value is not None else (1 if number is self.least else 5))
            number.blockSignals(False)
        self.stretch.show_value(_length(trigger))
        self.season.blockSignals(True)
        self.season.setDate(QDate(A_YEAR_WITHOUT_LEAP, *trigger.on))
        self.season.blockSignals(False)

    def _trigger(self, old: Trigger) -> Trigger:
        happening = self.starts.value()
        rated = happening == "rating"
        where = (
            old.where
            if happening == old.happening == "nps"
            else Where(
                self.visits.values() if happening == "visit_done" else frozenset(),
                self._rating(self.least, old.where.rating_at_least, 1) if rated else None,
                self._rating(self.most, old.where.rating_at_most, 5) if rated else None,
            )
        )
        made = Trigger(happening, where)
        day = self.season.date()
        if made.moment in RUNS_OUT:
            return replace(made, before=self.stretch.value())
        if made.moment is Moment.QUIET_TOO_LONG:
            return replace(made, after=self.stretch.value())
        if made.moment is Moment.REGULARLY:
            return replace(made, every=self.stretch.value())
        return replace(made, on=(day.month(), day.day())) if made.moment is Moment.SEASON else made

    def _rating(self, number: Number, before: int | None, whole: int) -> int | None:
        return None if before is None and number.value() == whole else number.value()

    def _show_possible(self) -> None:
        happening = self.starts.value()
        moment = Moment(happening) if happening not in HAPPENINGS and happening in set(Moment) else None
        self.visits.setVisible(happening == "visit_done")
        words = _STRETCH_WORDS.get(moment, "") if moment is not None else ""
        rating: tuple[QWidget, ...] = (self.least, self.to, self.most)
        for widget in rating:
            widget.setVisible(happening == "rating")
        self.stretch_words.setVisible(bool(words))
        self.stretch.setVisible(bool(words))
        self.stretch_words.setText(words)
        self.season.setVisible(moment is Moment.SEASON)
        self.gap.setEnabled(self.again.isChecked())

    def _show_forms(self, touchpoints: Sequence[Touchpoint]) -> None:
        self._drop_forms(len(touchpoints))
        for form, touchpoint in zip(self.forms, touchpoints, strict=False):
            form.show_touchpoint(touchpoint)
        for touchpoint in touchpoints[len(self.forms) :]:
            self._add_form(touchpoint)
        self._place_forms()

    def _drop_forms(self, keep: int) -> None:
        """Let go of the forms beyond the first few; those are used again."""
        for form in self.forms[keep:]:
            self._points.removeWidget(form)
            form.hide()
            form.deleteLater()
        del self.forms[keep:]

    def _add_form(self, touchpoint: Touchpoint) -> TouchpointForm:
        form = TouchpointForm(self.theme, touchpoint, self._templates)
        form.changed.connect(self._on_changed)
        form.moved.connect(self._on_moved)
        form.removed.connect(self._on_removed)
        self.forms.append(form)
        self._points.addWidget(form)
        return form

    def _place_forms(self) -> None:
        last = len(self.forms) - 1
        for place, form in enumerate(self.forms):
            self._points.removeWidget(form)
            self._points.insertWidget(place, form)
            form.place(first=place == 0, last=place == last, alone=last == 0)
            form.offer([(other.key(), other.name.text()) for other in self.forms[:place]])
        before: QWidget = self.further
        for form in self.forms:  # the focus goes through the form in the order of its lines
            for widget in form.focus_order():
                QWidget.setTabOrder(before, widget)
                before = widget
        for widget in (self.add, self.note, self.discard, self.keep):
            QWidget.setTabOrder(before, widget)
            before = widget

    @Slot()
    def show_more(self) -> None:
        """Show the conditions few journeys have, or put them away again; what was changed there counts all the same."""
        if self._more is None:
            self._more = MoreOfJourney(self.theme)
            if self._journey is not None:
                self._more.show_journey(self._journey)
            self._more.changed.connect(self._on_changed)
            self.column.insertWidget(self.column.indexOf(self.starts_trouble), self._more)
            self._more.show()
            QWidget.setTabOrder(self.further, self._more)
        else:
            self._more.setVisible(self._more.isHidden())
        self.further.setText("Less" if not self._more.isHidden() else "More")

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self._show_possible()
        self._pause.start()

    @Slot()
    def _on_starts(self) -> None:
        self.stretch.show_value(_length(Trigger(self.starts.value())))
        self._on_changed()

    @Slot()
    def _on_add(self) -> None:
        last = self.forms[-1].touchpoint() if self.forms else None
        if last is None:
            return
        key = key_of("touchpoint", [form.key() for form in self.forms])
        later = last.offset + timedelta(days=7)
        closes = None if last.closes_after is None else later + timedelta(days=5)
        form = self._add_form(replace(last, key=key, name="New touchpoint", offset=later, closes_after=closes))
        self._place_forms()
        form.name.setFocus()
        form.name.selectAll()
        self._on_changed()

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        form = self.sender()
        if isinstance(form, TouchpointForm):
            place = self.forms.index(form)
            self.forms.insert(max(0, min(len(self.forms) - 1, place + step)), self.forms.pop(place))
            self._place_forms()
            form.name.setFocus()
            self._on_changed()

    @Slot()
    def _on_removed(self) -> None:
        form = self.sender()
        if isinstance(form, TouchpointForm) and len(self.forms) > 1:
            place = self.forms.index(form)
            self.forms.remove(form)
            self._points.removeWidget(form)
            form.hide()
            form.deleteLater()
            self._place_forms()
            self.forms[min(place, len(self.forms) - 1)].name.setFocus()
            self._on_changed()


_STRETCH_WORDS = {
    Moment.RENEWAL_COMING: "in",
    Moment.WARRANTY_ENDING: "in",
    Moment.SERVICE_DUE: "in",
    Moment.QUIET_TOO_LONG: "or, where their rhythm is not known, for",
    Moment.REGULARLY: "namely",
    Moment.CONSENT_ENDING: "namely in",
}


def _length(trigger: Trigger) -> timedelta:
    if trigger.moment is Moment.QUIET_TOO_LONG:
        return trigger.after
    return trigger.every if trigger.moment is Moment.REGULARLY else trigger.before


def _visit_words(keys: frozenset[str]) -> str:
    words = [words for key, words in visit_choices() if key in keys]
    return " or ".join(words) or "any visit"


def _stage_words(keys: frozenset[str]) -> str:
    words = [stage for stage in STAGE_ORDER if stage in keys]
    return f"{', '.join(words)} customers" if words else "any customer"


def _say(label: Text, texts: Sequence[str]) -> None:
    label.setText("\n".join(f"{text[:1].upper()}{text[1:]}." for text in texts))
    label.setVisible(bool(texts))


def _wide(theme: Theme, label: str, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addWidget(label_of(theme, label))
    row.addWidget(field, 1)
    return row
