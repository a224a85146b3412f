"""Start the program: with a command, without a window; else the window, or what is due where there is no screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Run the program with the arguments of this process."""
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run what was asked for and return the exit code."""
    if any(_is_word(arguments, i) for i in range(len(arguments))) or {"--version", "--help", "-h"} & set(arguments):
        from followup_desktop.cli.main import main

        return main(arguments)
    if _has_screen():
        from followup_desktop.ui.start_up import run as run_window

        return run_window(arguments)
    from followup_desktop.cli.headless import run as run_headless

    return run_headless(arguments)


def _is_word(arguments: Sequence[str], index: int) -> bool:
    """Whether this argument is a command: not an option, and not the value of one."""
    before = arguments[index - 1] if index else ""
    return not arguments[index].startswith("-") and before not in ("--store", "--now")


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY")
    return any(os.environ.get(name) for name in named) or "QT_QPA_PLATFORM" in os.environ


if __name__ == "__main__":
    main()
