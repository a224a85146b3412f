"""Their name stands in the greeting, and it is theirs."""

from __future__ import annotations

import re
import unicodedata

from followup_desktop.core.drafts.model import Advice, Span
from followup_desktop.core.drafts.rules.wording import Message

KIND = "name_right"
REASON = "A wrong or missing name says at the first word that nobody looked."
BAD = "Dear customer,"
GOOD = "Hi Grace,"

_NOBODY = re.compile(
    r"(?:there|all|everyone|friend|customer|client|valued|sir|madam|sirs?|team|neighbou?rs?|folks|amig[oa]s?|client[ea]s?|"
    r"todos|señor(?:es|a)?|vecin[oa]s?|a todos)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|dr|sr|sra|srta|don|doña|señor|señora)\b\.?", re.IGNORECASE)


def advise(message: Message) -> Advice:
    """Compare the greeting with the names known."""
    names = [
        _plain(name)
        for key in ("customer.given_name", "customer.name", "customer.company")
        if (name := message.facts.text(key))
    ]
    known = message.facts.text("customer.given_name") or message.facts.text("customer.name")
    line = message.text.lstrip("\n").partition("\n")[0]
    where = Span("text", message.text.find(line), message.text.find(line) + len(line)) if line else None
    if not message.has_greeting:
        return Advice(KIND, ok=False, text=f"Greets nobody{f': the name is {known}' if known else ''}", where=where)
    greeted = message.greeting.strip(" ,:.!-–—")
    if not greeted:
        if re.search(r"\s[,:]", line):
            return Advice(KIND, ok=False, text="The name is missing before the comma", where=where)
        if known and message.facts.text("customer.given_name"):
            return Advice(KIND, ok=False, text=f"Leaves the name out: it is {known}", where=where)
        return Advice(KIND, ok=True, text="Greets without a name")
    if names and _matches(_plain(_TITLE.sub("", greeted)), names):
        return Advice(KIND, ok=True, text="Name right")
    if _NOBODY.search(greeted):
        return Advice(KIND, ok=False, text=f"Greets anyone{f': the name is {known}' if known else ''}", where=where)
    if not names:
        return Advice(KIND, ok=True, text="Name not known here: check it")
    return Advice(
        KIND,
        ok=False,
        text=f"Greets “{greeted}”; the name is {known or message.facts.text('customer.company')}",
        where=where,
    )


def _matches(greeted: str, names: list[str]) -> bool:
    """Whether the greeting is one of the names, or a whole-word part of one (“Lin” of “Grace Lin”)."""
    said = set(greeted.split())
    return bool(said) and any(said <= set(name.split()) or set(name.split()) <= said for name in names)


def _plain(name: str) -> str:
    """Compare names without regard to case and accents."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).replace(",", " ").split())
