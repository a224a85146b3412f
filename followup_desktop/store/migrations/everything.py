"""Every table of the program, for comparing a store with what the code expects."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from followup_desktop.store.schema import Table


def _load() -> None:
    # By name, since the store must not know the core; only migrations need to see every table at once.
    core = importlib.import_module("followup_desktop.core")
    for package in pkgutil.iter_modules(core.__path__, "followup_desktop.core."):
        if importlib.util.find_spec(f"{package.name}.tables"):
            importlib.import_module(f"{package.name}.tables")
    importlib.import_module("followup_desktop.store.steps")


_load()
METADATA = Table.metadata
