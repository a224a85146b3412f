"""Ordering and grouping today's cards, and saying why. Pure: the same data gives the same order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from followup_desktop.base.wording import day_words, late_words, left_words, moment_words, since_words
from followup_desktop.base.zones import Quiet, local, local_day
from followup_desktop.core.cases.model import Case
from followup_desktop.core.consent.model import HeldFor
from followup_desktop.core.consent.rules import Asked, Standing, held_because, usable_channel
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers import model as customers
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.queue.model import Card, CardItem, Due, Group, Held, Move, NextStep
from followup_desktop.core.risk.model import Risk

DAY = timedelta(hours=24)
_LAST_SECOND = time(23, 59, 59)
_ORDER = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the queue goes by besides the follow-ups; `now` is UTC, `zone` the business's."""

    now: datetime
    zone: str
    quiet: Quiet
    weekly_limit: int
    refused: Mapping[int, frozenset[str]]
    suppressed: frozenset[str]
    open_cases: Mapping[int, str]
    """Customers under whose roof a case is open, and whose it is."""


def cards_of(due: Iterable[Due], rules: Rules) -> tuple[list[Card], list[Held]]:
    """Return today's cards in their order, and what is held back with the reason."""
    free: dict[int, list[Due]] = defaultdict(list)
    held: list[Held] = []
    for item in due:
        because = held_because(_asked(item), _standing(item, rules), rules.now, rules.quiet, rules.weekly_limit)
        if because is None:
            free[item.customer].append(item)
        else:
            held.append(Held(item.customer, item.name, item.id, because[0], because[1]))
    ranked = [sorted(items, key=_Rank(rules.now)) for items in free.values()]
    ranked.sort(key=_first_rank(rules.now))
    held += [_outranked(items[0], other) for items in ranked for other in items[1:]]
    held.sort(key=_held_order)
    return [_card(items, rules) for items in ranked], held


def group_of(item: Due, now: datetime) -> Group:
    """Return the group a follow-up belongs to."""
    if item.source == "promise":
        return Group.PROMISED
    if item.source == "case":
        return Group.PUT_RIGHT
    if item.source == "answer":
        return Group.ANSWER
    return Group.CLOSING if item.closes is not None and item.closes - now <= DAY else Group.REST


_Key = tuple[int, datetime, int, int, str, int]


class _Rank:
    """Order within the day: group, closing time, risk, name, id."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self, item: Due) -> _Key:
        group = group_of(item, self._now)
        at = item.due if group is Group.PROMISED or item.closes is None else item.closes
        return _ORDER[group], at, -item.risk, -item.priority, item.name.casefold(), item.id


class _first_rank:  # noqa: N801  (a key function with a moment in it)
    def __init__(self, now: datetime) -> None:
        self._rank = _Rank(now)

    def __call__(self, items: Sequence[Due]) -> _Key:
        return self._rank(items[0])


def _held_order(item: Held) -> tuple[str, str, int]:
    return item.name.casefold(), item.reason, item.follow_up


def _asked(item: Due) -> Asked:
    return Asked(item.source, item.transactional, item.channels)


def _standing(item: Due, rules: Rules) -> Standing:
    return Standing(
        name=item.name,
        zone=item.zone or rules.zone,
        email=item.email,
        phone=item.phone,
        street=item.street,
        last_counted_at=item.last_counted_at,
        open_case_of=rules.open_cases.get(item.customer, ""),
        refused=rules.refused.get(item.customer, frozenset()),
        suppressed=bool(item.email) and item.email.casefold() in rules.suppressed,
    )


def _outranked(leading: Due, other: Due) -> Held:
    text = f"Waits behind another follow-up for {leading.name}; tick it there to cover it with the same message."
    return Held(other.customer, other.name, other.id, HeldFor.OUTRANKED, text)


def _card(items: Sequence[Due], rules: Rules) -> Card:
    first = items[0]
    group = group_of(first, rules.now)
    return Card(
        customer=first.customer,
        name=first.name,
        household=first.household,
        group=group,
        due=first.due,
        closes=first.closes,
        channel=usable_channel(_asked(first), _standing(first, rules)) or (first.channels[0] if first.channels else ""),
        why_here=first.why_here,
        why_now=why_now(first, group, rules.now, rules.zone),
        removed_by=first.removed_by,
        note=time_note(first, group, rules.now, rules.zone),
        urgent=group is Group.PROMISED,
        items=tuple(CardItem(i.id, i.source, i.purpose, i.touchpoint, i.due, i is first, i.why_here) for i in items),
    )


def why_now(item: Due, group: Group, now: datetime, zone: str) -> str:
    """Say in a sentence why it is on today's list."""
    due = _due_words(item, now, zone)
    if group is Group.PROMISED:
        return f"It is {_late_words(item, now, zone)}: you said {due}." if item.due < now else f"It is due {due}."
    if group is Group.PUT_RIGHT and item.due <= now:
        return "The sooner, the better: it was due " + due + "."
    if item.closes is not None and group is Group.CLOSING:
        return f"It closes in {left_words(item.closes - now).removesuffix(' left')}; after that it comes too late."
    if item.due > now:
        return f"It is due {due}."
    until = (
        f" and makes sense until {day_words(local_day(item.closes, zone), local_day(now, zone))}" if item.closes else ""
    )
    return f"It has been due since {due}{until}."


def time_note(item: Due, group: Group, now: datetime, zone: str) -> str:
    """Return the short note at the right of a card: what is left, or since when."""
    if group is Group.PROMISED and item.due >= now:
        return f"due {_due_words(item, now, zone)}"
    if group is Group.ANSWER:
        return since_words(item.opens, now, zone)
    if group is Group.PROMISED:
        return _late_words(item, now, zone)
    if item.due < now and item.closes is None:
        return _due_since(item, group, now, zone)
    if group is Group.CLOSING and item.closes is not None:
        return left_words(item.closes - now)
    return f"due {moment_words(item.due, now, zone)}" if item.due > now else "this week"


def _is_dated(item: Due, zone: str) -> bool:
    """Whether only a day was promised: it is due with the last second of it."""
    return local(item.due, zone).time() >= _LAST_SECOND


def _due_words(item: Due, now: datetime, zone: str) -> str:
    if _is_dated(item, zone):
        return day_words(local_day(item.due, zone), local_day(now, zone))
    return moment_words(item.due, now, zone)


def _late_words(item: Due, now: datetime, zone: str) -> str:
    days = local_day(now, zone) - local_day(item.due, zone)
    return late_words(days if _is_dated(item, zone) else now - item.due)


def _due_since(item: Due, group: Group, now: datetime, zone: str) -> str:
    if local_day(item.due, zone) == local_day(now, zone):
        return "today"
    return late_words(now - item.due) if group is Group.PUT_RIGHT else since_words(item.due, now, zone)


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
