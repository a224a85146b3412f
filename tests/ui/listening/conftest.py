"""Pages here are opened on a real store."""

from tests.ui.opened import desk, opened, runner

__all__ = ["desk", "opened", "runner"]
