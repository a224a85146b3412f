"""A call sheet: what it is about, what to say, what to ask, what to note down."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import CallSheet, Draft

_PARTS = {
    "say": re.compile(r"(?:say|diga)\b:?\s*", re.IGNORECASE),
    "ask": re.compile(r"(?:ask|pregunte)\b:?\s*", re.IGNORECASE),
    "note": re.compile(r"(?:note down|note|anote)\b:?\s*", re.IGNORECASE),
}
_ASKS = re.compile(r"\b(?:ask|pregunte)\b", re.IGNORECASE)
_NOTE = {
    "en": "what they said in their words, and what you promised, with the day.",
    "es": "lo que dijo con sus palabras, y lo que usted prometió, con el día.",
}
_GREETING = re.compile(r"(?:hi|hello|dear|hola|estimad[oa])\b[^\n]{0,40}[,:]$", re.IGNORECASE)


def call_sheet(draft: Draft, language: str = "en") -> CallSheet:
    """Sort the lines of a call's draft; of a mail's, make what to say and what to ask."""
    lines = [line.removeprefix("- ").strip() for line in draft.text.splitlines() if line.strip()]
    if not any(_PARTS["say"].match(line) or _PARTS["ask"].match(line) for line in lines):
        return _of_mail(draft, language)
    found: dict[str, list[str]] = {"about": [], "say": [], "ask": [], "note": [], "then": []}
    for line in lines:
        part = next((name for name, words in _PARTS.items() if words.match(line)), "")
        if part:
            found[part].append(_capital(_PARTS[part].sub("", line, count=1)) if _colon(line) else line)
        else:
            found["then" if found["say"] or found["ask"] else "about"].append(line)
    if not found["ask"]:
        found["ask"] = [line for line in found["then"] if _ASKS.search(line)][:1]
        found["then"] = [line for line in found["then"] if line not in found["ask"]]
    found["note"] = found["note"] or [_to_note(language)]
    return CallSheet(draft.subject, *(tuple(found[part]) for part in ("about", "say", "ask", "note", "then")))


def _of_mail(draft: Draft, language: str) -> CallSheet:
    paragraphs = [part for part in draft.text.split("\n\n") if not _GREETING.match(part.strip())]
    if len(paragraphs) > 1 and len(paragraphs[-1].split()) <= 8 and "?" not in paragraphs[-1]:
        paragraphs.pop()  # the signature
    sentences = re.findall(r"\S.*?(?:[.!?…]+[”»\")]*(?=\s|$)|$)", " ".join(paragraphs).replace("\n", " "))
    say = tuple(one.strip() for one in sentences if one.strip() and "?" not in one)
    ask = tuple(one.strip() for one in sentences if "?" in one)
    return CallSheet(draft.subject, (), say, ask, (_to_note(language),), ())


def _to_note(language: str) -> str:
    return _capital(_NOTE.get(language[:2], _NOTE["en"]))


def _colon(line: str) -> bool:
    return ":" in line.split(" “")[0].split(" «")[0][:14]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
