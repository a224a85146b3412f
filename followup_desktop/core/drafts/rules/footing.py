"""What stands below a commercial mail: who sends it, from which address, and a way out that needs no link.

CAN-SPAM (16 CFR 316.5) asks for a postal address and a way to decline that is no more than a reply; CASL (SOR/2012-36,
section 2) and PECR ask the same of whoever may write at all. What is commercial says `contactpoints`.
"""

from __future__ import annotations

import re

from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.feedback.rules.tokens import has_links

_WAY_OUT = re.compile(
    r"\b(?:unsubscribe|opt[- ]?out|remove me|take (?:you|me) off)\b"
    r"|\b(?:reply|answer|write)\b[^.\n]{0,30}[“\"«']?\b(?:stop|no more|end)\b"
    r"|\b(?:rather not|do(?:n['’]t| not) want|no longer want|prefer not)\b[^.\n]{0,30}"
    r"\b(?:mails?|e-?mails?|messages?|these|this|hear|get)\b"
    r"|\b(?:to )?(?:stop|end) these (?:mails?|e-?mails?|messages?)\b"
    r"|\bdar(?:se|me|le)? de baja\b|\b(?:responda|conteste|escriba)\b[^.\n]{0,20}[“\"«']?\b(?:baja|stop|basta|no más)\b"
    r"|\b(?:prefiere|si) no (?:quiere )?(?:recibir|que le escriba)\b|\bpara no recibir\b",
    re.IGNORECASE,
)
_LINES = {
    "en": "If you would rather not get mails like this one, reply “stop”.",
    "es": "Si prefiere no recibir correos como este, responda «baja».",
}


def is_commercial(purpose: str, source: str = "") -> bool:
    """Whether a message is one the law calls commercial: it offers or advertises; so does every campaign."""
    return source == "campaign" or (purpose in set(Purpose) and PURPOSES[Purpose(purpose)].commercial)


def letter_lines(business: str, postal_address: str) -> tuple[str, ...]:
    """Return who sends a letter, line by line: the name, and the address, broken where it was or after the street."""
    lines = postal_address.strip().splitlines()
    if len(lines) == 1:
        street, _, town = lines[0].partition(",")
        lines = [street, town]
    return tuple(line.strip() for line in (business, *lines) if line.strip())


def footer(business: str, postal_address: str, language: str) -> str:
    """Return the lines that go below a commercial mail; nothing without a postal address."""
    place = " ".join(postal_address.split())
    if not place:
        return ""
    sender = place if business.casefold() in place.casefold() else f"{business}, {place}"
    return f"{sender}\n{_LINES.get(language[:2], _LINES['en'])}"


def with_footer(text: str, business: str, postal_address: str, language: str) -> str:
    """Return a text with the footer below it, unless it has one or there is none."""
    lines = footer(business, postal_address, language)
    return f"{text.rstrip()}\n\n{lines}" if lines and missing(text, postal_address) else text


_NOTES = {
    "en": "I keep your name, address and what we do for you on my own computer, to do the work and to keep my word, and"
    " pass it on to nobody else. You may see it, correct it or have it erased: an answer is enough.",
    "es": "Guardo su nombre, su dirección y lo que hacemos para usted en mi propio ordenador, para hacer el trabajo y"
    " cumplir mi palabra, y no lo doy a nadie más. Puede verlo, corregirlo o pedir que lo borre: basta con responder.",
}


def with_note(text: str, language: str) -> str:
    """Return a text with the short note on what is kept and why below it (GDPR articles 13 and 14(3)(b))."""
    return f"{text.rstrip()}\n\n{_NOTES.get(language[:2], _NOTES['en'])}"


def missing(text: str, postal_address: str) -> tuple[str, ...]:
    """Say what of a footer is not in a text: "address", "way out"."""
    lacks = () if _bare(postal_address) and _bare(postal_address) in _bare(text) else ("address",)
    return lacks if _WAY_OUT.search(text) else (*lacks, "way out")


def footer_start(text: str, postal_address: str) -> int:
    """Return where what stands below the signature begins: a footer, links that answer; else where the text ends."""
    found = len(text)
    address = _bare(postal_address)
    for _ in range(2):
        end = len(text[:found].rstrip())
        start = text.rfind("\n\n", 0, end)
        last = text[start:end] if start >= 0 else ""
        if not last or not ((address and address in _bare(last)) or _WAY_OUT.search(last) or has_links(last)):
            break
        found = start
    return found


def _bare(text: str) -> str:
    """Compare addresses without regard to case, commas and line ends."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
