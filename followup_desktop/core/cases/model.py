"""Cases: something went wrong and is being put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from followup_desktop.core.customers.model import CustomerId

CaseId = NewType("CaseId", int)


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    PUT_RIGHT = "put_right"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Case:
    """A case; times are UTC."""

    id: CaseId
    customer: CustomerId
    name: str
    what: str
    state: CaseState
    opened_at: datetime
    put_right_at: datetime | None
    closed_at: datetime | None
    event: int | None
