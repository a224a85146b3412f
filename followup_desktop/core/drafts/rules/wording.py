"""A written message taken apart for the coach: greeting, sentences, questions, words, and the facts it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Fact, Facts, Knowledge, Part, Span
from followup_desktop.core.drafts.rules.footing import footer_start

_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hola|buen[oa]s (?:días|tardes|noches)|estimad[oa]s?|"
    r"querid[oa]s?)\b(?P<name>[^\n]*)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«][^”\"»\n]*[”\"»]")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”»\")]*(?=\s|$)|(?=\n|$))", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’.,:/@-][^\W_]+)*")

_ENGLISH = """
the and you your to of in is it was we with for that on at are have this will not be if my us so from by as had has me
what when there would
"""
_SPANISH = """
el la los las y de en que su usted un una con por para lo le es está se si no del al nos me más como ya fue estuvo qué
cuando desde muy hay
"""
_COMMON = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_LINKS = """
about after again been before could from have that their them then there they this were will with your para pero este
esta desde hasta sobre como cuando
"""
_EMPTY = frozenset(_LINKS.split())
_STEM = 5

_TELLING, _CLEARLY, _NOTED = 5, 3, 2
"""Common words needed to tell, how many times more of one language than of the other, and those of a short note."""

ABOUT_NOBODY = ("customer.given_name", "customer.name", "customer.company", "owner.", "business.", "review.")
"""Fields that say who, but nothing of what happened with this customer."""


THEIR_WORDS = ("complaint.what", "complaint.wish", "case.wanted", "rating.text", "message.question", "message.subject")
"""Fields that hold what the customer said; the coach does not correct the customer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and where it stands in the text."""

    text: str
    start: int

    @property
    def where(self) -> Span:
        """Its place in the text."""
        return Span("text", self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the coach reads it."""

    subject: str
    text: str
    facts: Facts
    purpose: Purpose
    language: str
    greeting: str
    """The name part of the greeting's line, or the whole first line where there is no greeting."""
    has_greeting: bool
    body: str
    body_start: int
    sentences: tuple[Sentence, ...]
    used: tuple[Fact, ...]
    """Facts about what happened whose words stand in the text."""
    knows: Knowledge = NOTHING_KNOWN

    @property
    def word_count(self) -> int:
        """How many words the message has, without greeting and signature."""
        return len(_WORD.findall(self.body))

    @property
    def questions(self) -> tuple[Sentence, ...]:
        """The questions we ask; one we quote is theirs."""
        return tuple(each for each in self.sentences if "?" in _QUOTED.sub("", each.text))

    def find(self, pattern: re.Pattern[str]) -> Span | None:
        """Return where a pattern first stands in our own words, in the text or in the subject."""
        parts: Sequence[tuple[Part, str]] = (("text", self.text), ("subject", self.subject))
        for part, words in parts:
            if found := pattern.search(_without_theirs(words, self.facts)):
                return Span(part, found.start(), found.end())
        return None

    @property
    def own_words(self) -> str:
        """The text with what the customer said, quoted or as a fact, blanked out: every place is where it was."""
        return _without_theirs(self.text, self.facts)

    def said(self, where: Span) -> str:
        """Return the words at a place."""
        return (self.text if where.part == "text" else self.subject)[where.start : where.end]


def read_message(
    text: str, subject: str, facts: Facts, purpose: Purpose, language: str, knows: Knowledge = NOTHING_KNOWN
) -> Message:
    """Take a message apart."""
    first, _, _ = text.lstrip("\n").partition("\n")
    greeted = _GREETING.fullmatch(first)
    start = text.find(first) + len(first) if greeted else 0
    end = _signature_start(text[: footer_start(text, knows.postal_address)], start, facts)
    body = text[start:end]
    sentences = tuple(Sentence(m[0].rstrip(), start + m.start()) for m in _SENTENCE.finditer(body) if m[0].strip())
    said = text.casefold()
    used = tuple(fact for fact in _telling(facts.by_key.values()) if stands_in(fact, said))
    name = greeted["name"].strip() if greeted else first.strip()
    return Message(
        subject, text, facts, purpose, language[:2], name, greeted is not None, body, start, sentences, used, knows
    )


def language_of(text: str) -> str:
    """Return "en" or "es" where a text is clearly one of them, else nothing: it is short, mixed or neither."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    most, other = ("en", "es") if counts["en"] >= counts["es"] else ("es", "en")
    return most if counts[most] >= _TELLING and counts[most] >= _CLEARLY * counts[other] else ""


def is_foreign(text: str, language: str) -> bool:
    """Whether a note is in the other of the two languages than a letter: two of its common words, and few of ours."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    ours, theirs = ("es", "en") if language[:2] == "es" else ("en", "es")
    strange = sum(word in _COMMON[theirs] for word in words)
    return strange >= _NOTED and strange > 2 * sum(word in _COMMON[ours] for word in words)


def phrases(*words: str) -> re.Pattern[str]:
    """Make a pattern of whole phrases; each may itself hold a pattern."""
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)


def _signature_start(text: str, after: int, facts: Facts) -> int:
    """Find the last paragraph, if it is short and signs: the owner's or the business's name, or a few words."""
    end = len(text.rstrip())
    start = text.rfind("\n\n", after, end)
    last = text[start + 2 : end] if start >= 0 else ""
    names = [words for key in ("owner.first_name", "owner.name", "business.name") if (words := facts.text(key))]
    signs = any(name in last for name in names) or not re.search(r"[.?!:]", last)
    return start if last and len(last.split()) <= 8 and "?" not in last and signs else end


def _without_theirs(words: str, facts: Facts) -> str:
    """Blank out what the customer said, quoted or as a fact, without moving anything."""
    for key in THEIR_WORDS:
        if said := facts.text(key):
            words = words.replace(said, " " * len(said))
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)


def _telling(facts: Iterable[Fact]) -> Iterable[Fact]:
    return (fact for fact in facts if not fact.key.startswith(ABOUT_NOBODY))


def stands_in(fact: Fact, said: str) -> bool:
    """Whether a fact stands in a text (in lower case): as it is, or told in other order with most of its own words.

    Of a long note, its beginning is enough.
    """
    words = " ".join(fact.text.casefold().split()).strip(" .!?")[:60]
    if len(words) < 3:
        return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) is not None
    if words in said:
        return True
    own = _own_words(words)
    return len(own) > 1 and len(own & _own_words(said)) >= max(2, len(own) / 2)


def _own_words(text: str) -> frozenset[str]:
    """Return the words and numbers that say something, by their first letters: “skipped” is “skip”."""
    found = (word for word in _WORD.findall(text) if word not in _EMPTY and (len(word) > 3 or word[0].isdigit()))
    return frozenset(word[:_STEM] for word in found)
