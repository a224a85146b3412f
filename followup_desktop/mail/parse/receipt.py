"""Read receipts (RFC 8098), and what some servers send in their place."""

from __future__ import annotations

import re

from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.reading import ids

_SUBJECT = re.compile(
    r"^\s*(read|le[íi]do|gelesen|lu|letto|lido|gelezen|läst|læst|lest|luettu|przeczytano|přečteno|прочитано|gelöscht ohne|"
    r"not read|deleted without|return receipt|read receipt|acuse de lectura|confirmación de lectura|lesebestätigung|"
    r"accusé de (réception|lecture)|conferma di lettura|confirmação de leitura|leesbevestiging|開封)\b.{0,40}[:：(]",
    re.IGNORECASE,
)


def is_receipt(mail: Mail) -> bool:
    """Whether a message only tells that one of ours was shown, or deleted unread."""
    if "message/disposition-notification" in mail.reports:
        return True
    if "disposition-notification" in mail.header("Content-Type").casefold():
        return True
    answers_ours = bool(mail.answers) and len(mail.text) < 600
    return bool(_SUBJECT.match(mail.subject)) and answers_ours and bool(re.search(r"\d[:.]\d\d", mail.text))


def about(mail: Mail) -> tuple[str, ...]:
    """Return the ids of the message a receipt is about, the surest first."""
    report = mail.reports.get("message/disposition-notification", "")
    named = re.search(r"(?im)^original-message-id:\s*(\S+)", report)
    return tuple(dict.fromkeys((*(ids(named[1]) if named else ()), *mail.answers, *returned_ids(mail))))


def returned_ids(mail: Mail) -> tuple[str, ...]:
    """Return the ids under which a message of ours was sent back."""
    lines = re.findall(r"(?im)^(?:x-microsoft-original-)?message-id:\s*(<[^<>\s]+>)", mail.returned)
    return tuple(dict.fromkeys(lines))
