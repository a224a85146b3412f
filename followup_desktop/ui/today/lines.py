"""The queue as the lines of a list, and the day in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from followup_desktop.base.wording import (
    count_words,
    exact_words,
    long_date_words,
    moment_words,
    number_words,
    short_day_words,
    since_words,
)
from followup_desktop.base.zones import local_day
from followup_desktop.core.consent.model import HeldFor, Wish
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.queue.model import (
    GROUP_LABELS,
    Back,
    BackItem,
    BackKind,
    Card,
    CardItem,
    Held,
    Lapsed,
    OpenCase,
    Queue,
    Waited,
    Waiting,
)
from followup_desktop.core.queue.model import Group as Part
from followup_desktop.core.queue.rules.pace import takes_words
from followup_desktop.core.routes.model import WEEKDAYS
from followup_desktop.ui.widgets.grouped import Group, Item, Tone
from followup_desktop.ui.widgets.text import plain

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.messages.model import Returned, Stranger
    from followup_desktop.ui.today.reading import TodayView

HELD, WAITING = "held", "waiting"
LAPSED, AFTER, BACK = "lapsed", "after", "back"
ASKED, STRANGER, RETURNED = "asked", "stranger", "returned"
OVERDUE, DOOR, MOVED, CASE = "overdue", "door", "moved", "case"
"""Groups whose rows are of another kind: of those waited for, and of those held back."""

ItemId = tuple[str, int]
"""What a row is, and the follow-up or message it is about."""


def card_id(follow_up: int) -> ItemId:
    """Return the id of a card's row: its leading follow-up."""
    return "card", follow_up


def day_words(view: TodayView) -> str:
    """Say which day it is, how much waits, and how long it takes."""
    day = long_date_words(view.queue.day, view.queue.day)
    count = len(view.queue.cards)
    if view.back is not None and view.back.items:
        return f"{day} · back after {count_words(view.back.days, 'day', 'days')}, {len(view.back.items)} to decide"
    if not count:
        return f"{day} · nothing to review"
    return f"{day} · {number_words(count)} to review, {takes_words(count, view.queue.seconds_a_card)}"


def groups(view: TodayView) -> list[Group]:
    """Return the queue in its groups, what is held back and who we wait for folded below.

    After days off: what fell due meanwhile, and nothing else until that is decided.
    """
    if view.back is not None and view.back.items:
        return _back(view.back, view.now, view.zone)
    queue = view.queue
    shown = [Group(AFTER, "Waited for a case", [_after(item) for item in queue.after_cases])]
    shown.append(Group(ASKED, "They ask for something", [_asked(wish, view.now, view.zone) for wish in view.wishes]))
    shown += [_part(part, queue) for part in Part]
    shown.append(Group(CASE, "Still to be put right", [_case(item) for item in unsolved(queue)], foldable=True))
    back = [_returned(one, view.now, view.zone) for one in view.returned]
    shown.append(Group(RETURNED, "Mail that came back", back, foldable=True))
    unknown = [_stranger(one, view.now, view.zone) for one in view.strangers]
    shown.append(Group(STRANGER, "Mail from people you do not know", unknown, foldable=True))
    overdue = [_waiting(item, view.now, view.zone) for item in queue.waiting if item.overdue]
    shown.append(Group(OVERDUE, "No answer for three days", overdue, foldable=True))
    shown += _held_groups(queue)
    waiting = [_waiting(item, view.now, view.zone) for item in queue.waiting if not item.overdue]
    shown.append(Group(WAITING, "Awaiting their reply", waiting, foldable=True, folded=True))
    gone = [_lapsed(item, view.now, view.zone) for item in queue.lapsed]
    shown.append(Group(LAPSED, "Lapsed this week", gone, foldable=True, folded=True))
    return [group for group in shown if group.items]


def _held_groups(queue: Queue) -> list[Group]:
    at_the_door = [_held(item) for item in queue.held if item.reason == HeldFor.ON_ROUTE]
    moved = [_held(item) for item in queue.held if item.reason == HeldFor.CAPACITY]
    rest = [_held(item) for item in queue.held if item.reason not in (HeldFor.ON_ROUTE, HeldFor.CAPACITY)]
    count = f"{number_words(len(rest))} · see why"
    return [
        Group(DOOR, "In person", at_the_door, foldable=True),
        Group(MOVED, "Moved to another day", moved, foldable=True, folded=True),
        Group(HELD, "Held back", rest, count, foldable=True, folded=True),
    ]


_BACK_LABELS = {
    BackKind.PROMISED: "Promises that fell due",
    BackKind.WOULD_HAVE_GONE: "Would have gone out",
    BackKind.STALE: "Gone stale",
}


def _back(back: Back, now: datetime, zone: str) -> list[Group]:
    rows = {kind: [_back_row(item, now, zone) for item in back.items if item.kind is kind] for kind in BackKind}
    return [Group(f"back_{kind}", _BACK_LABELS[kind], items) for kind, items in rows.items() if items]


def _back_row(item: BackItem, now: datetime, zone: str) -> Item:
    today = local_day(now, zone)
    over = item.kind is BackKind.STALE and item.closes is not None
    day = local_day(item.closes if over and item.closes is not None else item.due, zone)
    note = f"{'closed' if over else 'due'} {short_day_words(day, today)}"
    tone: Tone = "danger" if item.kind is BackKind.PROMISED else "muted"
    return Item((BACK, item.id), item.name, item.why_here.rstrip("."), note, tone, plain(item.why_here))


def _after(item: Waited) -> Item:
    waited = count_words(len(item.follow_ups), "follow-up waits", "follow-ups wait")
    return Item((AFTER, item.case), item.household or item.name, f"{waited} for your word: {item.what}", "decide")


def _asked(wish: Wish, now: datetime, zone: str) -> Item:
    tip = plain(f"“{wish.what.sentence}”")
    return Item((ASKED, wish.id), wish.name, f"“{wish.what.sentence}”", since_words(wish.at, now, zone), tip=tip)


def _stranger(one: Stranger, now: datetime, zone: str) -> Item:
    more = f" and {count_words(one.more, 'more mail', 'more mails')}" if one.more else ""
    words = f"{one.subject or one.text[:80] or 'Without a subject'}{more}"
    return Item((STRANGER, one.id), one.name or one.address, words, since_words(one.at, now, zone), tip=plain(words))


def _returned(one: Returned, now: datetime, zone: str) -> Item:
    words = f"{one.address}: {one.why}" if not one.corrected else f"To be written to at {one.corrected}"
    tone: Tone = "danger" if one.gone else "muted"
    return Item((RETURNED, one.message), one.name, words, since_words(one.at, now, zone), tone, plain(words))


def returned_of(view: TodayView, message: int) -> Returned | None:
    """Return a message that came back."""
    return next((one for one in view.returned if one.message == message), None)


def wish_of(view: TodayView, key: int) -> Wish | None:
    """Return what a customer seems to ask for."""
    return next((wish for wish in view.wishes if wish.id == key), None)


def unsolved(queue: Queue) -> list[OpenCase]:
    """Return the open cases that no card of the day is about: they stay in sight all the same."""
    on_cards = {item.customer or card.customer for card in queue.cards if card.group is Part.PUT_RIGHT
                for item in card.items if item.source == "case" or item.case is not None}  # fmt: skip
    return [case for case in queue.open_cases if case.customer not in on_cards]


def _case(item: OpenCase) -> Item:
    note = count_words(item.days, "day", "days") if item.days else "today"
    return Item((CASE, item.case), item.name, item.what.rstrip("."), note, "danger", plain(item.what))


def _lapsed(item: Lapsed, now: datetime, zone: str) -> Item:
    note = short_day_words(local_day(item.closed, zone), local_day(now, zone))
    return Item((LAPSED, item.follow_up), item.name, item.why_here.rstrip("."), note, tip=plain(item.why_here))


def waited_of(queue: Queue, case: int) -> Waited | None:
    """Return what waited for a case."""
    return next((item for item in queue.after_cases if item.case == case), None)


def back_of(view: TodayView, follow_up: int) -> BackItem | None:
    """Return what fell due in days off, if this follow-up did."""
    items = view.back.items if view.back is not None else ()
    return next((item for item in items if item.id == follow_up), None)


def card_of(queue: Queue, follow_up: int) -> Card | None:
    """Return the card a follow-up stands on, leading or not."""
    return next((card for card in queue.cards if any(item.id == follow_up for item in card.items)), None)


def held_of(queue: Queue, follow_up: int) -> Held | None:
    """Return what is held back, if this follow-up is."""
    return next((held for held in queue.held if held.follow_up == follow_up), None)


def card_of_held(held: Held, follow_up: FollowUp) -> Card:
    """Return the card of something held back, for writing all the same."""
    item = CardItem(
        int(follow_up.id),
        follow_up.source,
        follow_up.purpose,
        follow_up.touchpoint,
        follow_up.due,
        True,
        follow_up.why_here,
    )
    return Card(
        customer=held.customer,
        name=held.name,
        household="",
        group=Part.REST,
        due=follow_up.due,
        closes=follow_up.closes,
        channel="in_person" if held.reason == HeldFor.ON_ROUTE else "email",
        why_here=follow_up.why_here,
        why_now=held.reason_text,
        removed_by=follow_up.removed_by,
        note="",
        urgent=False,
        items=(item,),
    )


def short_why(card: Card) -> str:
    """Return why a card is here, in one line: a promise says first what was promised."""
    lead, found, what = card.why_here.partition(": ")
    if card.group is Part.PROMISED and found and lead.startswith("You promised"):
        words = what.rstrip(".")
        return f"{words[:1].upper()}{words[1:]}, promised{lead.removeprefix('You promised')}"
    return card.why_here.rstrip(".")


def _part(part: Part, queue: Queue) -> Group:
    return Group(str(part), GROUP_LABELS[part], [_card(card) for card in queue.cards if card.group is part])


def _card(card: Card) -> Item:
    return Item(
        card_id(card.leading.id),
        card.name,
        short_why(card),
        card.note.replace("due today, ", "due "),
        "danger" if card.urgent else "muted",
        plain(card.why_here),
    )


def _held(item: Held) -> Item:
    note = f"{WEEKDAYS[item.until.weekday()]} {item.until.day}" if item.until else ""
    return Item((HELD, item.follow_up), item.name, item.reason_text, note, tip=plain(item.reason_text))


def _waiting(item: Waiting, now: datetime, zone: str) -> Item:
    when = moment_words(item.since, now, zone)
    return Item(
        (WAITING, item.message),
        item.name,
        f"You wrote {when}",
        since_words(item.since, now, zone),
        tip=exact_words(item.since, zone),
    )
