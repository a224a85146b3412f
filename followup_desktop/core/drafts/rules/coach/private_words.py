"""Nothing private stands in it: no gate code, no password, no card, nothing from your notes on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.core.drafts.model import FROM_NOTES, Advice, Private, Span
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "private_words"
REASON = "Mail is read over shoulders and kept for years: codes and private notes do not belong into it."
BAD = "Luis will use the gate code 4821 on Tuesday."
GOOD = "Luis will close the side gate behind him on Tuesday."

_RUN = {"how to get in": 4}
_RUN_OF_NOTES = 5
"""Words in a row, as they stand in what is private, that are taken for a copy of it."""

_SECRET = r"[^\s.,;:?!“”\"]*\d[^\s.,;:?!“”\"]*"
_TOLD = phrases(
    r"(?:gate|door|garage|alarm|entry|access|lock ?box|key ?pad|key ?box|safe)(?:['’]s)? (?:code|pin|combination|"
    rf"number)(?: is|:|,)? ?(?:now )?{_SECRET}",
    r"(?:gate|door|garage|alarm|lock ?box|key ?pad)(?: \w+)? (?:is|opens with|opens at) #?\d[\d-]{2,}\d#?"
    r"(?!\s?(?:sq|feet|foot|ft|inch|cm|mm|hours|years|dollars))",
    rf"(?:the )?(?:pin|password|passcode|combination)\b[^.?!\n]{{0,40}}?(?: is|:)? ?{_SECRET}",
    r"(?:the |your |hidden |spare ){0,2}key (?:is|hangs|lies|sits|stays) (?:hidden )?(?:under|behind|in|on|above|"
    r"inside) the \w+(?: \w+)?",
    rf"(?:código|clave|contraseña|pin)(?: (?:de la|del|de) (?:puerta|verja|portón|entrada|alarma|garaje|cancela|wifi|"
    rf"wi-fi|caja))?(?: lateral)?(?: es|:|,)? ?(?:el |la )?{_SECRET}",
    r"(?:la )?llave (?:está|cuelga|queda) (?:debajo|detrás|dentro|encima) del? (?:la |los |las )?\w+(?: \w+)?",
)  # fmt: skip
_NOT_SECRET = re.compile(r"\b(?:error|part|product|postal|zip|discount|código de error|código postal)\b", re.IGNORECASE)
_CARD = re.compile(r"(?<![\d.,-])\d(?:[ -]?\d){12,18}(?![\d-])")
_SOCIAL = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")


def advise(message: Message) -> Advice:
    """Look for what is noted as private, and for what is private wherever it stands."""
    for text, what in ((message.own_words, "text"), (message.subject, "subject")):
        for start, end, why in _found(text, message.knows.private):
            where = Span("text" if what == "text" else "subject", start, end)
            return Advice(KIND, ok=False, text=f"“{message.said(where)}”: {why}", where=where)
    return Advice(KIND, ok=True, text="Nothing private")


def _found(text: str, private: tuple[Private, ...]) -> Iterator[tuple[int, int, str]]:
    for each in private:
        for start, end in _copies(text, each):
            yield start, end, f"this is {each.what}, and not for a mail"
    for told in _TOLD.finditer(text):
        if not _NOT_SECRET.search(told[0]):
            yield told.start(), told.end(), "a way in does not belong into a mail: say it on the phone"
    for card in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", card[0])):
            yield card.start(), card.end(), "a card's number does not belong into a mail"
    for number in _SOCIAL.finditer(text):
        yield number.start(), number.end(), "this number does not belong into a mail"


def _copies(text: str, private: Private) -> Iterator[tuple[int, int]]:
    """Find a code of what is private, or a run of its words; a number in the notes may be a price they know."""
    notes = private.what == FROM_NOTES
    for number in () if notes else set(re.findall(r"(?<![\w-])(?=[\w#*-]*\d{3})[\w#*-]+", private.words)):
        if found := re.search(rf"(?<!\w){re.escape(number.strip('#*'))}(?!\w)", text):
            yield found.start(), found.end()
    words = re.findall(r"\w+", private.words.casefold())
    run = _RUN.get(private.what, _RUN_OF_NOTES)
    runs = {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
    if not runs:
        return
    places = list(re.finditer(r"\w+", text))
    said = [word[0].casefold() for word in places]
    for at in range(len(said) - run + 1):
        if tuple(said[at : at + run]) in runs:
            yield places[at].start(), places[at + run - 1].end()


def _luhn(digits: str) -> bool:
    """Whether a number has the check digit of a payment card (ISO/IEC 7812-1)."""
    doubled = (int(each) * (2 if at % 2 else 1) for at, each in enumerate(reversed(digits)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
