"""Cases in the words of a list and of a pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from followup_desktop.base.money import format as money_format
from followup_desktop.base.wording import (
    count_words,
    exact_words,
    long_date_words,
    moment_words,
    month_words,
    sentence,
    short_day_words,
)
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import HOW_LABELS, Case, CaseState, CauseCount, How, Offer
from followup_desktop.core.cases.rules import (
    CHECK_DAYS,
    CaseGroup,
    days_between,
    group_of,
    is_answered_late,
    ledger,
    summed,
)
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.history.model import Happening
from followup_desktop.core.promises.model import STATE_WORDS, Promise, PromiseState
from followup_desktop.core.promises.rules import when_words
from followup_desktop.ui.parts.events import event_words
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView
from followup_desktop.ui.widgets.grouped import Group, Item
from followup_desktop.ui.widgets.grouped import Tone as ListTone
from followup_desktop.ui.widgets.tag import Tone
from followup_desktop.ui.widgets.text import plain

CAUSE, OTHERS, LEDGER = "cause", "others", "ledger"
"""Groups below the cases: what is counted over them, and the causes of no case lately."""

HEADING = 60
"""So many letters stand in the heading of a case."""

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
    counts = [
        Item((CAUSE, each.name), each.name, note=_count_words(each), tip=plain(each.name), plain=True)
        for each in view.counts
    ]
    if counts:
        shown.append(Group(CAUSE, "Why things go wrong", counts, "90 days", foldable=True))
    idle = [name for name in view.causes if not view.count(name).cases]
    others = [Item((CAUSE, name), name, note="0", tip=plain(name), plain=True) for name in idle]
    if others:
        shown.append(Group(OTHERS, "Other causes", others, "90 days", foldable=True, folded=True))
    if view.given:
        total = _sum_words(view)
        shown.append(Group(LEDGER, "Given to make it right", [Item((LEDGER, ""), "All that was given", note=total)]))
    return shown


def _count_words(each: CauseCount) -> str:
    return f"{each.cases} · back after its fix" if each.came_back else str(each.cases)


def _sum_words(view: RecoveryView) -> str:
    return ", ".join(money_format(each) for each in summed(view.given))


def subtitle(view: RecoveryView) -> str:
    """Say how many are open, and how long putting right takes: "3 open · median 2.1 days to put right"."""
    waiting = [case for case in view.cases if case.state is CaseState.OPEN]
    checking = [case for case in view.cases if case.state is CaseState.PUT_RIGHT]
    parts = [f"{len(waiting)} open"] if waiting or checking else []
    parts += [f"{len(checking)} to check"] if checking else []
    parts += [f"median {_days(view.median_days)} to put right"] if view.median_days is not None else []
    return " · ".join(parts)


def _days(days: float) -> str:
    if days * 24 < 1:
        return "less than an hour"
    if round(days, 1) < 1:
        return count_words(round(days * 24), "hour", "hours")
    return f"{days:.1f}".removesuffix(".0") + (" day" if round(days, 1) == 1 else " days")


def state_words(case: Case, view: RecoveryView) -> tuple[str, Tone]:
    """Return where it stands: "Open 2 days", "Put right, day 3 of 14", "Closed"."""
    if case.state is CaseState.OPEN:
        days = days_between(case.opened_at, view.now, view.zone)
        return (f"Open {count_words(days, 'day', 'days')}" if days else "Open since today"), "danger"
    if case.state is CaseState.PUT_RIGHT and case.put_right_at is not None:
        day = days_between(case.put_right_at, view.now, view.zone)
        words = f"Put right, day {day} of {CHECK_DAYS}" if day else "Put right today"
        return words if day <= CHECK_DAYS else "Ask whether it held", "accent"
    return "Closed", "good"


def _item(case: Case, view: RecoveryView) -> Item:
    tip = plain(f"{case.what}. {exact_words(case.opened_at, view.zone)}")
    return Item(int(case.id), case.name, case.what, _note(case, view), _tone(case), tip)


def was_closed(shown: Case, view: RecoveryView) -> bool:
    """Whether the case that was shown is closed now and was not before."""
    now = next((case for case in view.cases if case.id == shown.id), None)
    return shown.state is not CaseState.CLOSED and now is not None and now.state is CaseState.CLOSED


def _note(case: Case, view: RecoveryView) -> str:
    if case.state is CaseState.OPEN:
        days = days_between(case.opened_at, view.now, view.zone)
        return count_words(days, "day", "days") if days else "today"
    if case.state is CaseState.PUT_RIGHT and case.put_right_at is not None:
        days = days_between(case.put_right_at, view.now, view.zone)
        return f"day {days}" if days else "today"
    moment = case.closed_at or case.opened_at
    return short_day_words(local_day(moment, view.zone), local_day(view.now, view.zone))


def _tone(case: Case) -> ListTone:
    return "danger" if case.state is CaseState.OPEN else "muted"


def reported_words(case: CaseView, view: RecoveryView) -> str:
    """Say when it was reported: "Reported Sat 21 Nov, 9:10 am"."""
    at = case.opened_by.at if case.opened_by is not None else case.case.opened_at
    how = f"{HOW_LABELS[How(case.case.how)]}, " if case.case.how else ""
    return f"Reported {how}{moment_words(at, view.now, view.zone)}"


def whole_words(case: Case) -> str:
    """Return what happened in full, where the heading has no room for it."""
    return f"“{case.what}”" if len(case.name) + len(case.what) > HEADING or "\n" in case.what else ""


def next_words(case: CaseView, view: RecoveryView) -> str:
    """Say what comes next for a case."""
    follow_up = case.next
    if case.case.state is CaseState.CLOSED:
        return "It held. Nothing is planned any more."
    early = case.case.state is CaseState.OPEN and follow_up is not None and follow_up.purpose == "recovery_check"
    if early:
        return "Put it right, then say here how. Two weeks later they are asked whether it held."
    owed = [promise.what for promise in case.assured if promise.state is PromiseState.OPEN]
    if case.case.state is CaseState.PUT_RIGHT and owed:
        return f"Still promised: {owed[0]}. Say when it is kept."
    if follow_up is None:
        return {
            CaseState.OPEN: "Say sorry, put it right, then say here how.",
            CaseState.PUT_RIGHT: "Ask them whether it held, then close it or open it again.",
        }[case.case.state]
    due = moment_words(follow_up.due, view.now, view.zone)
    what = PURPOSES[Purpose(follow_up.purpose)].label
    return f"{what}: {'on today’s list since' if follow_up.due <= view.now else 'due'} {due}."


def offer_words(offer: Offer, view: RecoveryView) -> str:
    """Say what was offered, what it cost, and whether it was given: "Credit, $40, given Mon 23 Nov"."""
    today = local_day(view.now, view.zone)
    parts = [sentence(offer.kind), *([money_format(offer.cost)] if offer.cost else [])]
    if offer.given_at is not None:
        parts.append(f"given {short_day_words(local_day(offer.given_at, view.zone), today)}")
    else:
        parts.append("not given yet")
    return ", ".join(parts)


def assured_words(promise: Promise, view: RecoveryView) -> str:
    """Say what was assured, and when it is due or how it ended: "Brush the pool, Sat 4:00 pm", "…, kept"."""
    open_still = promise.state is PromiseState.OPEN
    return f"{sentence(promise.what)}, {when_words(promise, view.now) if open_still else STATE_WORDS[promise.state]}"


def told_words(case: CaseView, view: RecoveryView) -> str:
    """Say since when the customer knows what was changed."""
    at = case.case.told_at
    if at is None:
        return "" if case.case.prevention else "Once it is written down, tell them what you changed."
    return f"They know since {short_day_words(local_day(at, view.zone), local_day(view.now, view.zone))}."


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a count: its day, what it says, and the case it belongs to."""

    day: str
    words: str
    case: int


def cause_facts(each: CauseCount, view: RecoveryView) -> list[tuple[str, str]]:
    """Return what is known of the fix of a cause."""
    today = local_day(view.now, view.zone)
    fixed = "Nothing that stops it is written down yet"
    if each.fixed_at is not None:
        fixed = f"Since {long_date_words(local_day(each.fixed_at, view.zone), today)}"
    back = count_words(each.came_back, "case", "cases") if each.came_back else "None"
    return [("Fixed", fixed), ("After its fix", back)]


def cases_behind(each: CauseCount, view: RecoveryView) -> list[Behind]:
    """Return the cases of a cause, the latest first."""
    today = local_day(view.now, view.zone)
    found = [case for case in view.all_cases if int(case.id) in each.ids]
    return [
        Behind(short_day_words(local_day(case.opened_at, view.zone), today), f"{case.name}: {case.what}", int(case.id))
        for case in sorted(found, key=lambda one: one.opened_at, reverse=True)
    ]


def ledger_facts(view: RecoveryView) -> list[tuple[str, str]]:
    """Return the ledger: month, cause and route, how many things, and what they cost."""
    found = []
    for row in ledger(view.given, view.zone):
        cost = money_format(row.cost) if row.cost else "no cost noted"
        where = f"{row.cause or 'No cause yet'} · {row.route or 'on no route'}"
        month = month_words(date.fromisoformat(f"{row.month}-01"))
        found.append((f"{month} · {cost}", f"{where} · {count_words(row.given, 'thing', 'things')}"))
    return found


def given_behind(view: RecoveryView) -> list[Behind]:
    """Return the things behind the ledger, the latest first."""
    today = local_day(view.now, view.zone)
    found = []
    for each in view.given:
        cost = f", {money_format(each.cost)}" if each.cost else ""
        day = short_day_words(local_day(each.at, view.zone), today)
        found.append(Behind(day, f"{each.name}: {each.kind}{cost}", int(each.case)))
    return found


def facts(case: CaseView, view: RecoveryView) -> list[tuple[str, str]]:
    """Return what is known of a case, line by line."""
    found = [("What happened", event_words(case.opened_by) if case.opened_by else case.case.what)]
    found += _answer_facts(case, view)
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


def _answer_facts(case: CaseView, view: RecoveryView) -> list[tuple[str, str]]:
    """Say when they heard from us first, and how often it did not hold."""
    answered, opened = case.whole.answered_at, case.case.opened_at
    late = is_answered_late(opened, answered, view.now)
    if answered is not None:
        words = f"{moment_words(answered, view.now, view.zone)}{', later than two hours' if late else ''}"
    else:
        words = "Not yet; two hours have gone by" if late else "Not yet; within two hours"
    again = case.case.reopened
    times = [("Did not hold", "Once" if again == 1 else f"{again} times")] if again else []
    return [("First word from us", words), *times]


def since_then(case: CaseView, view: RecoveryView) -> list[tuple[str, str]]:
    """Return what happened since, the newest first: the day, and the words."""
    today = local_day(view.now, view.zone)
    return [
        (short_day_words(local_day(event.at, view.zone), today), event_words(event))
        for event in case.events
        if event.id != case.case.event
    ]
