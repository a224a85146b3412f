"""What workers put in comes out on the window's thread, in order."""

import threading
from functools import partial
from threading import Thread, get_ident

import pytest
from PySide6.QtCore import QObject

from followup_desktop.ui.letterbox import Letterbox
from followup_desktop.ui.runner import Runner


@pytest.fixture
def letterbox(qapp):
    letterbox = Letterbox()
    yield letterbox
    letterbox.close()


def test_letters_of_many_threads_all_arrive_on_the_windows_thread(letterbox, qtbot):
    read = []

    def note(worker, number):
        read.append((get_ident(), worker, number))

    def write(worker):
        for number in range(500):
            letterbox.put(partial(note, worker, number))

    workers = [Thread(target=write, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    qtbot.waitUntil(lambda: len(read) == 2000, timeout=5000)
    for worker in workers:
        worker.join()
    assert {thread for thread, _, _ in read} == {threading.main_thread().ident}
    assert all(
        [n for _, w, n in read if w == worker] == sorted(n for _, w, n in read if w == worker) for worker in range(4)
    )


def test_a_letter_is_never_read_before_put_returns(letterbox, qtbot):
    read = []
    letterbox.put(lambda: read.append("read"))
    assert read == []
    qtbot.waitUntil(lambda: read == ["read"])


def test_a_letter_that_fails_does_not_keep_the_next_one(letterbox, qtbot):
    read = []

    def fail():
        raise ValueError("no")

    letterbox.put(fail)
    letterbox.put(lambda: read.append("read"))
    with qtbot.captureExceptions() as failures:
        qtbot.waitUntil(lambda: read == ["read"])
    assert [kind for kind, _, _ in failures] == [ValueError]


def test_what_comes_after_the_end_is_dropped(qapp, qtbot):
    letterbox = Letterbox()
    read = []
    letterbox.put(lambda: read.append("read"))
    letterbox.close()
    letterbox.put(lambda: read.append("read"))
    qapp.processEvents()
    assert read == []


def test_a_letter_that_waits_in_a_dialog_lets_the_others_be_read(letterbox, qtbot):
    read = []

    def wait():
        qtbot.waitUntil(lambda: read == ["second", "third"])
        read.append("first")

    letterbox.put(wait)
    letterbox.put(partial(read.append, "second"))
    letterbox.put(partial(read.append, "third"))
    qtbot.waitUntil(lambda: read == ["second", "third", "first"])


def test_what_workers_are_given_is_no_part_of_the_window(qtbot, desk):
    box = Letterbox()
    assert not isinstance(box.put.__self__, QObject)
    box.close()
    runner = Runner(desk)
    (told,) = desk.store.listeners
    assert not isinstance(told.args[0].__self__, QObject)
    runner.close()
    assert desk.store.listeners == []
