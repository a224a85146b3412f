"""Cases in the words of a list and of a pane."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from followup_desktop.base.wording import (
    count_words,
    exact_words,
    long_date_words,
    moment_words,
    sentence,
    short_day_words,
)
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.cases.rules import CHECK_DAYS, CaseGroup, days_between, group_of
from followup_desktop.core.history.model import Happening
from followup_desktop.core.promises.rules import when_words
from followup_desktop.ui.parts.events import event_words
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView
from followup_desktop.ui.widgets.grouped import Group, Item
from followup_desktop.ui.widgets.grouped import Tone as ListTone
from followup_desktop.ui.widgets.tag import Tone
from followup_desktop.ui.widgets.text import plain

TITLES = {
    CaseGroup.OPEN: "Needs you",
    CaseGroup.CHECKING: "Put right, see if it held",
    CaseGroup.CLOSED: "Closed lately",
}


def groups(view: RecoveryView) -> Sequence[Group]:
    """Return the cases in their groups; what is closed is folded."""
    shown = []
    for key, title in TITLES.items():
        items = [_item(case, view) for case in view.cases if group_of(case, view.now) is key]
        if items:
            closed = key is CaseGroup.CLOSED
            shown.append(Group(str(key), title, items, foldable=closed, folded=closed))
    return shown


def subtitle(view: RecoveryView) -> str:
    """Say how many are open, and how long putting right takes: "3 open · median 2.1 days to put right"."""
    waiting = [case for case in view.cases if case.state is CaseState.OPEN]
    checking = [case for case in view.cases if case.state is CaseState.PUT_RIGHT]
    parts = [f"{len(waiting)} open"] if waiting or checking else []
    parts += [f"{len(checking)} to check"] if checking else []
    parts += [f"median {_days(view.median_days)} to put right"] if view.median_days is not None else []
    return " · ".join(parts)


def _days(days: float) -> str:
    if days < 1:
        return count_words(max(1, round(days * 24)), "hour", "hours")
    return f"{days:.1f}".removesuffix(".0") + (" day" if round(days, 1) == 1 else " days")


def state_words(case: Case, view: RecoveryView) -> tuple[str, Tone]:
    """Return where it stands: "Open 2 days", "Put right, day 3 of 14", "Closed"."""
    if case.state is CaseState.OPEN:
        days = days_between(case.opened_at, view.now, view.zone)
        return (f"Open {count_words(days, 'day', 'days')}" if days else "Open since today"), "danger"
    if case.state is CaseState.PUT_RIGHT and case.put_right_at is not None:
        day = days_between(case.put_right_at, view.now, view.zone)
        return f"Put right, day {day} of {CHECK_DAYS}" if day <= CHECK_DAYS else "Ask whether it held", "accent"
    return "Closed", "good"


def _item(case: Case, view: RecoveryView) -> Item:
    tip = plain(f"{case.what}. {exact_words(case.opened_at, view.zone)}")
    return Item(int(case.id), case.name, case.what, _note(case, view), _tone(case), tip)


def _note(case: Case, view: RecoveryView) -> str:
    if case.state is CaseState.OPEN:
        days = days_between(case.opened_at, view.now, view.zone)
        return count_words(days, "day", "days") if days else "today"
    if case.state is CaseState.PUT_RIGHT and case.put_right_at is not None:
        return f"day {days_between(case.put_right_at, view.now, view.zone)}"
    moment = case.closed_at or case.opened_at
    return short_day_words(local_day(moment, view.zone), local_day(view.now, view.zone))


def _tone(case: Case) -> ListTone:
    return "danger" if case.state is CaseState.OPEN else "muted"


def reported_words(case: CaseView, view: RecoveryView) -> str:
    """Say when it was reported: "Reported Sat 21 Nov, 9:10 am"."""
    at = case.opened_by.at if case.opened_by is not None else case.case.opened_at
    return f"Reported {moment_words(at, view.now, view.zone)}"


def next_words(case: CaseView, view: RecoveryView) -> str:
    """Say what comes next for a case."""
    follow_up = case.next
    if case.case.state is CaseState.CLOSED:
        return "It held. Nothing is planned any more."
    if follow_up is None:
        return {
            CaseState.OPEN: "Say sorry, put it right, then say here how.",
            CaseState.PUT_RIGHT: "Ask them whether it held, then close it or open it again.",
        }[case.case.state]
    due = moment_words(follow_up.due, view.now, view.zone)
    what = "Say sorry" if follow_up.purpose == "apology" else "Ask whether it held"
    return f"{what}: {'on today’s list since' if follow_up.due <= view.now else 'due'} {due}."


def facts(case: CaseView, view: RecoveryView) -> list[tuple[str, str]]:
    """Return what is known of a case, line by line."""
    found = [("What happened", event_words(case.opened_by) if case.opened_by else case.case.what)]
    right = case.case.put_right_at
    if right is not None:
        how = next((event.note for event in case.events if event.what is Happening.CASE_RESOLVED and event.note), "")
        day = long_date_words(local_day(right, view.zone), local_day(view.now, view.zone))
        found.append(("Put right", f"{day}. {how}" if how else day))
    if case.case.state is CaseState.PUT_RIGHT and right is not None:
        check = local_day(right + timedelta(days=CHECK_DAYS), view.zone)
        found.append(("Check it held", long_date_words(check, local_day(view.now, view.zone))))
    if case.case.closed_at is not None:
        closed = local_day(case.case.closed_at, view.zone)
        found.append(("Closed", long_date_words(closed, local_day(view.now, view.zone))))
    found += [("Promised", f"{sentence(promise.what)}, {when_words(promise, view.now)}") for promise in case.promises]
    return found


def since_then(case: CaseView, view: RecoveryView) -> list[tuple[str, str]]:
    """Return what happened since, the newest first: the day, and the words."""
    today = local_day(view.now, view.zone)
    return [
        (short_day_words(local_day(event.at, view.zone), today), event_words(event))
        for event in case.events
        if event.id != case.case.event
    ]
