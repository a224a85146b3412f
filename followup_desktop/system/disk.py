"""Having the disk keep what was written, before anything that relies on it is done."""

from __future__ import annotations

import os
import sys

if sys.platform == "darwin":  # not run yet on that system
    import fcntl

    def keep(handle: int) -> None:
        """Wait until the disk has what was written to an open file; its own cache is emptied too."""
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)

elif sys.platform == "win32":  # not run yet on that system

    def keep(handle: int) -> None:
        """Wait until the disk has what was written to an open file."""
        os.fsync(handle)

else:

    def keep(handle: int) -> None:
        """Wait until the disk has what was written to an open file."""
        os.fdatasync(handle)
