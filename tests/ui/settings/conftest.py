"""Pages here are opened on a real store, with everything around them real."""

from tests.ui.opened import desk, runner
from tests.ui.whole import asked, no_keyring, whole

__all__ = ["asked", "desk", "no_keyring", "runner", "whole"]
