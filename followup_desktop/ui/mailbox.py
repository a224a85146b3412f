"""Looking into the mailbox while the program runs: when something comes, every few minutes, and when asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from followup_desktop.base.changes import Changes
from followup_desktop.base.errors import Problem
from followup_desktop.ui.letterbox import Letterbox
from followup_desktop.ui.passwords import Passwords
from followup_desktop.ui.runner import Progress, Runner, Task

if TYPE_CHECKING:
    from followup_desktop.commands.desk import Desk
    from followup_desktop.jobs.mailbox import Synced
    from followup_desktop.jobs.waiting import WaitingRoom

logger = logging.getLogger(__name__)

LOOK_EVERY_MS = 5 * 60_000
LATELY = timedelta(minutes=2)
"""So long what came by itself is news to somebody who asks."""
LONG = 500
"""A look at more messages than this shows how far it is."""
FILED = Changes(frozenset({"events", "messages", "follow_ups", "contacts", "mailboxes"}))


@dataclass(frozen=True, slots=True)
class Look:
    """A look into the mailbox nobody asked for, and that found something: when (UTC), and what."""

    at: datetime
    found: Synced


class _Reader:
    """What a worker does of it, one look after the other: nothing of it is Qt's."""

    def __init__(self, desk: Callable[[], Desk], passwords: Passwords, woken: Callable[[], None]) -> None:
        self._desk, self._passwords, self._woken = desk, passwords, woken
        self.waits = False
        """Whether inboxes are to be waited at."""
        # Made where the first look is: before that no mail code is loaded. Only one look runs at a time.
        self.room: WaitingRoom | None = None

    def read(self, asked: bool, progress: Progress) -> Synced | None:
        """Read what came, and wait for what comes next; None where there is nothing to read."""
        from followup_desktop.core.messages import queries
        from followup_desktop.core.operators import queries as operators
        from followup_desktop.jobs import mailbox
        from followup_desktop.jobs.post import Post

        desk = self._desk()
        with desk.store.read() as session:
            invented, account = operators.business(session).demo, queries.account(session)
        if invented or (account is None and not asked):
            return None
        found = mailbox.sync(desk, Post(self._passwords.of), told=progress.step)
        if self.waits:
            self._wait(desk)
        return found

    def _wait(self, desk: Desk) -> None:
        from followup_desktop.core.messages import queries
        from followup_desktop.jobs.post import Post
        from followup_desktop.jobs.waiting import WaitingRoom

        if self.room is None:
            self.room = WaitingRoom(Post(self._passwords.of), desk.store.clock, self._woken)
        with desk.store.read() as session:
            accounts = queries.accounts(session)
        self.room.be_at(accounts)


class MailboxWatch(QObject):
    """Reads what came; only one look at a time. A sign-in that was refused ends it until the account changes."""

    failed = Signal(object)  # Problem: the owner asked, or has to do something
    looked = Signal(str)  # what an asked look found, in words
    reading = Signal(int, int)  # how many of how many messages of a folder have been read, where they are many
    ended = Signal()  # a look is over, whatever came of it
    stopped = Signal()  # the owner stopped a look; what was read is kept

    def __init__(self, runner: Runner, desk: Callable[[], Desk], passwords: Passwords, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._busy = self._asked = self._refused = self._again = False
        self._task: Task | None = None
        self._desk = desk
        self._untold: Look | None = None
        self._letterbox = Letterbox(self)
        self._reader = _Reader(desk, passwords, partial(self._letterbox.put, self._on_woken))
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._on_due)

    def start(self) -> None:
        """Begin, with a first look now."""
        self._timer.start()
        self._reader.waits = True
        self._look()

    def stop(self) -> None:
        """Look no more, and wait at no inbox."""
        self._timer.stop()
        self._reader.waits = False
        if self._reader.room is not None:
            self._reader.room.leave()
        self._letterbox.close()

    def account_changed(self) -> None:
        """Try again with what the owner entered."""
        self._refused = False
        if self._timer.isActive():
            self._look()

    @Slot()
    def ask(self) -> None:
        """Look now, and say what came of it."""
        self._asked = True
        self._look()

    @Slot()
    def cancel(self) -> None:
        """Stop the look under way; the next one goes on where it was."""
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_due(self) -> None:
        self._look()

    def _on_woken(self) -> None:
        if self._timer.isActive():
            self._look()

    def _look(self) -> None:
        if self._busy:
            self._again = True
            return
        if self._refused and not self._asked:
            return
        self._busy = True
        work = partial(self._reader.read, self._asked)
        self._task = self._runner.run(self, work, self._on_read, self._on_failed)
        self._task.progressed.connect(self._on_progress)
        self._task.finished.connect(self._on_ended)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, _says: str) -> None:
        if total > LONG:
            self.reading.emit(done, total)

    @Slot()
    def _on_ended(self) -> None:
        task, self._task = self._task, None
        if task is not None and task.progress.cancelled:
            # Nobody else is told of a look that was stopped.
            self._busy = self._asked = self._again = False
            self.stopped.emit()
        self.ended.emit()

    def _on_read(self, found: Synced | None) -> None:
        asked, self._busy, self._asked, self._refused = self._asked, False, False, False
        self._look_once_more()
        if found is None:
            return
        self._runner.announce(FILED)
        now = self._desk().store.clock.now()
        if asked:
            self.looked.emit(found_words(found, self._untold, now))
            self._untold = None
        elif _told(found):
            self._untold = Look(now, found)

    def _look_once_more(self) -> None:
        """Look again for what came while the last look was under way."""
        again, self._again = self._again, False
        if again and self._timer.isActive():
            self._look()

    def _on_failed(self, problem: Problem) -> None:
        from followup_desktop.mail.troubles import NotReached, SignInRefused

        asked, self._busy, self._asked, self._again = self._asked, False, False, False
        refused, self._refused = self._refused, isinstance(problem, SignInRefused)
        if asked or (self._refused and not refused):
            self.failed.emit(problem)
        elif not isinstance(problem, NotReached):
            logger.info("the mailbox was not read: %s", type(problem).__name__)


def reading_words(done: int, total: int) -> str:
    """Say how far a look into the mailbox is."""
    return f"Reading your mail: {done:,} of {total:,}"


STOPPED = "Stopped reading your mail. The next look goes on from there."


def found_words(found: Synced, untold: Look | None, now: datetime) -> str:
    """Say what a look into the mailbox found; where that is nothing, what came by itself a moment ago.

    Mail is read as it comes: whoever asks for what they wait for often asks when it is just there.
    """
    told = _told(found)
    if not told and untold is not None and now - untold.at <= LATELY:
        told = _told(untold.found)
    return f"Mail checked: {', '.join(told)}" if told else "Mail checked: nothing new"


def _told(found: Synced) -> list[str]:
    counts = (
        (found.replies + found.opt_outs + found.answers, "answer", "answers"),
        (found.bounces, "message that came back", "messages that came back"),
        (found.auto, "automatic reply", "automatic replies"),
        (found.receipts, "read receipt", "read receipts"),
        (found.own, "message you wrote elsewhere", "messages you wrote elsewhere"),
        (found.unmatched, "message from people you do not have here", "messages from people you do not have here"),
    )
    return [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
