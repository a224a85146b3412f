"""The only source of the current time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that can tell the time."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  (the one place that may ask the machine)


@dataclass
class FixedClock:
    """A clock that stands where it was put (`--now`, tests)."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)
