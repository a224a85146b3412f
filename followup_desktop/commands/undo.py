"""Taking the last command back."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem, Stale
from followup_desktop.commands.business import TRADE, touch_everyone
from followup_desktop.commands.desk import Desk
from followup_desktop.commands.door import bring_in_line
from followup_desktop.commands.journeys import count_anew, standing_now
from followup_desktop.commands.messages import save_draft
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.exchange import records as exchange
from followup_desktop.core.history.records import chunks
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys.model import Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.model import DraftPhase, MessageState
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.store.steps import StepRow, newest, revert
from followup_desktop.store.store import Work

_STILL_OURS = (MessageState.QUEUED, MessageState.DRAFT, MessageState.HANDED_OVER, MessageState.FAILED)


def undo_last(desk: Desk) -> Done[str]:
    """Take the newest undoable command back and return what it was.

    Raises Problem when there is none; Stale when something was changed since, after which the next undo
    goes to the one before it.
    """
    try:
        with desk.store.write("undo", "", undoable=False) as work:
            step = newest(work.session, work.now)
            if step is None:
                raise Problem("There is nothing to undo.", "", "Undo reaches back 30 days.")
            said = _take_back(work, desk, step)
            work.session.flush()
            bring_in_line(work, desk)
    except Stale:
        _pass_over(desk)
        raise
    except IntegrityError as error:
        _pass_over(desk)
        raise Stale("Something else depends on this by now.", "Nothing was changed.", "It stays.") from error
    return Done(said, work.changes, None, f"Undone: {said}")


def _take_back(work: Work, desk: Desk, step: StepRow) -> str:
    _must_be_here(work, step)
    kinds = {image["table"] for image in step.images}
    if step.import_id is not None:
        exchange.undo_import(work, step.import_id)
        work.session.connection().execute(update(StepRow).where(StepRow.id == step.id).values(undone=True))
        return step.says
    changed = _journeys_of(step)
    before = standing_now(work, desk) if changed else {}
    in_account = _draft_in_account(work, step)
    customers = revert(work.session, step, {("messages", in_account)} if in_account is not None else ())
    if step.op == save_draft.name:
        _settle_draft(work, step, in_account)
    for kind in kinds:
        work.recorder.touch(kind)
    work.recorder.customers |= _existing(work, customers)
    if changed:
        there = (*before.values(), *standing_now(work, desk).values())
        count_anew(work, desk, *(each.journey for each in there if each.key in changed))
    if any(image["table"] == "settings" and image["pk"].get("key") == TRADE for image in step.images):
        touch_everyone(work)
    return step.says


def _draft_in_account(work: Work, step: StepRow) -> int | None:
    """Return the message a step saved to the account's Drafts for the first time: it stays until it is gone there."""
    added = _added(step, "messages") if step.op == save_draft.name else []
    query = select(MessageRow.id).where(MessageRow.id.in_(added), MessageRow.draft_folder != "")
    return work.session.scalar(query) if added else None


def _settle_draft(work: Work, step: StepRow, in_account: int | None) -> None:
    """Have the outbox take a draft out of the account, or put its earlier version back there."""
    changed = [i["pk"]["id"] for i in step.images if i["table"] == "messages" and i["how"] == "update"]
    connection, there = work.session.connection(), update(MessageRow).where(MessageRow.draft_folder != "")
    gone = {"state": MessageState.CANCELLED, "phase": DraftPhase.TAKEN_BACK, "not_before": None}
    connection.execute(there.where(MessageRow.id == in_account).values(gone))
    connection.execute(there.where(MessageRow.id.in_(changed)).values(phase=DraftPhase.PUT_BACK, not_before=None))


def _journeys_of(step: StepRow) -> set[str]:
    """Return the journeys of which a step changed what counts."""
    return {
        str(values["journey"])
        for image in step.images
        if image["table"] in ("journey_versions", "journey_choices")
        for values in (image["pk"], image["old"], image["new"])
        if "journey" in values
    }


def _must_be_here(work: Work, step: StepRow) -> None:
    """Refuse where a message has left, or follows from what would be taken back."""
    if step.message_id is not None:
        state = work.session.scalar(select(MessageRow.state).where(MessageRow.id == step.message_id))
        if state not in _STILL_OURS:
            raise Stale(
                "The message has left and cannot be taken back.", "Nothing was changed.", "Write again instead."
            )
    added = _added(step, "customers")
    for table in (EventRow, MessageRow, PromiseRow):
        own = _added(step, table.__tablename__)
        since = select(table.id).where(table.customer_id.in_(added), table.id.not_in(own))
        if added and work.session.scalars(since).first() is not None:
            raise Stale(
                "Something has happened with this customer since.", "Nothing was changed.", "Keep the customer."
            )
    events, asked = _added(step, "events"), _added(step, "follow_ups")
    either = FollowUpRow.event_id.in_(events) | FollowUpRow.id.in_(asked)
    query = select(FollowUpRow.id).where(either, FollowUpRow.message_id.is_not(None))
    if (events or asked) and work.session.scalars(query).first() is not None:
        raise Stale("A message about it was written since.", "Nothing was changed.", "It stays in the history.")
    _must_not_be_under_way(work, _added(step, "invited"))


def _must_not_be_under_way(work: Work, invited: list[int]) -> None:
    """Refuse to take back a campaign of which something was said already: what was said would lose its reason."""
    settled = FollowUpRow.outcome.not_in(("", Outcome.STOPPED, Outcome.LAPSED))
    for ids in chunks(invited):
        said = select(FollowUpRow.id).where(FollowUpRow.invited_id.in_(ids), settled)
        if work.session.scalars(said).first() is not None:
            raise Stale("Part of this campaign is done already.", "Nothing was changed.", "Stop the campaign instead.")


def _added(step: StepRow, table: str) -> list[int]:
    return [image["pk"]["id"] for image in step.images if image["table"] == table and image["how"] == "insert"]


def _existing(work: Work, customers: set[int]) -> set[int]:
    return set(work.session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(customers))))


def _pass_over(desk: Desk) -> None:
    """Let the next undo go past a step that can no longer be taken back."""
    with desk.store.write("undo.pass", "", undoable=False) as work:
        step = newest(work.session, work.now)
        if step is not None:
            work.session.connection().execute(update(StepRow).where(StepRow.id == step.id).values(spent=True))
