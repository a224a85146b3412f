"""What commands work with; apart from them, because a window that only reads has no need of all they bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_desktop.commands.library import Library
    from followup_desktop.store.store import Store


@dataclass(frozen=True)
class Desk:
    """What commands work with: the store, and everything that ships to plan and write with."""

    store: Store
    library: Library
