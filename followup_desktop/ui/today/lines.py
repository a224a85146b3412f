"""The queue as the lines of a list, and the day in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from followup_desktop.base.wording import exact_words, long_date_words, moment_words, number_words, since_words
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.queue.model import GROUP_LABELS, Card, CardItem, Held, Queue, Waiting
from followup_desktop.core.queue.model import Group as Part
from followup_desktop.ui.widgets.grouped import Group, Item
from followup_desktop.ui.widgets.text import plain

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import TodayView

SECONDS_A_CARD = 40
"""How long reading, changing and sending one takes; a day's queue is said to take a multiple of it."""

HELD, WAITING = "held", "waiting"

ItemId = tuple[str, int]
"""What a row is, and the follow-up or message it is about."""


def card_id(follow_up: int) -> ItemId:
    """Return the id of a card's row: its leading follow-up."""
    return "card", follow_up


def day_words(view: TodayView) -> str:
    """Say which day it is, how much waits, and how long it takes."""
    day = long_date_words(view.queue.day, view.queue.day)
    count = len(view.queue.cards)
    if not count:
        return f"{day} · nothing to review"
    minutes = round(count * SECONDS_A_CARD / 60)
    takes = f"about {number_words(minutes)} minutes" if minutes > 1 else "about a minute"
    return f"{day} · {number_words(count)} to review, {takes}"


def groups(view: TodayView) -> list[Group]:
    """Return the queue in its groups, what is held back and who we wait for folded below."""
    queue = view.queue
    shown = [_part(part, queue) for part in Part if any(card.group is part for card in queue.cards)]
    if queue.held:
        count = f"{number_words(len(queue.held))} · see why"
        shown.append(Group(HELD, "Held back", [_held(item) for item in queue.held], count, foldable=True, folded=True))
    if queue.waiting:
        items = [_waiting(item, view.now, view.zone) for item in queue.waiting]
        shown.append(Group(WAITING, "Awaiting their reply", items, foldable=True, folded=True))
    return shown


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
        channel="email",
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
    return Item((HELD, item.follow_up), item.name, item.reason_text, tip=plain(item.reason_text))


def _waiting(item: Waiting, now: datetime, zone: str) -> Item:
    when = moment_words(item.since, now, zone)
    return Item(
        (WAITING, item.message),
        item.name,
        f"You wrote {when}",
        since_words(item.since, now, zone),
        tip=exact_words(item.since, zone),
    )
