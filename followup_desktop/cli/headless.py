"""Starting where there is no screen: today's queue, a check of the store, and a picture of the window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from followup_desktop.base.errors import Problem
from followup_desktop.cli.main import parser, program_of
from followup_desktop.cli.today import queue_lines
from followup_desktop.cli.verbs import WrongUsage
from followup_desktop.core.queue.queries import today
from followup_desktop.store import opening

PICTURE = "window.png"


def run(arguments: Sequence[str]) -> int:
    """Print what is due, check the store, draw the window to a picture beside it; return the exit code."""
    try:
        given = parser(()).parse_args(list(arguments))
        program = program_of(given)
    except WrongUsage as wrong:
        print(wrong, file=sys.stderr)
        return 2
    try:
        with program.desk.store.read() as session:
            found = today.queue(session, program.clock.now())
        problems = opening.check(program.path)
    except Problem as problem:
        print(problem.sentence(), file=sys.stderr)
        return 1
    finally:
        program.close()
    print("There is no screen here; this is what the window would show.")
    print("\n".join(queue_lines(found)))
    print("The store is whole." if not problems else "\n".join(problems))
    print(_draw(program.path, arguments))
    return 1 if problems else 0


def _draw(store: Path, arguments: Sequence[str]) -> str:
    """Draw the window in a process of its own: without Qt's libraries everything else still works."""
    picture = store.with_name(PICTURE)
    command = [sys.executable, "-m", "followup_desktop.ui.picture", str(store), str(picture), *arguments]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        drawn = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "The window could not be drawn here."
    if drawn.returncode == 0 and picture.exists():
        return f"The window, drawn: {picture}"
    return "The window could not be drawn here: Qt's libraries are missing."
