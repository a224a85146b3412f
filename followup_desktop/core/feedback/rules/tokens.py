"""Links that answer a question by mail, and the seal by which their answers are known. Pure.

A link is `mailto:` our own address with the score and a reference in its subject: "4/5 ref 000XK7Q2M9XA". The last
eight characters of the reference are a seal (HMAC-SHA-256, RFC 2104, cut to 40 bits) over the question; the ones before
it are the question's number. Both are in Crockford's base 32, whose letters are not mistaken for one another.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.feedback.model import BOUNDS, Asked, Reference, Scale, Verdict
from followup_desktop.core.feedback.rules.scores import is_on, score_words
from followup_desktop.mail.parse.answer import link_answer

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEAL, NUMBER = 8, 4
"""Characters of the seal, and at least of the number before it."""
VALID = timedelta(days=60)
"""So long after the question an answer by link is counted."""

_MISREAD = str.maketrans("OIL", "011")
_TOPS = {most: scale for scale, (_least, most) in BOUNDS.items()}


def reference_for(secret: str, follow_up: int, uuid: str, scale: Scale) -> str:
    """Return the reference of a question."""
    number = _written(follow_up).rjust(NUMBER, ALPHABET[0])
    return number + seal_of(secret, follow_up, uuid, scale)


def seal_of(secret: str, follow_up: int, uuid: str, scale: Scale) -> str:
    """Return the seal of a question: only this store can make it."""
    said = f"answer/{follow_up}/{uuid}/{scale}".encode()
    bits = int.from_bytes(hmac.new(secret.encode(), said, hashlib.sha256).digest()[:5], "big")
    return _written(bits).rjust(SEAL, ALPHABET[0])


def reference_in(subject: str) -> Reference | None:
    """Return what a subject says, if it is that of an answer by link; whether it is genuine is another matter."""
    found = link_answer(subject)
    if found is None:
        return None
    token = found.token.upper().translate(_MISREAD)
    # What cannot be a number of ours is a forged one; 0 is nobody's.
    return Reference(found.score, _TOPS[found.top], _read(token[:-SEAL]) or 0, token[-SEAL:])


def judge(given: Reference, asked: Asked | None, secret: str, sender: int | None, now: datetime) -> Verdict:
    """Say what becomes of an answer by link; `sender` is the customer whose address it came from, where one is."""
    if asked is None or not is_genuine(given, asked, secret):
        return Verdict.FORGED
    if sender is not None and sender != asked.customer:
        return Verdict.SOMEBODY_ELSE
    if asked.answered_at is not None:
        return Verdict.TWICE
    if score_of(given) is None:
        return Verdict.OUT_OF_SCALE
    return Verdict.EXPIRED if now - asked.at > VALID else Verdict.COUNTED


def is_genuine(given: Reference, asked: Asked, secret: str) -> bool:
    """Whether a reference is the one we made for that question."""
    made = seal_of(secret, asked.follow_up, asked.uuid, asked.scale)
    return bool(secret) and given.scale is asked.scale and hmac.compare_digest(made, given.seal)


def score_of(given: Reference) -> int | None:
    """Return the number an answer by link gives, where it is on its scale."""
    score = int(given.score) if given.score.isascii() and given.score.isdigit() else None
    return score if score is not None and is_on(given.scale, score) else None


def why_not(verdict: Verdict, given: Reference, asked: Asked | None, zone: str) -> str:
    """Say why a number was not counted; the words that came with it stand in the history all the same."""
    said = f"“{given.score[:12]} of {BOUNDS[given.scale][1]}”"
    if verdict is Verdict.TWICE and asked is not None and asked.answered_at is not None:
        day = day_words(local_day(asked.answered_at, zone))
        before = score_words(asked.scale, asked.answered) or "already"
        return f"{said} was not counted: this question was answered on {day} ({before}), and the first answer counts."
    if verdict is Verdict.EXPIRED and asked is not None:
        day = day_words(local_day(asked.at, zone))
        return f"{said} was not counted: the question was asked on {day}, more than {VALID.days} days ago."
    if verdict is Verdict.OUT_OF_SCALE:
        least, most = BOUNDS[given.scale]
        return f"{said} was not counted: the scale goes from {least} to {most}."
    if verdict is Verdict.SOMEBODY_ELSE:
        return f"{said} was not counted: the question was asked of another customer, not of them."
    return f"{said} was not counted: its reference is not one that you sent."


_LEAD = {
    "en": "Or press a number; the mail that opens only wants sending:",
    "es": "O pulse un número; el correo que se abre solo hay que enviarlo:",
}
_ENDS = {
    ("en", Scale.CSAT): ("not at all", "entirely"),
    ("es", Scale.CSAT): ("nada", "del todo"),
    ("en", Scale.NPS): ("not at all", "certainly"),
    ("es", Scale.NPS): ("de ninguna manera", "sin dudarlo"),
}
_WHY = {"en": "Why: ", "es": "Por qué: "}
_PROMPT = re.compile(
    r"\A\s*(?:" + "|".join(re.escape(words.strip()) for words in _WHY.values()) + r")\s*", re.IGNORECASE
)
_GREETING = re.compile(
    r"((many |kind |best |warm )?(thanks|thank you|regards|wishes|best|cheers|sincerely)|yours( \w+)?|"
    r"(muchas )?gracias|(un )?(cordial )?saludos?|atentamente|un abrazo)\W*",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<mailto:[^>\s]*%20ref%20[0-9A-Z]{9,}")
_LINES = re.compile(r"(?m)(?:^\d{1,2}[^\n<]*<mailto:[^>\s]*%20ref%20[0-9A-Z]{9,}[^>\s]*>(?:\n(?=\d)|$))+")


def links(address: str, scale: Scale, reference: str, language: str) -> str:
    """Return the paragraph with one link for each number of a scale."""
    spoken = language[:2] if language[:2] in _LEAD else "en"
    least, most = BOUNDS[scale]
    low, high = _ENDS[spoken, scale]
    words = {least: f", {low}", most: f", {high}"}
    lines = [
        f"{score}{words.get(score, '')} <{link(address, scale, score, reference, spoken)}>"
        for score in range(most, least - 1, -1)
    ]
    return "\n".join([_LEAD[spoken], *lines])


def link(address: str, scale: Scale, score: int, reference: str, language: str) -> str:
    """Return the link that answers with one number (RFC 6068): a space is %20, for mail programs show a + as it is."""
    subject = _quoted(f"{score}/{BOUNDS[scale][1]} ref {reference}")
    return f"mailto:{_quoted(address, '@')}?subject={subject}&body={_quoted(_WHY[language])}"


def has_links(text: str) -> bool:
    """Whether a text holds links that answer a question."""
    return _BLOCK.search(text) is not None


@dataclass(frozen=True, slots=True)
class Folded:
    """The links of a text, and the line that stands for them where somebody reads or changes it."""

    lines: str = ""
    short: str = ""

    def shown(self, text: str) -> str:
        """Return a text with the short line in place of the links."""
        return text.replace(self.lines, self.short, 1) if self.lines else text

    def meant(self, text: str) -> str:
        """Return a text with the links in place of the short line; without it there are none."""
        if not self.lines:
            return text
        lines = text.split("\n")
        found = next((place for place, line in enumerate(lines) if line.strip() == self.short), None)
        return text if found is None else "\n".join([*lines[:found], self.lines, *lines[found + 1 :]])

    def place(self, text: str, at: int) -> int:
        """Return where a place of the text that is meant stands in the one that is shown."""
        start = text.find(self.lines) if self.lines else -1
        if start < 0 or at <= start:
            return at
        end = start + len(self.lines)
        return start + len(self.short) + max(at - end, 0)


def fold_links(text: str) -> Folded:
    """Find the links in a text: `5, entirely <mailto:…>` and the others are long, and nobody reads them."""
    found = _LINES.search(text)
    if found is None:
        return Folded()
    numbers = [line.split("<")[0].strip() for line in found.group().split("\n")]
    return Folded(found.group(), "  ".join(f"[{number}]" for number in numbers))


def their_words(text: str, *names: str) -> str:
    """Return what they wrote themselves, without the word that the link put there and their name below it."""
    return _unsigned(_PROMPT.sub("", text).strip(), {word for name in names for word in _letters(name)})


def _unsigned(text: str, names: Collection[str]) -> str:
    above, _, last = text.rpartition("\n")
    if not above.strip() or not (words := _letters(last)) or not set(words) <= set(names):
        return text
    above, _, closing = above.rstrip().rpartition("\n")
    return above.rstrip() if above.strip() and _GREETING.fullmatch(closing.strip()) else f"{above}\n{closing}".strip()


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _quoted(text: str, plain: str = "") -> str:
    safe = frozenset("-._~" + plain)
    return "".join(
        letter
        if (letter.isascii() and letter.isalnum()) or letter in safe
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def _written(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
    return digits or ALPHABET[0]


def _read(digits: str) -> int | None:
    if not all(digit in ALPHABET for digit in digits):
        return None
    number = 0
    for digit in digits:
        number = number * 32 + ALPHABET.index(digit)
    return number if number < 2**31 else None
