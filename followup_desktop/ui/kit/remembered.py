"""What the window remembers over a restart: geometry, widths, page, selection."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


class Remembered:
    """A small JSON file in the data folder. A damaged one is as good as none: the window starts afresh."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._values: dict[str, Any] = _read(path) if path is not None else {}

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was kept under a key."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep a plain value until `save`."""
        self._values[key] = value

    def save(self) -> None:
        """Write the file whole, readable by the owner alone."""
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=1)
            fresh.replace(self._path)
        except OSError as error:
            logger.warning("the window's places could not be kept: %s", error.strerror)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
