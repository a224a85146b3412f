"""The only way from the window to the store: `ask` reads, `do` writes, `run` works long; all in the background."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from followup_desktop.base.changes import EVERYTHING, Changes, Done
from followup_desktop.base.errors import Problem, Replaced
from followup_desktop.ui.letterbox import Letterbox, Put

if TYPE_CHECKING:  # SQLAlchemy takes 300 ms to load: the window is painted before it
    from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)

POLL_MS = 2000
"""How often other processes' writes are looked for while the window is visible."""


class StoreDoor(Protocol):
    """What the window needs of a store."""

    listeners: list[Callable[[Changes], None]]
    """Called, in whatever thread wrote, after each commit of this process."""

    def read(self) -> AbstractContextManager[Session]:
        """Open a session that cannot write."""
        ...

    def data_version(self) -> int:
        """Return a number that differs once another process has written."""
        ...


class Desk(Protocol):
    """What commands work with, as far as the window can see."""

    @property
    def store(self) -> StoreDoor:
        """The open store."""
        ...


class Unexpected(Problem):
    """A fault of the program itself; `details` is the traceback, ready to copy."""

    def __init__(self, details: str) -> None:
        super().__init__(
            "Something went wrong inside the program.",
            "What was saved before is safe.",
            "Try once more; if it happens again, copy the details and report them.",
        )
        self.details = details


class Cancelled(Exception):
    """Raised inside a long task after the owner pressed Cancel."""


class Progress:
    """Given to a long task: tells how far it is and whether to stop. Safe in any thread."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell, self._stop = tell, Event()

    @property
    def cancelled(self) -> bool:
        """Whether the owner pressed Cancel."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int = 0, says: str = "") -> None:
        """Tell how far the task is; raise Cancelled when it should stop. `total` 0 means unknown."""
        if self.cancelled:
            raise Cancelled
        self._tell(done, total, says)


class _Teller:
    """A worker's way to tell how far it is: however many steps there are, one message at a time waits."""

    def __init__(self, put: Put, told: Callable[[], None]) -> None:
        self._put, self._told = put, told
        self.latest = (0, 0, "")
        self.pending = False

    def tell(self, done: int, total: int, says: str) -> None:
        """Tell it, on the worker's thread."""
        self.latest = (done, total, says)
        if not self.pending:
            self.pending = True
            self._put(self._told)


class Task(QObject):
    """A long task under way, as the window sees it."""

    progressed = Signal(int, int, str)  # done, total (0: unknown), what is being done
    finished = Signal()  # answered, failed or cancelled

    def __init__(self, letterbox: Letterbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running = True
        self._teller = _Teller(letterbox.put, self._on_told)
        self.progress = Progress(self._teller.tell)

    @Slot()
    def cancel(self) -> None:
        """Ask the task to stop; `finished` comes when it has."""
        self.progress.cancel()

    def end(self) -> None:
        """Note that it is over."""
        self.running = False
        if self._teller.pending:
            self._on_told()
        self.finished.emit()

    def _on_told(self) -> None:
        if self._teller.pending and isValid(self):
            self._teller.pending = False
            self.progressed.emit(*self._teller.latest)


@dataclass(frozen=True, slots=True)
class _Waiting:
    owner: QObject
    then: Callable[[Any], None]
    failed: Callable[[Problem], None] | None
    announce: bool = False
    task: Task | None = None
    newest: tuple[int, str] | None = None


class Runner(QObject):
    """Runs questions side by side, commands one after another and long tasks beside both."""

    changed = Signal(object)  # Changes: somebody committed something
    problem = Signal(object)  # Problem: for the bar at the bottom of the window
    done = Signal(object)  # Done: a command of this window finished
    opened = Signal()  # the store is open
    replaced = Signal()  # a backup took the place of the store: nothing can be kept before it is opened anew

    def __init__(self, desk: Desk | Callable[[], Desk], parent: QObject | None = None, *, at_once: bool = True) -> None:
        """Take an open desk, or a function that opens one in the background: at once, or when `open` is called."""
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="ask")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="do")
        self._long = ThreadPoolExecutor(2, thread_name_prefix="run")
        # Owners and callbacks stay in this table, on the window's thread: a widget whose last reference went away
        # in a worker thread would be destroyed there. Workers know a ticket number only.
        self._waiting: dict[int, _Waiting] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._ticket = 0
        self._version: int | None = None
        self._looking = self._closed = False
        self._opener: Thread | None = None
        # An answer never arrives before `ask` or `run` has returned, even where the work was over at once.
        self._letterbox = Letterbox(self)
        # What workers are given is made here, on the window's thread: they touch nothing of Qt's themselves, not even
        # to look an attribute up.
        self._arrived = partial(_announce, self._letterbox.put, self._tell_changed)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.look)
        self._desk: Future[Desk] = Future()
        self._desk.add_done_callback(partial(_listen, self._arrived))
        self._opening = desk if callable(desk) else None
        if not callable(desk):
            self._desk.set_result(desk)
        elif at_once:
            self.open()

    @Slot()
    def open(self) -> None:
        """Open the desk now, unless that has begun already; what was asked meanwhile is answered then."""
        opening, self._opening = self._opening, None
        if opening is not None:
            self._open(opening)

    def ask(
        self,
        owner: QObject,
        question: Callable[[Session], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[Problem], None] | None = None,
        newest: str = "",
    ) -> None:
        """Read something and hand it to `then` on the window's thread.

        With `newest`, an answer is dropped once `owner` has asked a later question of that name (search as you type).
        """
        desk = self._desk

        def read() -> T:
            with desk.result().store.read() as session:
                return question(session)

        key = (id(owner), newest) if newest else None
        self._submit(self._readers, read, _Waiting(owner, then, failed, newest=key))

    def do(
        self,
        owner: QObject,
        command: Callable[Concatenate[Any, P], Done[T]],
        then: Callable[[Done[T]], None] | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a command, then call `then`; a Problem goes to the bar.

        What it touched is told first: the store tells every commit of this process, whoever made it.
        """
        self.attempt(owner, command, then, None, *args, **kwargs)

    def attempt(
        self,
        owner: QObject,
        command: Callable[Concatenate[Any, P], Done[T]],
        then: Callable[[Done[T]], None] | None,
        failed: Callable[[Problem], None] | None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a command whose Problem is shown beside the thing concerned, by `failed`."""
        desk = self._desk

        def write() -> Done[T]:
            return command(desk.result(), *args, **kwargs)

        self._submit(self._writer, write, _Waiting(owner, then or _nothing, failed, announce=True))

    def run(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
    ) -> Task:
        """Do something long in the background; the task tells its progress and can be cancelled."""
        task = Task(self._letterbox, self)
        progress = task.progress

        def labour() -> T:
            if progress.cancelled:
                raise Cancelled
            return work(progress)

        self._submit(self._long, labour, _Waiting(owner, then, failed, task=task))
        return task

    def announce(self, changes: Changes) -> None:
        """Tell every place that something was committed elsewhere (a job, a child process)."""
        self._arrived(changes)

    def _tell_changed(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def busy(self) -> bool:
        """Whether anybody waits for an answer."""
        return bool(self._waiting)

    def watch(self, visible: bool) -> None:
        """Look for other processes' writes while the window is visible."""
        if visible and not self._timer.isActive():
            self.look()
            self._timer.start()
        elif not visible:
            self._timer.stop()

    def close(self) -> None:
        """Drop what waits, stop long tasks, let the command under way finish; what is asked later is not answered."""
        self._closed = True
        self._timer.stop()
        if self._opening is not None:
            self._opening = None
            self._desk.cancel()
        if self._opener is not None:
            self._opener.join()
        if _is_open(self._desk):
            listeners = self._desk.result().store.listeners
            if self._arrived in listeners:
                listeners.remove(self._arrived)
        for waiting in self._waiting.values():
            if waiting.task is not None:
                waiting.task.cancel()
        for pool in (self._readers, self._long):
            pool.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._letterbox.close()
        self._waiting.clear()

    def _open(self, opening: Callable[[], Desk]) -> None:
        desk, put = self._desk, self._letterbox.put
        self._ticket += 1
        self._waiting[self._ticket] = _Waiting(self, self._on_opened, None)
        deliver = partial(self._deliver, self._ticket, desk)

        def work() -> None:
            try:
                desk.set_result(opening())
            except BaseException as error:
                desk.set_exception(error)
            put(deliver)

        self._opener = Thread(target=work, name="open", daemon=True)
        self._opener.start()

    def _on_opened(self, _desk: Desk) -> None:
        self.opened.emit()

    def _submit(self, pool: ThreadPoolExecutor, work: Callable[[], Any], waiting: _Waiting) -> None:
        if self._closed:  # a widget that goes away with the program may still ask
            return
        self._ticket += 1
        ticket = self._ticket
        self._waiting[ticket] = waiting
        if waiting.newest:
            self._newest[waiting.newest] = ticket
        pool.submit(work).add_done_callback(self._arriving(ticket))

    def _arriving(self, ticket: int) -> Callable[[Future[Any]], None]:
        put, deliver = self._letterbox.put, partial(self._deliver, ticket)

        def arrive(future: Future[Any]) -> None:
            put(partial(deliver, future))

        return arrive

    def _deliver(self, ticket: int, future: Future[Any]) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or future.cancelled():
            return
        if waiting.task is not None:
            waiting.task.end()
            waiting.task.deleteLater()
        error = future.exception()
        if error is not None:
            self._fail(waiting, error)
            return
        if waiting.announce:
            self.done.emit(future.result())
        if isValid(waiting.owner) and self._is_newest(ticket, waiting):
            waiting.then(future.result())

    def _is_newest(self, ticket: int, waiting: _Waiting) -> bool:
        if waiting.newest is None:
            return True
        if self._newest.get(waiting.newest) != ticket:
            return False
        del self._newest[waiting.newest]
        return True

    def _fail(self, waiting: _Waiting, error: BaseException) -> None:
        if isinstance(error, (Cancelled, CancelledError)):
            return
        if not isinstance(error, Problem):
            logger.error("a background task failed", exc_info=error)
            error = Unexpected("".join(traceback.format_exception(error)))
        if isinstance(error, Replaced):
            self.replaced.emit()
        if waiting.failed is not None and isValid(waiting.owner):
            waiting.failed(error)
        else:
            self.problem.emit(error)

    @Slot()
    def look(self) -> None:
        """Look now whether another process wrote, or put another file in the place of the store."""
        if self._looking or not _is_open(self._desk):
            return
        self._looking = True
        # On the writer's thread: SQLite's data_version of the writing connection leaves its own commits out.
        waiting = _Waiting(self, self._on_version, self._on_no_version)
        self._submit(self._writer, self._desk.result().store.data_version, waiting)

    def _on_version(self, version: int) -> None:
        self._looking = False
        before, self._version = self._version, version
        if before is not None and before != version:
            self.changed.emit(EVERYTHING)

    def _on_no_version(self, problem: Problem) -> None:
        self._looking = False
        logger.info("could not look for changes of other processes: %s", type(problem).__name__)


def _is_open(desk: Future[Desk]) -> bool:
    return desk.done() and not desk.cancelled() and desk.exception() is None


def _announce(put: Put, tell: Callable[[Changes], None], changes: Changes) -> None:
    put(partial(tell, changes))


def _listen(arrived: Callable[[Changes], None], desk: Future[Desk]) -> None:
    if _is_open(desk):
        desk.result().store.listeners.append(arrived)


def _nothing(_answer: object) -> None:
    """Nobody waits for this answer."""
