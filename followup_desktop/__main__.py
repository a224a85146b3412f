"""Start the program: with a command, without a window; else the window, or what is due where there is no screen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the program with the arguments of this process."""
    os.umask(0o077)
    arguments = sys.argv[1:]
    sys.exit(_run(arguments))


def _run(arguments: list[str]) -> int:
    from followup_desktop.cli import start

    return start.run(arguments)


if __name__ == "__main__":
    main()
