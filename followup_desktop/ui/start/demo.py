"""Making the invented business: in a process of its own, into a file of its own, put in its place once it is whole."""

from __future__ import annotations

import os
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.ui.child import on_store, run_command
from followup_desktop.ui.runner import Progress

HOME = "demo.home"
"""Setting of a demo store: the store to go back to."""


def make_demo(program: Program, target: Path, progress: Progress) -> Path:
    """Make the demo anew, relative to now, and return where it is. Cancelling leaves an earlier one as it was."""
    making = Program(target.with_name(f"{target.stem}.making{target.suffix}"), program.clock)
    _remove(making.path)
    try:
        progress.step(0, 0, "Inventing a pool business with a year behind it")
        run_command([*on_store(making), "demo"], progress)
        _note_way_back(making, program.path)
        progress.step(0, 0, "Opening it")
        _remove(target)
        os.replace(making.path, target)
    finally:
        _remove(making.path)
    return target


def _note_way_back(demo: Program, home: Path) -> None:
    from followup_desktop.commands.business import first_settings  # the store's parts load in the background

    try:
        first_settings(demo.desk, {HOME: str(home)})
    finally:
        demo.close()


def _remove(store: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
