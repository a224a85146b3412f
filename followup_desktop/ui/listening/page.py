"""The place called Listening: what customers told us, what comes up again, reviews, and whom to talk with."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands import feedback as commands
from followup_desktop.commands import messages
from followup_desktop.commands.reviews import read_reviews
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback.model import (
    Answer,
    Review,
    ReviewReading,
    Talk,
    TalkState,
    ThemeCount,
    ThemeProposal,
    Themes,
)
from followup_desktop.core.feedback.rules.scores import score_words
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.listening import lines
from followup_desktop.ui.listening.pane import ListeningPane, Shown
from followup_desktop.ui.listening.reading import NOT_READ, ListeningView, answering, listening_view, themes_view
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane

LIST_PX = 320
Thing = Answer | Review | Talk | ThemeCount | ThemeProposal
NOTHING = (
    "What customers answer, write or say at the door is gathered here, each answered by you. Log a rating, or bring in "
    "the reviews that stand on another site."
)


_NEW_THEME = Shown(
    "new-theme",
    "A new theme",
    "Something that comes up, and the words by which customers say it. What they said so far is counted at once.",
    words="",
    can={"keep", "skip"},
    labels=(("keep", "Keep the theme"), ("skip", "Leave it")),
)


class ListeningPage(PageBase):
    """What waits for an answer first; beside the list, the thing that is selected."""

    key: ClassVar[str] = "listening"
    title: ClassVar[str] = "Listening"
    icon: ClassVar[str] = "ear"
    kinds: ClassVar[tuple[str, ...]] = (
        *("events", "answers", "themes", "reviews", "talks", "cases", "customers", "messages", "settings"),
    )

    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        self._view: ListeningView | None = None
        self._themes = NOT_READ
        self._proposed = False
        self._new = False
        self.back = Button(theme, "Insights", "flat", icon="arrow-left", size="small")
        self.paste_button = Button(theme, "Paste reviews", icon="clipboard-text", size="small")
        self.bring_button = Button(theme, "Bring reviews in", icon="upload-simple", size="small")
        self.bar.add_beside_title(self.back)
        self.theme_button = Button(theme, "New theme", icon="plus", size="small")
        self.bar.add(self.theme_button)
        self.bar.add(self.paste_button)
        self.bar.add(self.bring_button)
        self.list = GroupedList(theme, "What customers said")
        self.pane = ListeningPane(theme)
        self.empty = EmptyPlace(theme, "ear", "Nobody has said anything yet", NOTHING, "Log a rating")
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self.split = SplitPane(theme, self.list, self._right, list_px=LIST_PX)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.split)
        self._whole.addWidget(self.empty)
        self.set_content(self._whole)
        self._connect()

    def reload(self) -> None:
        """Ask for everything again."""
        now = self.context.clock.now()
        self.runner.ask(self, partial(listening_view, now=now), self._on_view, newest="listening")
        self.runner.ask(self, partial(themes_view, now=now), self._on_themes, newest="themes")

    def focus_on(self, **focus: Any) -> None:
        """Show the answer of `answer_id`."""
        if focus.get("answer_id") is not None:
            self.list.select(f"answer-{int(focus['answer_id'])}")
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return the width of the list."""
        return {"width": self.split.width_of_list()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up the width of the list."""
        self.split.set_width_of_list(int(state.get("width") or 0))

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.bring_button.clicked.connect(self.ask_for_file)
        self.paste_button.clicked.connect(self.paste)
        self.theme_button.clicked.connect(self.begin_theme)
        self.empty.pressed.connect(self._on_empty)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane.wanted.connect(self.do)
        self.pane.told.connect(self._on_told)
        self.pane.how.left.connect(self.list.setFocus)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        for action in ("write", "done", "skip", "open"):
            self.on(action, partial(self.do, action))

    def _on_view(self, view: ListeningView) -> None:
        self._show(replace(view, themes=self._themes))

    def _on_themes(self, themes: Themes) -> None:
        self._themes = themes
        if self._view is not None:
            self._show(replace(self._view, themes=themes))

    def _show(self, view: ListeningView) -> None:
        self._view = view
        self.set_subtitle(lines.subtitle(view))
        self.list.show_groups(lines.groups(view))
        self._whole.setCurrentWidget(self.empty if view.is_empty else self.split)
        self._show_selected()
        if not view.talks and view.themes is not NOT_READ and not view.is_empty and not self._proposed:
            self._proposed = True
            self.runner.do(self, commands.propose_talks, None, view.month)

    def thing(self) -> Thing | None:
        """Return what is selected."""
        view, key = self._view, str(self.list.selected() or "")
        if view is None:
            return None
        kind, _, rest = key.partition("-")
        match kind:
            case "answer":
                return next((one for one in view.answers if str(one.id) == rest), None)
            case "review":
                return next((one for one in view.reviews if str(one.id) == rest), None)
            case "talk":
                return next((one for one in view.talks if str(one.id) == rest), None)
            case "theme":
                return next((one for one in view.themes.counts if one.theme.key == rest), None)
            case "proposal":
                return next((one for one in view.themes.proposals if one.words == rest), None)
        return None

    def _show_selected(self) -> None:
        if self._new:
            return
        thing, view = self.thing(), self._view
        if thing is not None and view is not None:
            self.pane.show_thing(_shown(thing, view))
        self._right.setCurrentIndex(0 if thing is None else 1)

    @Slot()
    def begin_theme(self) -> None:
        """Let the owner write a theme of their own."""
        self._new = True
        self.pane.show_thing(_NEW_THEME)
        self._whole.setCurrentWidget(self.split)
        self._right.setCurrentWidget(self.pane)
        self.split.show_pane()
        self.pane.name.setFocus()

    # What can be done

    @Slot(str)
    def do(self, action: str) -> None:
        """Do what a key or a button means for the selected thing."""
        if self._new:
            self._do_new_theme(action)
            return
        thing = self.thing()
        match thing:
            case Answer():
                self._do_answer(thing, action)
            case Review():
                self._do_review(thing, action)
            case Talk():
                self._do_talk(thing, action)
            case ThemeCount():
                self._do_theme(thing, action)
            case ThemeProposal() if action == "done":
                self.runner.do(self, commands.save_theme, None, thing.words.capitalize(), [thing.words])
            case ThemeProposal() if action == "skip":
                self.runner.do(self, commands.refuse_theme, None, thing.words)

    def _do_answer(self, one: Answer, action: str) -> None:
        if action == "write":
            question = partial(answering, answer=one, now=self.context.clock.now())
            self.runner.ask(self, question, partial(self._write, one))
        elif action == "done" and one.dealt_with_at is None:
            self.pane.ask_how("What was done about it; they are told so")
        elif action == "skip" and one.waits:
            self.runner.do(self, commands.rest_answer, None, int(one.id))
        elif action == "open":
            self.context.go("customers", customer_id=int(one.customer))

    def _write(self, one: Answer, follow_up: int | None) -> None:
        if follow_up is not None:
            self.context.go("today", follow_up_id=follow_up)
        else:
            self.runner.do(self, messages.write, self._on_started, one.customer, Purpose.ANSWER)

    def _on_started(self, done: Done[FollowUpId]) -> None:
        self.context.go("today", follow_up_id=int(done.result))

    @Slot(str)
    def _on_told(self, how: str) -> None:
        thing = self.thing()
        if isinstance(thing, Answer):
            self.runner.do(self, commands.deal_with, None, int(thing.id), how)
            self.list.setFocus()

    def _do_review(self, one: Review, action: str) -> None:
        if action == "done":
            self.runner.do(self, commands.review_answered, None, int(one.id), self.pane.draft.text())
        elif action == "whose" and one.customer is None and one.proposed:
            self.runner.do(self, commands.review_is_of, None, int(one.id), CustomerId(one.proposed[0][0]))
        elif action == "open" and one.customer is not None:
            self.context.go("customers", customer_id=one.customer)

    def _do_talk(self, one: Talk, action: str) -> None:
        if action == "done":
            self.runner.do(self, commands.talk_done, None, one.id, self.pane.draft.text())
        elif action == "skip":
            self.runner.do(self, commands.talk_skipped, None, one.id)
        elif action == "open":
            self.context.go("customers", customer_id=one.customer)

    def _do_new_theme(self, action: str) -> None:
        if action == "keep":
            words = self.pane.words.text().split(",")
            self.runner.do(self, commands.save_theme, self._on_new_theme, self.pane.name.text(), words)
        elif action == "skip":
            self._leave_new_theme()

    def _on_new_theme(self, done: Done[str]) -> None:
        self.list.select(f"theme-{done.result}")
        self._leave_new_theme()

    def _leave_new_theme(self) -> None:
        self._new = False
        self.list.setFocus()
        self._show_selected()

    def _do_theme(self, one: ThemeCount, action: str) -> None:
        if action == "keep":
            words = self.pane.words.text().split(",")
            name = self.pane.name.text().strip() or one.theme.name
            self.runner.do(self, commands.save_theme, None, name, words, one.theme.key)
        elif action == "remove":
            self.runner.do(self, commands.remove_theme, None, one.theme.key)

    # Reviews

    @Slot()
    def ask_for_file(self) -> None:
        """Ask for a file of reviews, then bring it in."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Bring reviews in", "", "Tables and texts (*.csv *.tsv *.txt)"
        )
        if chosen:
            self.bring(Path(chosen))

    def bring(self, path: Path) -> None:
        """Read a file of reviews in the background and bring it in."""
        self._bring(path.read_bytes, path.name)

    @Slot()
    def paste(self) -> None:
        """Bring in the reviews that were copied from a page."""
        text = QGuiApplication.clipboard().text()
        self._bring(text.encode, "the copied text")

    def _bring(self, read: Any, name: str) -> None:
        today = local_day(self.context.clock.now(), str(self.context.settings.value("business.zone")) or "UTC")
        region = str(self.context.settings.value("business.region")) or "US"

        def work(_progress: Progress) -> ReviewReading:
            return read_reviews(read(), name, today, region)

        self.runner.run(self, work, self._on_read, self.context.problem)

    def _on_read(self, reading: ReviewReading) -> None:
        self.runner.do(self, commands.bring_reviews, None, reading.reviews)
        if reading.problems:
            found = count_words(len(reading.problems), "row", "rows")
            first = reading.problems[0]
            said = f"{found} to look at. Row {first.row}: {first.what}"
            self.context.say(Done(None, Changes(), None, said))

    @Slot()
    def _on_back(self) -> None:
        self.context.go("insights")

    @Slot()
    def _on_empty(self) -> None:
        self.context.log(what=str(Happening.RATING))

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        self._new = False
        self._show_selected()

    @Slot(object)
    def _on_opened(self, _key: object) -> None:
        self.split.show_pane()


def _shown(thing: Thing, view: ListeningView) -> Shown:
    match thing:
        case Answer():
            can = {"write", "open", *({"skip"} if thing.waits else ()), *({"done"} if not thing.dealt_with_at else ())}
            return Shown(
                f"answer-{thing.id}",
                thing.name,
                score_words(thing.scale, thing.score),
                thing.text,
                lines.answer_facts(thing, view),
                can=can,
                labels=(("done", "Dealt with…"), ("skip", "Needs no answer")),
            )
        case Review():
            can = {"copy", "done", *({"open"} if thing.customer else {"whose"} if thing.proposed else ())}
            who = thing.customer_name or (f"perhaps {thing.proposed[0][1]}" if thing.proposed else "")
            kind = " · ".join(filter(None, (f"{thing.rating} of 5" if thing.rating else "", thing.site, who)))
            return Shown(
                f"review-{thing.id}",
                thing.author or "Somebody",
                kind,
                thing.text,
                draft=thing.answer or view.drafts.get(thing.id, ""),
                draft_name="What you answer where it stands",
                can=can,
                labels=(
                    ("done", "I have answered it"),
                    ("whose", f"It is {thing.proposed[0][1]}'s" if thing.proposed else ""),
                ),
            )
        case Talk():
            is_open = thing.state is TalkState.OPEN
            return Shown(
                f"talk-{thing.id}",
                thing.name,
                f"{lines.KINDS[thing.kind]}. {thing.why}",
                "\n".join(f"{number}. {words}" for number, words in enumerate(lines.talk_lines(thing), 1)),
                draft=thing.notes,
                draft_name="What they said, in their words",
                can={"done", "skip", "open"} if is_open else {"open"},
                labels=(("done", "Talked: keep the notes"), ("skip", "Not this month")),
            )
        case ThemeCount():
            return Shown(
                f"theme-{thing.theme.key}",
                thing.theme.name,
                "Words that mean it, in any form:",
                facts=lines.theme_facts(thing, view),
                words=", ".join(thing.theme.words),
                name=thing.theme.name,
                can={"keep", "remove"},
            )
        case ThemeProposal():
            return Shown(
                f"proposal-{thing.words}",
                f"“{thing.words}”",
                f"{thing.times} customers used it, and it belongs to no theme.",
                thing.example,
                can={"done", "skip"},
                labels=(("done", "Make it a theme"), ("skip", "Not a theme")),
            )
