"""Beside a journey: what a change does in the next 30 days, its versions, or a rehearsal of last month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words, date_words, day_words, exact_words, month_words, sentence
from followup_desktop.base.zones import local_day
from followup_desktop.core.journeys.model import Journey
from followup_desktop.core.journeys.rules.preview import Change, How, Rehearsed, Would
from followup_desktop.ui.journeys.reading import MOST_NAMED, Edited, Rehearsal, VersionLine
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Line, ShortText, Text, Tone

HOW = {How.ADDED: "new", How.REMOVED: "no longer", How.MOVED: "moved", How.CHANGED: "otherwise"}
WOULD: dict[Would, tuple[str, Tone]] = {
    Would.DUE: ("", ""),
    Would.LATER: ("later", "warning"),
    Would.HELD: ("held back", "warning"),
    Would.STOPPED: ("stopped", "muted"),
}


class SidePanel(Card):
    """One heading, one sentence, and rows below."""

    back_wanted = Signal(object)  # number of the version, None for the shipped one
    cancelled = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Beside", parent)
        self.close_button = Button(theme, "Close", "flat", size="small", name="Close the panel")
        self.close_button.clicked.connect(self.closed)
        self.head.addWidget(self.close_button)
        self._says = Text("", "muted", wrap=True)
        self.busy = BusyLine(theme)
        self.busy.cancelled.connect(self.cancelled)
        self._rest = Text("", "small", wrap=True)
        self._holder = QWidget()
        self._rows = QVBoxLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(6))
        for widget in (self._says, self.busy, self._holder, self._rest):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def start(self, heading: str, says: str, *, closes: bool = False) -> None:
        """Say that something is being worked out."""
        self._begin(heading, says, closes=closes)
        self.busy.start(says)

    def show_outlook(self, edited: Edited) -> None:
        """Show what keeping an edited journey does in the next 30 days."""
        self.busy.finish()
        self._begin("In the next 30 days", outlook_says(edited), closes=False)
        if edited.outlook is None:
            return
        for change in edited.outlook.changes[:MOST_NAMED]:
            name = edited.names.get(change.customer, "")
            self._add(_pair(name, *_change_words(change, _name_in(edited.journey, change.touchpoint), edited.zone)))
        self._rest.setText(_outlook_rest(edited))
        self._rest.show()

    def show_rehearsal(self, rehearsal: Rehearsal) -> None:
        """Show who would have got what."""
        self.busy.finish()
        month = month_words(rehearsal.month)
        found = rehearsal.contacts
        people = count_words(len({each.customer for each in found}), "person", "people")
        sent = sum(each.would in (Would.DUE, Would.LATER) for each in found)
        says = (
            f"{people} would have had {count_words(sent, 'contact', 'contacts')}."
            if found
            else ("It would not have started for anyone.")
        )
        self._begin(f"Tried on {month}", says, closes=True)
        for each in found[:MOST_NAMED]:
            name = rehearsal.names.get(each.customer, "")
            self._add(
                _pair(name, *_rehearsed_words(each, _name_in(rehearsal.journey, each.touchpoint), rehearsal.zone))
            )
        more = len(found) - MOST_NAMED
        stopped = sum(each.would is Would.STOPPED for each in found)
        held = sum(each.would is Would.HELD for each in found)
        parts = [f"and {more:,} more" if more > 0 else "", f"{stopped:,} stopped by then" if stopped else ""]
        parts.append(f"{held:,} held back" if held else "")
        self._rest.setText(sentence(", ".join(part for part in parts if part)))
        self._rest.setVisible(bool(self._rest.text()))

    def show_versions(self, lines: Sequence[VersionLine]) -> None:
        """Show the versions, the newest first, each with what it does otherwise than the one that counts."""
        self.busy.finish()
        says = "Each with what it does otherwise than now." if len(lines) > 1 else "Nothing of it was changed yet."
        self._begin("Versions", says, closes=True)
        for line in lines:
            self._add(VersionRow(self.theme, line, self.back_wanted))

    def rows(self) -> list[QWidget]:
        """Return the rows."""
        found = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if widget is not None and not isinstance(widget, Line)]

    def _begin(self, heading: str, says: str, *, closes: bool) -> None:
        self.set_heading(heading)
        self._says.setText(says)
        self._says.setVisible(bool(says))
        self.close_button.setVisible(closes)
        self._rest.hide()
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, row: QWidget) -> None:
        if self._rows.count():
            self._rows.addWidget(Line())
        self._rows.addWidget(row)


class VersionRow(QWidget):
    """One version, and the way back to it."""

    def __init__(self, theme: Theme, line: VersionLine, wanted: object) -> None:
        super().__init__()
        self.line = line
        self.setAccessibleName(line.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.addWidget(ShortText(line.title, "strong"), 1)
        self.back = Button(theme, "Go back to it", "link", name=f"Go back to {line.title}")
        self.back.clicked.connect(self._on_back)
        if line.current:
            head.addWidget(Text("counts now", "small", tone="good"))
            self.back.hide()
        else:
            head.addWidget(self.back)
        column.addLayout(head)
        for text in (line.note, *line.lines):
            if text:
                column.addWidget(Text(text, "small", wrap=True))
        self._wanted = wanted

    @Slot()
    def _on_back(self) -> None:
        self._wanted.emit(self.line.number)  # type: ignore[attr-defined]


def _pair(left: str, right: str, tone: Tone, below: str) -> QWidget:
    row = QWidget()
    row.setAccessibleName(" ".join(part for part in (left, right, below) if part))
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(ShortText(left))
    column.addWidget(Text(right, "muted", tone=tone, wrap=True))
    if below:
        column.addWidget(Text(below, "small", wrap=True))
    return row


def outlook_says(edited: Edited) -> str:
    """Say in a sentence what keeping an edited journey does."""
    if edited.problems:
        return "Worked out once everything is right."
    if edited.outlook is None:
        return "The journey is off: keeping this asks for nothing yet. Try it on last month before you switch it on."
    found = edited.outlook
    if not found.changes:
        return "It changes nothing for anyone." if edited.differences else "Nothing is changed yet."
    counts = (f"{found.count(how):,} {HOW[how]}" for how in How if found.count(how))
    return f"What this change does, for whom: {', '.join(counts)}."


def _outlook_rest(edited: Edited) -> str:
    found = edited.outlook
    if found is None:
        return ""
    more = len(found.changes) - MOST_NAMED
    parts = [f"And {more:,} more changes." if more > 0 else ""]
    parts.append(f"{count_words(found.same, 'other is', 'others are')} not affected." if found.same else "")
    if found.busiest is not None:
        day, due = found.busiest
        limit = f", your limit is {edited.limit:,}" if edited.limit else ""
        parts.append(f"Busiest day: {date_words(day)} with {due:,}{limit}.")
    return " ".join(part for part in parts if part)


def _change_words(change: Change, touchpoint: str, zone: str) -> tuple[str, Tone, str]:
    words, below = _changed(change, zone), ". ".join(part for part in (touchpoint, change.held) if part)
    return words, "warning" if change.held else "", below


def _changed(change: Change, zone: str) -> str:
    before, after = _day(change.before, zone), _day(change.after, zone)
    match change.how:
        case How.ADDED:
            return f"new on {after}"
        case How.REMOVED:
            return f"no longer on {before}"
        case How.CHANGED:
            return f"{after}: {change.says}"
    if before == after and change.before is not None and change.after is not None:
        return f"{exact_words(change.before, zone)} → {exact_words(change.after, zone)}"
    return f"{before} → {after}"


def _rehearsed_words(each: Rehearsed, touchpoint: str, zone: str) -> tuple[str, Tone, str]:
    word, tone = WOULD[each.would]
    day = f"{_day(each.at, zone)}, {each.channel.replace('_', ' ')}"
    return f"{day}: {word}" if word else day, tone, " ".join(part for part in (f"{touchpoint}.", each.why) if part)


def _day(moment: datetime | None, zone: str) -> str:
    return day_words(local_day(moment, zone)) if moment is not None else ""


def _name_in(journey: Journey, key: str) -> str:
    return next((each.name for each in journey.touchpoints if each.key == key), key.replace("_", " "))


def lines_of(parts: Iterable[str]) -> str:
    """Return lines under one another, without the empty ones."""
    return "\n".join(part for part in parts if part)
