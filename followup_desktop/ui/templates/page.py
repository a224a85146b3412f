"""The place called Templates: every message the program can draft, in the owner's words where they like."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from sqlalchemy.orm import Session

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.commands import drafts, templates
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.drafts.model import Facts, Place
from followup_desktop.core.drafts.rules.enclosing import MOST_BYTES
from followup_desktop.core.drafts.rules.reading import FREE, short_name
from followup_desktop.store import files
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.templates.pane import TemplatePane
from followup_desktop.ui.templates.reading import PlaceView, Seen, TemplatesView, look, read_place, read_templates
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.split import SplitPane

LIST_PX = 260


class TemplatesPage(PageBase):
    """Templates by purpose; beside the list, the one that is selected."""

    key: ClassVar[str] = "templates"
    title: ClassVar[str] = "Templates"
    icon: ClassVar[str] = "chat-text"
    kinds: ClassVar[tuple[str, ...]] = (
        *("template_versions", "phrase_changes", "phrase_refusals", "enclosures", "template_enclosures"),
        *("settings", "customers"),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: TemplatesView | None = None
        self._shown: PlaceView | None = None
        self._wanted: Place | None = None
        self._unsaved: dict[Place, str] = {}
        self._dialog: QFileDialog | None = None
        self.list = GroupedList(self.theme, "Templates")
        self.pane = TemplatePane(self.theme)
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self.split = SplitPane(self.theme, self.list, self._right, list_px=LIST_PX)
        self.set_content(self.split)
        self._connect()

    def reload(self) -> None:
        """Ask for the templates again."""
        question = partial(read_templates, shipped=self.context.program.templates)
        self.runner.ask(self, question, self._show, newest="templates")

    def focus_on(self, **focus: Any) -> None:
        """Show the template of `place`, or the mail of `key`."""
        place = focus.get("place")
        if place is None and focus.get("key"):
            place = Place(str(focus["key"]), language=self._language())
        if isinstance(place, Place):
            self._wanted = place
            self.split.show_pane()
            self._take_wanted()

    def state(self) -> dict[str, Any]:
        """Return the width of the list, the selection, and what was typed and not saved."""
        unsaved = [[p.key, p.channel, p.language, p.segment, text] for p, text in self._unsaved.items()]
        return {"width": self.split.width_of_list(), "selected": self.list.selected(), "unsaved": unsaved}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `state` returned."""
        self.split.set_width_of_list(int(state.get("width") or 0))
        for row in state.get("unsaved") or ():
            if isinstance(row, list) and len(row) == 5 and all(isinstance(part, str) for part in row):
                self._unsaved[Place(*row[:4])] = row[4]
        if isinstance(state.get("selected"), str):
            self.list.select(state["selected"])

    def _connect(self) -> None:
        pane = self.pane
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        pane.place_wanted.connect(self._ask_place)
        pane.looked_for.connect(self._on_look)
        pane.edited.connect(self._on_edited)
        pane.save_wanted.connect(self._on_save)
        pane.shipped_wanted.connect(self._on_shipped)
        pane.taken.connect(self._on_taken)
        pane.declined.connect(self._on_declined)
        pane.enclosed.connect(self._on_enclosed)
        pane.file_wanted.connect(self._on_file_wanted)
        pane.left.connect(self.list.setFocus)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("open", self.split.show_pane)
        self.on("send", pane.save_now)

    # Showing

    def _show(self, view: TemplatesView) -> None:
        self._view = view
        yours = sum(template.version > 0 for template in view.templates)
        self.set_subtitle(f"{len(view.templates)} templates" + (f" · {yours} yours" if yours else ""))
        self.list.show_groups(self._groups(view))
        if self._wanted is not None:
            self._take_wanted()
        elif self._shown is not None:
            self._ask_place(self._shown.place)
        else:
            self._on_chosen(self.list.selected())

    def _groups(self, view: TemplatesView) -> list[Group]:
        names: dict[str, dict[str, bool]] = {}
        for template in view.templates:
            of_purpose = names.setdefault(template.key.partition("/")[0], {})
            of_purpose[template.key] = of_purpose.get(template.key, False) or template.version > 0
        groups = []
        for purpose in Purpose:
            keys = sorted(names.get(purpose, {}), key=lambda key: ("/ad_hoc" in key, key))
            items = [self._item(view, key, yours=names[purpose][key]) for key in keys]
            if items:
                groups.append(Group(str(purpose), PURPOSES[purpose].label, items))
        return groups

    def _item(self, view: TemplatesView, key: str, *, yours: bool) -> Item:
        name = short_name(key)
        anytime = key.partition("/")[2].partition("-")[0] == FREE
        title = f"Written at any time{f', {name}' if name else ''}" if anytime else name[:1].upper() + name[1:]
        used = self._used_by(key)
        note = "a change?" if view.changes.get(key) else ("yours" if yours else "")
        return Item(key, title, ", ".join(used), note, "warning" if view.changes.get(key) else "good")

    def _used_by(self, key: str) -> list[str]:
        """Return the names of the journeys that use a template."""
        journeys = self.context.program.journeys
        return [j.name for j in journeys if any(touchpoint.template == key for touchpoint in j.touchpoints)]

    def _language(self) -> str:
        return self._view.language if self._view is not None else "en"

    def _take_wanted(self) -> None:
        place = self._wanted
        if place is not None and self._view is not None:
            self._wanted = None
            self.list.select(place.key)
            self._ask_place(place)

    @Slot(object)
    def _on_chosen(self, key: object) -> None:
        if not isinstance(key, str) or (self._shown is not None and self._shown.place.key == key):
            return
        places = [t.place for t in self._view.templates if t.key == key] if self._view is not None else []
        if places:
            spoken = self._language()
            order = {"email": 0, "call": 1, "text": 2, "card": 3}
            self._ask_place(min(places, key=lambda p: (p.segment != "", p.language != spoken, order[p.channel])))

    @Slot(object)
    def _on_opened(self, _key: object) -> None:
        self.split.show_pane()

    @Slot(object)
    def _ask_place(self, place: Place) -> None:
        program = self.context.program
        question = partial(
            read_place,
            place=place,
            shipped=program.templates,
            journeys=program.journeys,
            now=self.context.clock.now(),
        )
        self.runner.ask(self, question, self._show_place, newest="place")

    def _show_place(self, view: PlaceView) -> None:
        self._shown = view
        self.pane.show_place(view, self._used_by(view.place.key), self._unsaved.get(view.place))
        self._right.setCurrentIndex(1)

    # Writing

    @Slot(str)
    def _on_look(self, text: str) -> None:
        place = self.pane.place()
        if place is not None:
            question = partial(_looked, place, text, self.pane.facts())
            self.runner.ask(self, question, self.pane.show_seen, newest="look")

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._shown is not None:
            saved = self._shown.template.source if self._shown.template else self._shown.begins
            if text.strip() == saved.strip():
                self._unsaved.pop(self._shown.place, None)
            else:
                self._unsaved[self._shown.place] = text

    @Slot(str)
    def _on_save(self, text: str) -> None:
        place = self.pane.place()
        if place is not None:
            self._save(place, text)

    def _save(self, place: Place, text: str) -> None:
        self.pane.problem.hide()
        saved = partial(self._on_saved, place)
        self.runner.attempt(self, templates.save_template, saved, self.pane.show_problem, place, text)

    def _on_saved(self, place: Place, _done: Done[int]) -> None:
        self._unsaved.pop(place, None)
        self._ask_place(place)

    @Slot()
    def _on_shipped(self) -> None:
        place = self.pane.place()
        if place is not None:
            saved = partial(self._on_saved, place)
            self.runner.attempt(self, templates.use_shipped, saved, self.pane.show_problem, place)

    @Slot(int)
    def _on_taken(self, number: int) -> None:
        if self._shown is None:
            return
        proposal = self._shown.voice[number]
        if proposal.place in self._unsaved:
            self.pane.show_problem(
                Problem(
                    "What you typed here is not saved yet.", "Nothing was changed.", "Save it first, or take it back."
                )
            )
        else:
            self._save(proposal.place, proposal.text)

    @Slot(int)
    def _on_declined(self, number: int) -> None:
        if self._shown is not None:
            one = self._shown.voice[number]
            self.runner.do(self, templates.leave_template, None, one.place, one.before, one.after)

    # Enclosing

    @Slot(int, bool)
    def _on_enclosed(self, enclosure: int, enclosed: bool) -> None:
        place = self.pane.place()
        if place is not None:
            failed = self.pane.show_problem
            self.runner.attempt(self, drafts.enclose_with_template, None, failed, place, enclosure, enclosed=enclosed)

    @Slot()
    def _on_file_wanted(self) -> None:
        self._dialog = QFileDialog(self, "Enclose a file")
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(self.enclose_file)
        self._dialog.open()

    @Slot(str)
    def enclose_file(self, name: str) -> None:
        """Keep a file and let it go with every mail of the template shown."""
        place = self.pane.place()
        if place is not None:
            work = partial(_put, self.context.program.path.parent, Path(name))
            self.runner.run(self, work, partial(self._on_put, place), self._on_not_put)

    def _on_put(self, place: Place, kept: drafts.KeptFile) -> None:
        self.runner.attempt(self, drafts.keep_enclosure, None, self.pane.show_problem, kept, None, place)

    def _on_not_put(self, problem: Problem) -> None:
        self.pane.show_problem(problem)


def _looked(place: Place, text: str, facts: list[Facts], _session: Session) -> Seen:
    return look(place, text, facts)


def _put(folder: Path, file: Path, _progress: Progress) -> drafts.KeptFile:
    sha256, size = files.put(folder, file, MOST_BYTES)
    return drafts.KeptFile(file.stem, file.name, size, sha256)
