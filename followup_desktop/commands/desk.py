"""What commands work with; apart from them, because a window that only reads has no need of all they bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_desktop.core.journeys.model import Journey
    from followup_desktop.store.store import Store


@dataclass(frozen=True)
class Desk:
    """What commands work with: the store, and every journey there is."""

    store: Store
    journeys: Sequence[Journey]
