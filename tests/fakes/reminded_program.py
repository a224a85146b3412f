"""The real program in a process of its own, looking at its reminders five times a second instead of three a minute.

It starts as `python -m followup_desktop ARGUMENTS` does, and says a line after each look. Nothing else is different:
the clock is the system's, which the test sets with libfaketime while the program runs.
"""

import json
import sys
from datetime import timedelta

from followup_desktop import __main__ as start
from followup_desktop.ui import running

running.LOOK_EVERY = timedelta(milliseconds=200)

remind = running.Running._remind


def look(self, promises):
    remind(self, promises)
    sys.stdout.write(json.dumps(["looked", self._program.clock.now().isoformat()]) + "\n")
    sys.stdout.flush()


running.Running._remind = look
sys.stdout.write(json.dumps(["ready"]) + "\n")
sys.stdout.flush()
sys.exit(start.run(sys.argv[1:]))
