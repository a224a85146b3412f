"""The program's own command line as a process beside the window: for work that would make the window stall."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.ui.runner import Cancelled, Progress

LOOK_SECONDS = 0.1


def ourselves() -> list[str]:
    """Return the command that starts this program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "followup_desktop"]


def on_store(program: Program) -> list[str]:
    """Return the arguments that name a store, and the time it is there."""
    stands = isinstance(program.clock, FixedClock)
    return ["--store", str(program.path), *(["--now", program.clock.now().isoformat()] if stands else [])]


def run_command(arguments: Sequence[str], progress: Progress) -> Any:
    """Run a verb of the command line and return its answer.

    Cancelling ends the process: a command is one transaction, so nothing is left half done. Raises Problem with
    what the command line said, Cancelled when it was stopped.
    """
    process = subprocess.Popen(
        [*ourselves(), *arguments, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            said, complaint = _heard(process, progress)
        except BaseException:
            process.kill()
            raise
    if process.returncode == 1 and complaint.strip():
        raise Problem(complaint.strip().splitlines()[-1])
    if process.returncode != 0:
        raise RuntimeError(f"the command line failed ({process.returncode}): {complaint}")
    return json.loads(said)


def _heard(process: subprocess.Popen[str], progress: Progress) -> tuple[str, str]:
    while True:
        try:
            return process.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if progress.cancelled:
                raise Cancelled from None
