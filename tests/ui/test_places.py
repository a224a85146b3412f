"""Every place of the program in one window, on a real store."""

import pytest

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
    assert at.problems == []


@pytest.mark.parametrize("place", [entry.key for entry in PAGES])
def test_every_place_fits_into_the_smallest_window(whole, place):
    at = whole(place, (900, 600), every=True)
    at.window.go(place)
    at.settle()
    assert at.window.minimumSizeHint().width() <= 900
    assert at.window.minimumSizeHint().height() <= 600
    assert (at.window.width(), at.window.height()) == (900, 600)
