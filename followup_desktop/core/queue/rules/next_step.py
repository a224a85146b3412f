"""The next best thing to do for one customer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers import model as customers
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.queue.model import Move, NextStep
from followup_desktop.core.risk.model import Risk


@dataclass(frozen=True, slots=True)
class Chances:
    """What the next step for one customer is chosen from; times are UTC, the lists soonest first."""

    name: str
    risk: Risk
    promises: Sequence[Promise]
    cases: Sequence[Case]
    follow_ups: Sequence[FollowUp]
    unanswered: bool
    """Whether our last message has no answer."""
    may_call: bool
    may_write: bool


def next_step(waiting: Chances, now: datetime, zone: str) -> NextStep:
    """Say what is best done next: what was promised, what is wrong, who waits, who drifts away, then what is due."""
    late = next((p for p in waiting.promises if p.due < now), None)
    answer = next((f for f in waiting.follow_ups if f.source == "answer"), None)
    if late is not None:
        return NextStep(f"Keep your promise: {late.what}", Move.PROMISE, late.id)
    if waiting.cases:
        return NextStep(f"Put it right: {waiting.cases[0].what}", Move.CASE, waiting.cases[0].id)
    if answer is not None:
        return NextStep(f"Answer {waiting.name}", Move.FOLLOW_UP, answer.id, answer.why_here)
    if waiting.risk.standing in (customers.Standing.AT_RISK, customers.Standing.WATCH) and (
        drifting := _to_one_drifting(waiting)
    ):
        return drifting
    return _what_is_due(waiting, now, zone)


def _to_one_drifting(waiting: Chances) -> NextStep | None:
    if waiting.may_call:
        instead = ", do not write" if waiting.unanswered else " and ask how things are"
        return NextStep(f"Ring {waiting.name}{instead}", Move.CALL)
    if waiting.may_write and not waiting.unanswered:
        return NextStep(f"Write to {waiting.name} and ask how things are", Move.WRITE)
    return None


def _what_is_due(waiting: Chances, now: datetime, zone: str) -> NextStep:
    today = local_day(now, zone)
    follow_up = next((f for f in waiting.follow_ups if f.source != "promise"), None)
    promise = next(iter(waiting.promises), None)
    if promise is not None and (follow_up is None or promise.due <= follow_up.due):
        return NextStep(f"You promised: {promise.what}, {day_words(promise.due_date, today)}", Move.PROMISE, promise.id)
    if follow_up is None:
        return NextStep("Nothing is due")
    day = max(local_day(follow_up.due, zone), today)
    return NextStep(
        f"{purpose_label(follow_up.purpose)}, {day_words(day, today)}", Move.FOLLOW_UP, follow_up.id, follow_up.why_here
    )


def purpose_label(purpose: str) -> str:
    """Return what a purpose is called in the window."""
    return PURPOSES[Purpose(purpose)].label if purpose in set(Purpose) else purpose
