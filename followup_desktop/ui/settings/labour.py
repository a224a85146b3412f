"""Work that waits for servers, in a thread of its own, so that Cancel need not wait for one that is silent."""

from __future__ import annotations

import queue
import threading
from functools import partial
from typing import Protocol, TypeVar

from followup_desktop.ui.runner import Cancelled, Progress

LOOK_SECONDS = 0.1

T = TypeVar("T", bound="Work")


class Work(Protocol):
    """Something that runs for seconds, can be told to stop, and is looked at while it runs."""

    def run(self) -> object:
        """Do it all."""

    def stop(self) -> None:
        """Let it end soon."""


def labour(work: T, progress: Progress) -> T:
    """Let the work run, tell now and then that it goes on, and return it; what it raises is raised here."""
    ended: queue.Queue[BaseException | None] = queue.Queue()
    threading.Thread(target=partial(_do, work, ended), name="labour", daemon=True).start()
    while True:
        try:
            error = ended.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            _tell(work, progress)
            continue
        if error is not None:
            raise error
        return work


def _do(work: Work, ended: queue.Queue[BaseException | None]) -> None:
    try:
        work.run()
    except BaseException as error:
        ended.put(error)
    else:
        ended.put(None)


def _tell(work: Work, progress: Progress) -> None:
    try:
        progress.step(0)
    except Cancelled:
        work.stop()
        raise
