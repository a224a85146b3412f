"""Print a day's route sheet without a window: a process of its own, started by the command line."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.queries.route_day import route_day
from followup_desktop.ui.routes.lines import day_title, stop_lines
from followup_desktop.ui.routes.sheet import write_sheet


def main(store: str, now: str, day: str, file: str) -> int:
    """Write the sheet of a day as PDF; return the exit code."""
    application = QGuiApplication([])
    program = Program(Path(store), FixedClock(datetime.fromisoformat(now)))
    try:
        with program.desk.store.read() as session:
            region = operators.business(session).region
            found = route_day(session, program.clock.now(), date.fromisoformat(day))
        lines = stop_lines(found)
        write_sheet(Path(file), day_title(found, lines), lines, region)
    except Problem as problem:
        sys.stderr.write(problem.sentence())
        return 1
    finally:
        program.close()
        application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
