"""Who may leave, and why."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.core.customers.model import Standing


@dataclass(frozen=True, slots=True)
class Risk:
    """How a customer stands: `points` for ordering, the reasons in words, the heaviest first."""

    standing: Standing
    points: int
    reasons: tuple[str, ...]
