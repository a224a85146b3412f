"""The business and the person who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who uses the program."""

    id: int
    uuid: str
    name: str


_TITLES = frozenset(("dr", "dra", "prof", "mr", "mrs", "ms", "sr", "sra", "rev"))


@dataclass(frozen=True, slots=True)
class Business:
    """What the program knows about the business: words for drafts, and the owner's rules of contact."""

    name: str = ""
    owner: str = ""
    phone: str = ""
    postal_address: str = ""
    zone: str = "UTC"
    region: str = "US"
    currency: str = "USD"
    language: str = "en"
    trade: str = "pools"
    weekly_limit: int = 1
    contact_law: str = "by_country"
    """Whose rules say how long offers may be written: by the country, or "casl", "pecr", "none"."""
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    quiet_sundays: bool = True
    daily_capacity: int = 0
    """How many cards the owner wants to see on a day; 0 is all of them."""
    pair_with_route: bool = True
    undo_seconds: int = 10
    mails_a_day: int = 50
    pause_from: int = 45
    pause_to: int = 120
    demo: bool = False

    @property
    def first_name(self) -> str:
        """The owner's first name, as messages are signed; “Dr. Kim Adler” signs as “Dr. Adler”."""
        first, *more = self.owner.split() or [""]
        return f"{first} {more[-1]}" if more and first.rstrip(".").casefold() in _TITLES else first
