"""The window, tray and notifications. Qt lives here and nowhere else."""

import builtins

import PySide6.QtCore  # noqa: F401  (it changes `import`, and that is changed back here)

# PySide6 reads, and keeps, the source of every module that is loaded after it, to look for `from __feature__ import …`.
# Nothing here says that, and SQLAlchemy is large: without the hook the window is there sooner and needs less memory.
# What it had put its hook around, and its own loading of classes when they are first used, stays as it was.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
