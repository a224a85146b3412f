"""Why a card stands on today's list, and the short note beside its name. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from followup_desktop.base.wording import day_words, late_words, left_words, moment_words, since_words
from followup_desktop.base.zones import local, local_day
from followup_desktop.core.queue.model import Due, Group

DAY = timedelta(hours=24)
_LAST_SECOND = time(23, 59, 59)


def group_of(item: Due, now: datetime) -> Group:
    """Return the group a follow-up belongs to."""
    if item.source == "promise":
        return Group.PROMISED
    if item.source == "case" or item.case is not None:
        return Group.PUT_RIGHT
    if item.source == "answer":
        return Group.ANSWER
    return Group.CLOSING if item.closes is not None and item.closes - now <= DAY else Group.REST


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
