"""Printing in a process of its own: the command line does without Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from followup_desktop.base.errors import Problem

PATIENCE = 120
"""Seconds it may take."""


def printed(module: str, arguments: Sequence[str], what: str, to_do: str, words: bytes | None = None) -> None:
    """Run a module that writes a file, with `words` on its standard input; raises Problem where it does not."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(command, env=environment, input=words, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines() if done is not None else []
        told = said[-1] if said and done is not None and done.returncode == 1 and len(said) == 1 else ""
        raise Problem(f"{what} could not be printed here.", told, to_do)
