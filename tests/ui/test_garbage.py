"""What nobody reaches any more dies on the window's thread."""

import gc
import threading
import weakref
from threading import Thread, get_ident

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.garbage import Collector


class Circle:
    """Holds a widget and itself, and tells in which thread it died."""

    def __init__(self, died):
        self.widget, self.itself = QWidget(), self
        weakref.finalize(self, lambda: died.append(get_ident()))


@pytest.fixture
def collector(qapp):
    collector = Collector()
    collector.begin()
    yield collector
    collector.end()
    gc.disable()  # as between all tests


def make_many():
    kept = [[] for _ in range(5000)]
    assert kept


def test_a_widget_in_a_circle_does_not_die_in_a_worker(collector, qtbot):
    died = []
    Circle(died)
    worker = Thread(target=make_many)
    worker.start()
    worker.join()
    assert died == []
    kept = [[] for _ in range(5000)]
    qtbot.waitUntil(lambda: bool(died))
    assert died == [threading.main_thread().ident]
    assert kept


def test_python_does_not_collect_by_itself_while_the_window_does(collector):
    assert not gc.isenabled()


def test_at_the_end_python_collects_again(qapp):
    collector = Collector()
    collector.begin()
    collector.end()
    try:
        assert gc.isenabled()
    finally:
        gc.disable()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
