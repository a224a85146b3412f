"""What happened to a customer, in the words of a history line."""

from __future__ import annotations

from typing import Any

from followup_desktop.base import money
from followup_desktop.base.wording import sentence
from followup_desktop.core.history.model import LABELS, Event, Happening

DONE_WITHOUT_MAIL = ("Text sent", "Card written")
"""What stands as the subject of a message that was no email."""


def event_words(event: Event) -> str:
    """Say in a line what happened: "Visit done, Luis. Chlorine 2.4" or "Rated 5: “Best water we have had.”"."""
    match event.what:
        case Happening.VISIT_DONE | Happening.VISIT_MISSED | Happening.VISIT_LATE:
            return _sentences(_told(_with(_visit(event), event.by), event.about), event.note)
        case Happening.MESSAGE_OUT | Happening.MESSAGE_IN:
            return _message(event)
        case Happening.RATING:
            score = f"Rated {event.rating}" if event.rating is not None else LABELS[event.what]
            return _told(score, _quoted(event.note))
        case Happening.NPS:
            score = LABELS[event.what] if event.rating is None else f"{LABELS[event.what]}: {event.rating} of 10"
            return _sentences(score, _quoted(event.note))
        case Happening.COMPLAINT | Happening.INQUIRY:
            return _told(LABELS[event.what], event.note or event.about)
        case Happening.REFERRAL:
            return _sentences(f"Referred {event.about}" if event.about else LABELS[event.what], event.note)
        case Happening.CALL | Happening.IN_PERSON | Happening.NOTE:
            return _told("" if event.what is Happening.NOTE else LABELS[event.what], event.note)
    return _sentences(_with(_told(LABELS[event.what], event.about), _amount(event)), event.note)


def about_event(event: Event) -> dict[str, Any]:
    """Return what the small window that opens a case starts with, for something that happened."""
    from followup_desktop.core.cases.rules import how_known  # brings the statistics module; seldom wanted

    words = event.note.strip() or event.about.strip()
    return {"customer_id": int(event.customer), "text": words, "how": how_known(event.what), "event": int(event.id)}


def promise_about(event: Event) -> dict[str, Any]:
    """Return what the one-line capture starts with, for something that happened: the letter, where it was one."""
    source = {"message": event.message} if event.message is not None else {"event": int(event.id)}
    return {"customer_id": int(event.customer), **source}


def _visit(event: Event) -> str:
    if event.what is not Happening.VISIT_DONE or event.visit in ("", "routine"):
        return LABELS[event.what]
    return f"{event.visit.capitalize()} {'visit ' if event.visit in ('first', 'extra') else ''}done"


def _message(event: Event) -> str:
    if event.about in DONE_WITHOUT_MAIL:
        return _sentences(event.about, event.note)
    return _told(LABELS[event.what], _quoted(event.about or event.note))


def _amount(event: Event) -> str:
    return money.format(money.Money(event.amount, event.currency)) if event.amount is not None else ""


def _told(label: str, what: str) -> str:
    return f"{label}: {_line(what)}" if label and what.strip() else label or _line(what)


def _with(words: str, more: str) -> str:
    return f"{words}, {more}" if more else words


def _sentences(*parts: str) -> str:
    kept = [sentence(line) if number else line for number, line in enumerate(_kept(parts))]
    return ". ".join(line.rstrip(".") if number < len(parts) - 1 else line for number, line in enumerate(kept))


def _kept(parts: tuple[str, ...]) -> list[str]:
    return [line for part in parts if (line := _line(part))]


def _quoted(text: str) -> str:
    line = _line(text)
    return f"“{line}”" if line else ""


def _line(text: str) -> str:
    return " ".join(text.split())
