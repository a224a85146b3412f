"""The questions of Today, as the readers run them: what they need is loaded there, and nothing of it is Qt's."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from followup_desktop.base.errors import Problem
from followup_desktop.core.journeys.model import FollowUp

if TYPE_CHECKING:
    from followup_desktop.core.drafts.queries import Proposal
    from followup_desktop.core.messages.model import MessageId, StoredMessage, Stranger
    from followup_desktop.ui.today.reading import Beside, CardView, TodayView


def day(now: datetime, mine: str, session: Any) -> TodayView:
    """Return the day."""
    from followup_desktop.ui.today.reading import read_today

    return read_today(session, now, mine)


def card(follow_up: int, program: Any, now: datetime, fresh: bool, session: Any) -> CardView:
    """Return one card whole."""
    from followup_desktop.ui.today.reading import read_card

    return read_card(session, follow_up, program.templates, now, fresh=fresh)


def sheet(follow_up: int, program: Any, now: datetime, way: str, session: Any) -> Proposal:
    """Return what to say by phone, text or card."""
    from followup_desktop.ui.today.reading import read_sheet

    return read_sheet(session, follow_up, program.templates, now, way)


def others(customer: int, text: str, session: Any) -> frozenset[str]:
    """Return which names in a text are those of other customers."""
    from followup_desktop.core.drafts.queries.knowing import other_names

    return other_names(session, customer, text)


def held(follow_up: int, now: datetime, session: Any) -> tuple[FollowUp, Beside]:
    """Return something that is not on the list, and what stands around it."""
    from followup_desktop.ui.today.reading import read_held

    return read_held(session, follow_up, now)


def beside(customer: int, now: datetime, session: Any) -> Beside:
    """Return what stands around a customer."""
    from followup_desktop.ui.today.reading import read_beside

    return read_beside(session, customer, now)


def stranger(key: int, now: datetime, session: Any) -> tuple[Stranger | None, Beside]:
    """Return a mail of somebody who is no customer."""
    from followup_desktop.ui.today.reading import read_stranger

    return read_stranger(session, key, now)


def written(message: int, now: datetime, session: Any) -> tuple[StoredMessage, Beside]:
    """Return a message nobody answered yet; raises Problem when it is gone."""
    from followup_desktop.ui.today.reading import read_beside, read_message

    found = read_message(session, message)
    if found is None:
        raise Problem("This message is gone.", "", "")
    return found, read_beside(session, found.customer, now)


def leaves_at(message: MessageId, session: Any) -> datetime | None:
    """Return when a message in the outbox leaves at the earliest."""
    from followup_desktop.ui.today import reading

    return reading.leaves_at(session, message)
