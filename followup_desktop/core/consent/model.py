"""Permission, suppression, and why something is held back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HeldFor(StrEnum):
    """Why a follow-up is held back."""

    WEEKLY_LIMIT = "weekly_limit"
    QUIET_HOURS = "quiet_hours"
    NO_CONSENT = "no_consent"
    OPEN_CASE = "open_case"
    NO_CHANNEL = "no_channel"
    BOUNCED = "bounced"
    OUTRANKED = "outranked"


@dataclass(frozen=True, slots=True)
class Consent:
    """What a customer said about one channel; `at` is an ISO moment."""

    channel: str
    allowed: bool
    source: str
    at: str
