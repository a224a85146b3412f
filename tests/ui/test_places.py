"""Every place of the program in one window, on a real store."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.ui.pages import PAGES
from tests.ui.opened import desk, runner
from tests.ui.whole import asked, no_keyring, whole

__all__ = ["asked", "desk", "no_keyring", "runner", "whole"]


def test_every_place_of_the_program_opens(whole):
    at = whole("today", every=True)
    for entry in PAGES:
        at.window.go(entry.key)
        assert at.window.current() == entry.key
        at.settle()
        assert [stop for stop in walk(at) if not stop.accessibleName() and not getattr(stop, "text", str)()] == []
    assert at.problems == []


def walk(at):
    """Go through a place with Tab until the focus comes round; it is caught nowhere."""
    first, stops = at.window.focusWidget(), []
    while not stops or at.window.focusWidget() is not first:
        stops.append(at.window.focusWidget())
        assert len(stops) < 120, f"caught at {[stop.accessibleName() for stop in stops[-3:]]}"
        at._qtbot.keyClick(at.window.focusWidget(), Qt.Key.Key_Tab)
    return stops


@pytest.mark.parametrize("place", [entry.key for entry in PAGES])
def test_every_place_fits_into_the_smallest_window(whole, place):
    at = whole(place, (900, 600), every=True)
    at.window.go(place)
    at.settle()
    assert at.window.minimumSizeHint().width() <= 900
    assert at.window.minimumSizeHint().height() <= 600
    assert (at.window.width(), at.window.height()) == (900, 600)
