"""The subject says what it is about, in the customer's words, in at most fifty characters."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice, Span
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "subject_says_something"
REASON = "The subject decides whether it is opened; it has to say what it is about, on a small screen."
BAD = "Following up"
GOOD = "New pump: in and running"

LONGEST = 50

_EMPTY = phrases(
    "follow(?:ing)?[- ]?up", "check(?:ing)?[- ]?in", "(?:just )?a? ?quick (?:note|question|hello)",
    "touch(?:ing)? base", "we value you(?:r business)?", "(?:friendly )?reminder", "newsletter", "important", "urgent",
    "special offer", "(?:an )?update", "hello(?: there)?", "hi(?: there)?", "thank you for (?:choosing|your business)",
    "no subject", "seguimiento", "(?:una )?nota rápida", "recordatorio", "hola", "oferta especial", "importante",
    "urgente", "(?:una )?consulta rápida", "gracias por (?:elegirnos|su confianza)", "boletín",
    "(?:una )?actualización", "sin asunto",
)  # fmt: skip
_WHOLLY_EMPTY = re.compile(
    r"(?:question|info|information|service|visit|your service|news|message|pregunta|información|servicio|visita|"
    r"noticias|mensaje|re|fwd?|thanks?|thank you|gracias)",
    re.IGNORECASE,
)


def advise(message: Message) -> Advice | None:
    """Look for an empty, long or shouting subject; only mail has one."""
    if message.knows.channel != "email":
        return None
    subject = message.subject.strip()
    whole = Span("subject", 0, len(message.subject))
    if not subject:
        return Advice(KIND, ok=False, text="No subject: say what it is about")
    if empty := _EMPTY.search(subject):
        text = f"“{empty[0].strip()}” could be about anything: name the thing"
        return Advice(KIND, ok=False, text=text, where=Span("subject", empty.start(), empty.end()))
    if _WHOLLY_EMPTY.fullmatch(subject.strip(" .!:?")):
        return Advice(KIND, ok=False, text="The subject could be about anything: name the thing", where=whole)
    if len(subject) > LONGEST:
        return Advice(
            KIND, ok=False, text=f"Subject of {len(subject)} characters: a phone shows {LONGEST}", where=whole
        )
    if "!" in subject or (len(subject) > 4 and subject.isupper()):
        return Advice(KIND, ok=False, text="The subject shouts", where=whole)
    return Advice(KIND, ok=True, text="Subject says something")
