"""Promises in the words of a list."""

from __future__ import annotations

from collections.abc import Sequence

from followup_desktop.base.wording import (
    clock_words,
    exact_words,
    long_date_words,
    month_words,
    sentence,
    short_day_words,
)
from followup_desktop.base.zones import local_day
from followup_desktop.core.history.model import LABELS, Happening
from followup_desktop.core.promises.model import STATE_WORDS, Offer, Promise, PromiseGroup
from followup_desktop.core.promises.rules import group_of, when_words
from followup_desktop.ui.promises.reading import PromisesView
from followup_desktop.ui.widgets.grouped import Group, Item, Tone
from followup_desktop.ui.widgets.text import plain

YOURSELF = "Yourself"
SETTLED = "settled"
FOUND = "found"

GROUP_TITLES = {
    PromiseGroup.LATE: "Late",
    PromiseGroup.TODAY: "Today",
    PromiseGroup.THIS_WEEK: "This week",
    PromiseGroup.LATER: "Later",
}


def whom(promise: Promise) -> str:
    """Return to whom it was promised."""
    return promise.customer or YOURSELF


FROM = {
    Happening.MESSAGE_IN: "Their letter",
    Happening.MESSAGE_OUT: "Your letter",
    Happening.CALL: "Your note of the call",
    Happening.IN_PERSON: "Your note of what was said",
    Happening.NOTE: "Your note",
}


def source_words(one: Promise | Offer, view: PromisesView) -> str:
    """Say where a promise comes from: "Their letter, 20 Nov: “The gate”"; "" where nobody knows."""
    source = view.sources.get((one.message, one.event))
    if source is None:
        return ""
    day = short_day_words(local_day(source.at, view.zone), local_day(view.now, view.zone))
    about = f": “{source.about}”" if source.about and one.message is not None else ""
    return f"{FROM.get(source.what, LABELS[source.what])}, {day}{about}"


def source_button(one: Promise | Offer) -> str:
    """Return what the button to its source says."""
    return "Open the letter" if one.message is not None else "Show where it comes from"


def groups(view: PromisesView) -> Sequence[Group]:
    """Return the open promises in their groups, and what was settled lately, folded."""
    shown = []
    if view.offers:
        shown.append(Group(FOUND, "Found in your mail and notes", [_offer_item(offer, view) for offer in view.offers]))
    for key, title in GROUP_TITLES.items():
        items = [_open_item(promise, view) for promise in view.open if group_of(promise, view.now) is key]
        if items:
            shown.append(Group(key, title, items))
    if view.settled:
        items = [_settled_item(promise, view) for promise in view.settled]
        shown.append(Group(SETTLED, "Settled lately", items, foldable=True, folded=True))
    return shown


def subtitle(view: PromisesView) -> str:
    """Say how many are open, and how many were kept on time: "7 open · 47 of 49 kept on time in October"."""
    kept = f"{view.kept} of {view.due} kept on time in {month_words(view.month, year=False)}" if view.due else ""
    return " · ".join(filter(None, (f"{len(view.open)} open" if view.open else "", kept)))


def due_words(promise: Promise, view: PromisesView) -> str:
    """Return when it is due, exactly: "Friday 27 November, 9:00 am", or without a time."""
    day = long_date_words(promise.due_date, local_day(view.now, promise.zone))
    return day if promise.due_time is None else f"{day}, {clock_words(promise.due_time)}"


def settled_words(promise: Promise, view: PromisesView) -> str:
    """Return how it ended and when: "kept, Tue"."""
    state = STATE_WORDS[promise.state]
    if promise.settled_at is None:
        return state
    day = short_day_words(local_day(promise.settled_at, view.zone), local_day(view.now, view.zone))
    return f"{state}, {day}"


def tone(promise: Promise, view: PromisesView) -> Tone:
    """Return red for what is late or has its hour today."""
    group = group_of(promise, view.now)
    urgent = group is PromiseGroup.LATE or (group is PromiseGroup.TODAY and promise.due_time is not None)
    return "danger" if urgent else "muted"


def offer_id(offer: Offer) -> int:
    """Return the id of the row of a promise that was found; those that were made have positive ones."""
    return -offer.id


def offer_words(offer: Offer, view: PromisesView) -> str:
    """Return when a promise that was found is due: "Friday 27 November, 9:00 am", or that it names no day."""
    if offer.due_date is None:
        return "no single day is named"
    day = long_date_words(offer.due_date, local_day(view.now, offer.zone))
    return day if offer.due_time is None else f"{day}, {clock_words(offer.due_time)}"


def _offer_item(offer: Offer, view: PromisesView) -> Item:
    today = local_day(view.now, offer.zone)
    when = short_day_words(offer.due_date, today) if offer.due_date else "when?"
    tip = f"You wrote: {offer.sentence}"
    return Item(offer_id(offer), offer.customer, sentence(offer.what), when, "muted", plain(tip))


def _open_item(promise: Promise, view: PromisesView) -> Item:
    when = when_words(promise, view.now)
    return Item(
        promise.id, whom(promise), sentence(promise.what), when, tone(promise, view), plain(_tip(promise, view))
    )


def _settled_item(promise: Promise, view: PromisesView) -> Item:
    state = settled_words(promise, view)
    return Item(
        promise.id, whom(promise), sentence(promise.what), state, "muted", plain(_tip(promise, view)), plain=True
    )


def _tip(promise: Promise, view: PromisesView) -> str:
    made = exact_words(promise.made_at, promise.zone)
    return f"{promise.what}. Due {due_words(promise, view)}. Promised {made}."
