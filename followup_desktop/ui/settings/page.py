"""The place called Settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.settings.about import AboutSection
from followup_desktop.ui.settings.backups import BackupsSection
from followup_desktop.ui.settings.leaving import LeavingSection
from followup_desktop.ui.settings.looks import LooksSection
from followup_desktop.ui.settings.mail import MailSection
from followup_desktop.ui.settings.people import PeopleSection
from followup_desktop.ui.settings.places import SectionList
from followup_desktop.ui.settings.reminders import RemindersSection
from followup_desktop.ui.settings.section import Section, settings_of
from followup_desktop.ui.settings.silent import SilentSection
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.text import Line


@dataclass(frozen=True, slots=True)
class Place:
    """A section: its title, words it is found by besides its settings, and how it is made."""

    title: str
    words: str
    build: Callable[[Context], Section]


def _plain(title: str) -> Callable[[Context], Section]:
    return partial(Section, title=title)


PLACES: tuple[Place, ...] = (
    Place("Business", "", _plain("Business")),
    Place("People", "operators names owner team shared mine everyone who works at this computer", PeopleSection),
    Place("Mail accounts", "imap smtp password outbox folders drafts sent email address server", MailSection),
    Place("Rules of contact", "quiet hours weekly limit undo", _plain("Rules of contact")),
    Place("Nothing goes to", "suppression stop unsubscribe opt out erased forgotten gdpr numbers", SilentSection),
    Place("Reminders and tray", "notification test reminder icon", RemindersSection),
    Place("Backups", "copies restore copy now second folder", BackupsSection),
    Place("Looks and keys", "theme dark light keyboard shortcuts", LooksSection),
    Place("What leaves this computer", "privacy network data folder servers tracking", LeavingSection),
    Place("About", "version licence license qt python", AboutSection),
)
"""The sections, in the order of the list."""


class SettingsPage(PageBase):
    """Sections at the left, the chosen one beside them; what is entered is kept at once."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = "Settings"
    icon: ClassVar[str] = "gear-six"
    kinds: ClassVar[tuple[str, ...]] = (
        "settings",
        "accounts",
        "identities",
        "messages",
        "operators",
        "suppressions",
        "erasures",
    )
    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sections: dict[str, QScrollArea] = {}
        self.list = SectionList(context.theme, [place.title for place in PLACES])
        self.search = SearchField(context.theme, "Search settings")
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_found)
        self.bar.add(self.search)
        self._stack = QStackedWidget()
        self.list.chosen.connect(self.open)
        self.on("search", self.search.setFocus)
        # The settings say when one was changed elsewhere or taken back; those of tests may be plain values.
        changed = getattr(context.settings, "changed", None)
        if changed is not None:
            changed.connect(self._on_setting)
        self.set_content(self._built())
        self.list.choose(PLACES[0].title)

    @Slot(str)
    def open(self, title: str) -> None:
        """Show a section."""
        place = next((place for place in PLACES if place.title == title), None)
        if place is None:
            return
        before = self.section()
        area = self._area(place)
        if self._stack.currentWidget() is area:
            return
        self._stack.setCurrentWidget(area)
        self.list.choose(title)
        if before is not None:
            before.left()
        if self._visible:
            self._shown(area).reload()

    def section(self) -> Section | None:
        """Return the section shown."""
        area = self._stack.currentWidget()
        return self._shown(area) if isinstance(area, QScrollArea) else None

    def reload(self) -> None:
        """Look again at what the section shows."""
        section = self.section()
        if section is not None:
            section.reload()

    def focus_on(self, **focus: Any) -> None:
        """Show a section by its title: `go("settings", section="Mail accounts")`."""
        self.open(str(focus.get("section", "")))

    def state(self) -> dict[str, Any]:
        """Return the section shown."""
        return {"section": self.list.current()}

    def restore(self, state: dict[str, Any]) -> None:
        """Show the section that was shown."""
        self.open(str(state.get("section", "")))

    def shown(self) -> None:
        """Look at the section whenever the page comes into view: a tray may have come, a copy been made."""
        self._stale = True
        super().shown()

    def hidden(self) -> None:
        """Note that the section went out of view."""
        super().hidden()
        section = self.section()
        if section is not None:
            section.left()

    def _built(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Line(vertical=True))
        row.addWidget(self._stack, 1)
        return content

    def _area(self, place: Place) -> QScrollArea:
        if place.title not in self._sections:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setAccessibleName(place.title)
            area.setWidget(place.build(self.context))
            self._sections[place.title] = area
            self._stack.addWidget(area)
        return self._sections[place.title]

    def _shown(self, area: QScrollArea) -> Section:
        section = area.widget()
        assert isinstance(section, Section)
        return section

    @Slot(str)
    def _on_search(self, text: str) -> None:
        found = [place.title for place in PLACES if _fits(place, text)]
        self.list.show_only(found)
        self.set_subtitle("" if found else "No setting of that name")
        hit = self._first_hit(text)
        if hit is not None:
            area = self._stack.currentWidget()
            assert isinstance(area, QScrollArea)
            area.ensureWidgetVisible(hit)

    @Slot()
    def _on_found(self) -> None:
        hit = self._first_hit(self.search.text())
        fields = hit.findChildren(QWidget) if hit is not None else []
        first = next((w for w in fields if w.focusPolicy() & Qt.FocusPolicy.TabFocus), self.list)
        first.setFocus()

    def _first_hit(self, text: str) -> QWidget | None:
        section = self.section()
        if section is None or not text.strip():
            return None
        for setting in settings_of(self.list.current()):
            if _holds(f"{setting.label} {setting.help}", text):
                return section.field(setting.key)
        return None

    @Slot(str, object)
    def _on_setting(self, key: str, _value: object) -> None:
        for area in self._sections.values():
            self._shown(area).setting_changed(key)


def _fits(place: Place, text: str) -> bool:
    said = " ".join(f"{setting.label} {setting.help}" for setting in settings_of(place.title))
    return _holds(f"{place.title} {place.words} {said}", text)


def _holds(said: str, text: str) -> bool:
    return all(word in said.casefold() for word in text.casefold().split())
