"""Short ways to make a month: what was sent, what was answered."""

from datetime import UTC, datetime, timedelta

import pytest

from followup_desktop.core.insights.queries.month import month_figures
from followup_desktop.core.messages.tables import MessageRow


@pytest.fixture
def sent(desk):
    """Write down that a server took a message: `sent(customer, at, purpose="check_in")`."""

    def write(customer, at, purpose="check_in", state="filed", subject="Is it all right?"):
        with desk.store.write("test", "", undoable=False) as work:
            work.add(
                MessageRow(
                    customer_id=customer,
                    state=state,
                    purpose=purpose,
                    at=at,
                    sent_at=at if state in ("accepted", "filed", "handed_over") else None,
                    subject=subject,
                )
            )

    return write


@pytest.fixture
def wrote(log):
    """Log that a customer wrote."""

    def write(customer, at):
        return log(customer, "message_in", at=at)

    return write


@pytest.fixture
def figures(read, clock):
    """Return the figures of a month by their keys."""

    def look(month):
        found = read(month_figures, month, clock.now())
        return {str(one.key): one for one in found.figures}

    return look


def day(number, hour=12, month=10, year=2026):
    """A moment of October 2026 (UTC)."""
    return datetime(year, month, number, hour, tzinfo=UTC)


def later(moment, **by):
    return moment + timedelta(**by)
