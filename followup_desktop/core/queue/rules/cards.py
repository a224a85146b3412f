"""Gathering today's cards: what is held and why, what leads, in which order, on which day. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from followup_desktop.base import phones
from followup_desktop.base.wording import count_words, day_words
from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.consent.model import HeldFor
from followup_desktop.core.consent.rules import Asked, Hold, Standing, held_because, usable_channel
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.rules.footing import is_commercial
from followup_desktop.core.journeys.model import FollowUpSource
from followup_desktop.core.queue.model import Card, CardItem, Due, Group, Held
from followup_desktop.core.queue.rules.reasons import group_of, time_note, why_now
from followup_desktop.core.queue.rules.spreading import ROOM, Capacity, days_of
from followup_desktop.core.routes.model import Coming

_ORDER = {group: place for place, group in enumerate(Group)}
_STAYS_IN_SIGHT = ("case", "promise", "answer")
"""Sources an open case under the same roof does not hold back."""
HELD_BY_NO_CASE = (*_STAYS_IN_SIGHT, "ad_hoc")
"""Sources that do not wait for the owner's word once a case was put right."""
_SAID_AT_THE_DOOR = ("journey", "campaign")


@dataclass(frozen=True, slots=True)
class Undecided:
    """A case under whose roof others waited: whose it is, and until when it was open (UTC)."""

    case: int
    name: str
    until: datetime


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
    bounced: frozenset[str] = frozenset()
    """Addresses mail came back from, in lower case."""
    undecided: Mapping[int, Undecided] = field(default_factory=dict)
    """Customers under whose roof something waited for a case, of which the owner has not said what becomes of it."""
    visits: Mapping[int, Coming] = field(default_factory=dict)
    """Customers who are visited today or tomorrow."""
    capacity: Capacity = field(default_factory=Capacity)
    often: frozenset[int] = frozenset()
    """Customers who asked to hear from us more than once a week."""
    seldom: Mapping[int, int] = field(default_factory=dict)
    """In how many days one message is enough for those who said so."""
    suppressed_phones: frozenset[str] = frozenset()
    offers_over: Mapping[int, str] = field(default_factory=dict)
    """Customers the law lets us write no offers any more, and why."""
    asked_to_stop: Mapping[int, str] = field(default_factory=dict)
    """Customers who seem to have asked for no more mail, with their sentence, until the owner decides."""


@dataclass(frozen=True, slots=True)
class _Stack:
    """What stands on one card, the leading first."""

    items: Sequence[Due]
    roof: bool
    """Whether it is the one card of a household where a case is open."""


def cards_of(due: Iterable[Due], rules: Rules) -> tuple[list[Card], list[Held]]:
    """Return today's cards in their order, and what is held back with the reason."""
    free, held, behind = _sifted(due, rules)
    ranked = sorted((_stack(items, roof, rules) for roof, items in free), key=_Order(rules.now))
    days = days_of([stack.items for stack in ranked], rules.capacity, rules.now, rules.zone, rules.quiet)
    today = local_day(rules.now, rules.zone)
    cards: list[Card] = []
    for stack, day in zip(ranked, days, strict=True):
        if day == today:
            cards.append(_card(stack, rules, behind))
            held += [_outranked(stack.items[0], other) for other in stack.items[1:]]
        else:
            held += [_moved(item, day, rules) for item in stack.items]
    held.sort(key=_held_order)
    return cards, held


_Sifted = tuple[list[tuple[bool, list[Due]]], list[Held], Mapping[int, int]]


def _sifted(due: Iterable[Due], rules: Rules) -> _Sifted:
    """Return what may be said now by the card it belongs on, what is held back, and how much waits under each roof."""
    free: dict[tuple[bool, int], list[Due]] = defaultdict(list)
    held: list[Held] = []
    behind: dict[int, int] = defaultdict(int)
    for item in due:
        because = _held(item, rules)
        if because is None:
            shared = item.customer in rules.open_cases and item.household_id is not None
            free[shared, _roof(item) if shared else item.customer].append(item)
        else:
            held.append(because)
            behind[_roof(item)] += because.reason == HeldFor.OPEN_CASE
    return [(shared, items) for (shared, _key), items in free.items()], held, behind


def _roof(item: Due) -> int:
    """Return the household, or a number of its own for who lives in none."""
    return -item.customer if item.household_id is None else item.household_id


def _held(item: Due, rules: Rules) -> Held | None:
    asked, standing = asked_of(item), standing_of(item, rules)
    after = _after_case(item, rules)
    because = after or held_because(asked, standing, rules.now, rules.quiet, rules.weekly_limit)
    visit = rules.visits.get(item.customer) if because is None else None
    if visit is not None and waits_for_the_door(item, visit, rules):
        text = _door_words(item, visit, local_day(rules.now, rules.zone))
        return Held(item.customer, item.name, item.id, HeldFor.ON_ROUTE, text, visit.day)
    return None if because is None else Held(item.customer, item.name, item.id, *because)


def _after_case(item: Due, rules: Rules) -> Hold | None:
    waited = rules.undecided.get(item.customer) if item.customer not in rules.open_cases else None
    if waited is None or not waited_for(item, waited):
        return None
    whose = "Their case" if waited.name == item.name else f"The case of {waited.name}"
    return Hold(HeldFor.AFTER_CASE, f"{whose} is put right. Say whether this resumes, starts over or is dropped.")


def waited_for(item: Due, case: Undecided) -> bool:
    """Whether a follow-up was held back by a case until that was put right."""
    return item.source not in HELD_BY_NO_CASE and item.opens < case.until


def waits_for_the_door(item: Due, visit: Coming, rules: Rules) -> bool:
    """Whether something is said in person at a visit, and its message waits for the day after.

    Only what counts towards the weekly limit: a confirmation is wanted in writing. Not what would come too late then.
    """
    if item.source not in _SAID_AT_THE_DOOR or item.transactional:
        return False
    after = resolve(visit.day + timedelta(days=1), time(0), rules.zone)
    return item.closes is None or item.closes >= rules.quiet.next_allowed(after, item.zone or rules.zone) + ROOM


def _door_words(item: Due, visit: Coming, today: date) -> str:
    who = visit.technician or "You"
    verb = "is" if visit.technician else "are"
    then = day_words(visit.day + timedelta(days=1), today)
    when = day_words(visit.day, today)
    return f"{who} {verb} with {item.name} {when}: say it in person. The message waits until {then}."


_Key = tuple[int, datetime, int, int, str, int]


class _Rank:
    """Which of one customer's follow-ups leads: group, closing time, priority, then the order of the list.

    The question whether a case held comes before what was promised to put that case right: who is asked says so.
    """

    def __init__(self, items: Iterable[Due], now: datetime) -> None:
        self._now = now
        self._checked = {item.case for item in items if item.purpose == Purpose.RECOVERY_CHECK}

    def __call__(self, item: Due) -> _Key:
        group, at = _group_and_time(item, self._now)
        order = _ORDER[group]
        if item.source == "promise" and item.case is not None and item.case in self._checked:
            order = _ORDER[Group.PUT_RIGHT] + 1
        return order, at, -item.priority, -item.risk, item.name.casefold(), item.id


class _Order:
    """Order within the day: group, closing time, risk, name, id."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self, stack: _Stack) -> tuple[int, datetime, int, str, int]:
        item = stack.items[0]
        group, at = _group_and_time(item, self._now)
        return _ORDER[group], at, -item.risk, item.name.casefold(), item.id


def _group_and_time(item: Due, now: datetime) -> tuple[Group, datetime]:
    group = group_of(item, now)
    return group, item.due if group is Group.PROMISED or item.closes is None else item.closes


def _stack(items: Iterable[Due], roof: bool, rules: Rules) -> _Stack:
    found = list(items)
    return _Stack(sorted(found, key=_Rank(found, rules.now)), roof)


def _held_order(item: Held) -> tuple[str, str, int]:
    return item.name.casefold(), item.reason, item.follow_up


def asked_of(item: Due) -> Asked:
    """Return a follow-up as the rules of contact look at it; what is written about a promise goes where it goes."""
    source = FollowUpSource.PROMISE if item.purpose == Purpose.PROMISE else item.source
    return Asked(source, item.transactional, item.channels, is_commercial(item.purpose, item.source))


def standing_of(item: Due, rules: Rules) -> Standing:
    """Return a customer as the rules of contact look at them."""
    address = item.email.casefold()
    return Standing(
        name=item.name,
        zone=item.zone or rules.zone,
        email=item.email,
        phone=item.phone,
        street=item.street,
        last_counted_at=item.last_counted_at,
        open_case_of=rules.open_cases.get(item.customer, ""),
        refused=rules.refused.get(item.customer, frozenset()),
        suppressed=bool(address) and address in rules.suppressed,
        bounced=bool(address) and address in rules.bounced,
        often=item.customer in rules.often,
        seldom=rules.seldom.get(item.customer, 0),
        phone_suppressed=bool(item.phone) and phones.key_of(item.phone) in rules.suppressed_phones,
        prefers=item.prefers,
        offers_over=rules.offers_over.get(item.customer, ""),
        asked_to_stop=rules.asked_to_stop.get(item.customer, ""),
    )


def _outranked(leading: Due, other: Due) -> Held:
    whom = leading.name if leading.customer == other.customer else f"{leading.name}, same household"
    text = f"Waits behind another follow-up for {whom}; tick it there to cover it with the same message."
    return Held(other.customer, other.name, other.id, HeldFor.OUTRANKED, text)


def _moved(item: Due, day: date, rules: Rules) -> Held:
    today = local_day(rules.now, rules.zone)
    until = f"; it makes sense until {day_words(local_day(item.closes, rules.zone), today)}" if item.closes else ""
    most = rules.capacity.most
    text = f"Moved to {day_words(day, today)}: today holds the {most} you chose{until}."
    return Held(item.customer, item.name, item.id, HeldFor.CAPACITY, text, day)


def _card(stack: _Stack, rules: Rules, behind: Mapping[int, int]) -> Card:
    first = stack.items[0]
    group = group_of(first, rules.now)
    asked, standing = asked_of(first), standing_of(first, rules)
    return Card(
        customer=first.customer,
        name=first.name,
        household=first.household,
        group=group,
        due=first.due,
        closes=first.closes,
        channel=usable_channel(asked, standing) or (first.channels[0] if first.channels else ""),
        why_here=first.why_here,
        why_now=why_now(first, group, rules.now, rules.zone),
        removed_by=first.removed_by,
        note=time_note(first, group, rules.now, rules.zone),
        urgent=group is Group.PROMISED,
        items=tuple(_item(item, first) for item in stack.items),
        holds=_holds(first, rules, behind),
    )


def _item(item: Due, leading: Due) -> CardItem:
    return CardItem(
        item.id, item.source, item.purpose, item.touchpoint, item.due, item is leading, item.why_here,
        item.customer, "" if item.customer == leading.customer else item.name, item.case,
    )  # fmt: skip


def _holds(first: Due, rules: Rules, behind: Mapping[int, int]) -> str:
    """Say what an open case holds back under this roof, or nothing."""
    whose, waiting = rules.open_cases.get(first.customer), behind.get(_roof(first), 0)
    if whose is None or not waiting:
        return ""
    things = count_words(waiting, "other follow-up waits", "other follow-ups wait")
    home = f" for {first.household or 'the household'}" if first.household_id is not None else ""
    case = "the case" if whose == first.name else f"the case of {whose}"
    return f"While {case} is open, {things}{home}."
