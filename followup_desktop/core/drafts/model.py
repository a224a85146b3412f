"""Templates, facts, drafts and advice.

A template reads fields (`customer.given_name`); a field is filled by a fact, or it is missing. Every field is always
there for a template, missing ones as nothing, so that `{% if visit.technician %}` leaves its sentence out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from followup_desktop.core.contactpoints.model import Purpose

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "customer.given_name": "the customer's first name",
        "customer.name": "the customer's whole name",
        "customer.company": "the customer's company",
        "customer.reached_by": "how they like to be reached, where they said so: “by text”",
        "owner.first_name": "your first name",
        "owner.name": "your whole name",
        "business.name": "your business",
        "business.phone": "the number to ring you on",
        "business.phone_hours": "when you are best rung, such as “mornings”",
        "event.day": "the day it happened, as one says it: “this morning”, “on Tuesday”, “on 6 November”",
        "event.date": "the day it happened, with its date: “Tuesday 17 November”",
        "event.what": "what it was, short enough to stand after “the”: “pump repair”",
        "event.note": "what you noted about it, as its own sentence",
        "event.amount": "what it cost",
        "visit.technician": "who was there, or who comes",
        "visit.day": "the day of the last visit, as one says it: “on Tuesday”",
        "visit.note": "what you noted about the last visit, as its own sentence",
        "visit.next_day": "the next visit: “Tuesday 24 November”",
        "visit.usual_day": "the day they are visited: “Tuesday”",
        "visit.window": "the arrival window: “between 9 and 11”",
        "booking.what": "what is booked, short enough to stand after “the”",
        "booking.date": "the day that is booked: “Tuesday 17 November”",
        "booking.window": "the arrival window that is booked",
        "purchase.what": "what they bought, short enough to stand after “the”",
        "purchase.amount": "what they paid",
        "equipment.what": "what was fitted, short enough to stand after “the”",
        "equipment.warranty_until": "when its warranty ends",
        "quote.about": "what the quote is for, short enough to stand after “the”",
        "quote.amount": "the price in the quote",
        "quote.day": "since when they have it, as one says it: “Wednesday”",
        "quote.until": "until when it holds",
        "inquiry.about": "what they asked about, short enough to stand after “the”",
        "rating.score": "the rating they gave, 1 to 5",
        "rating.text": "what they wrote with it",
        "complaint.what": "what they complained about",
        "complaint.wish": "what they asked to be done about it, in their own words",
        "case.put_right": "what was done to put it right, as its own sentence",
        "case.put_right_date": "the day it was put right: “Monday 9 November”",
        "case.offer": "what you gave to make up for it: “$40 credit”",
        "case.held": "since when it has held, where they said so: “7 November”",
        "case.owed": "what of it you have not given yet",
        "case.apology": "your own words of apology, as their own sentence",
        "case.wanted": "what they said would put it right",
        "case.assured": "what you assured them and have not done yet",
        "case.assured_due": "when you said you would, as one says it",
        "case.standard": "the standard that was missed",
        "case.change": "what you changed so that it does not happen again, as its own sentence",
        "promise.what": "what you promised",
        "promise.day": "the day you promised it, as one says it",
        "promise.due": "when it is due, as one says it",
        "promise.missed": "the day it was due, where that has gone by: “yesterday”",
        "promise.was": "the day it was promised for, before you moved it: “Friday”",
        "message.day": "the day they wrote, as one says it",
        "message.subject": "the subject of what they wrote",
        "message.question": "what they asked, in their words",
        "answer.words": "your answer to what they wrote, as its own sentences",
        "referral.name": "whom they sent to you",
        "referral.day": "the day of it, as one says it",
        "agreement.what": "what runs out, short enough to stand after “the”",
        "agreement.until": "when it runs out",
        "agreement.left": "how long it still runs, roughly: “a month”, “two weeks”, “3 days”",
        "agreement.price": "what it will cost from then on",
        "customer.since": "since when they are with you: “March 2021”",
        "review.link": "where a review is written",
        "campaign.topic": "what a campaign is about, as its subject",
        "campaign.words": "what you wrote for a campaign, as its own sentences",
        "campaign.ask": "the question a campaign asks",
        "season.what": "the seasonal work you offer, short enough to stand after “the”",
        "season.price": "what it costs",
    }
)
"""Every field a template may use, and what it means."""

NUMBERS = frozenset({"rating.score"})
"""Fields that are numbers, so that templates can compare them; every other fact is worded before it gets here."""

SUBJECT = "Subject:"
"""How the first line of a mail's template begins."""

Part = Literal["subject", "text"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about this customer: the field it fills, its words, and in words where it comes from.

    `text` is what the message shows. `number` is what a template compares with, where there is one.
    """

    key: str
    text: str
    source: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known for one draft, by field."""

    by_key: Mapping[str, Fact]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Facts:
        """Gather facts; an empty one counts as missing, and the first of two for the same field is kept."""
        kept: dict[str, Fact] = {}
        for fact in facts:
            if fact.text.strip():
                kept.setdefault(fact.key, fact)
        return cls(MappingProxyType(kept))

    def text(self, key: str) -> str | None:
        """Return the words of a field, or nothing where it is missing."""
        fact = self.by_key.get(key)
        return fact.text if fact else None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which template: what journeys call it, for which channel, in which language, for which segment ("": everybody).

    `key` is "<purpose>/<name>".
    """

    key: str
    channel: str = "email"
    language: str = "en"
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One template: which message it is for, in which channel and language, for whom, and its words.

    `key` is "<purpose>/<name>", as journeys name it. `version` is 0 for one that ships, else the owner's.
    """

    key: str
    purpose: Purpose
    channel: str
    language: str
    source: str
    segment: str = ""
    version: int = 0

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return Place(self.key, self.channel, self.language, self.segment)


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One of the owner's versions of a template; without `text`, from then on the shipped one counts again."""

    place: Place
    version: int
    at: datetime
    text: str | None


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong with a template, in words, and on which line (the first is 1)."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a draft: from one character to before another."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact where it stands in a draft."""

    fact: Fact
    where: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as proposed: nothing of it goes out before it was read."""

    subject: str
    text: str
    facts_used: tuple[UsedFact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Each fact used, once, in the order of its first appearance."""
        return tuple({used.fact.key: used.fact for used in self.facts_used}.values())


@dataclass(frozen=True, slots=True)
class Instead:
    """Other words that an advice offers: what the button says, and the whole message as it would then be."""

    label: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the coach says about one measure of a good message: kept or not, and why, and where.

    `must` marks what would be unlawful to send as it stands; everything else is advice. `instead` offers other words.
    """

    kind: str
    ok: bool
    text: str
    where: Span | None = None
    must: bool = False
    instead: Instead | None = None


# --- what the coach knows besides the words --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A message of ours to someone of the household. `to` is empty where it was this customer.

    `day` is in the customer's zone; `answered` names who answered it.
    """

    day: date
    to: str
    subject: str
    text: str
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was said to a household, ready to be compared on every keystroke; made by `repeats.prepared`."""

    messages: tuple[Said, ...] = ()
    sizes: tuple[int, ...] = ()
    by_piece: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Which messages hold a piece of three words."""
    by_text: Mapping[str, int] = field(default_factory=dict)
    questions: tuple[tuple[frozenset[str], int], ...] = ()


FROM_NOTES = "from your notes on them"
"""What a private line is that stands in the owner's notes."""


@dataclass(frozen=True, slots=True)
class Private:
    """Something noted about a customer that is not for their eyes, or not for a mail: what it is, and its words."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """An amount that was true once: its words, what it was for, and what has taken its place."""

    words: str
    what: str
    now: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Another template for the same message, made of this customer's facts."""

    template: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact nothing knows that a template would use: its field, what it is, and an example of it."""

    key: str
    what: str
    example: str


@dataclass(frozen=True, slots=True)
class PhraseChange:
    """Words of a template that the owner replaced in one message."""

    place: Place
    follow_up: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VoiceProposal:
    """A change to a template that the owner keeps making by hand: in how many messages, and the template with it."""

    place: Place
    before: str
    after: str
    times: int
    text: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the coach knows besides the words and the facts; where nothing is known, the rule that asks keeps quiet.

    Days are in the customer's zone. `written` is the day the owner's own version of the draft was kept; `visits` are
    the days planned, soonest first; `others` are names of other customers, folded; `answers` says, by topic, what need
    not be asked; `reads` is the language the customer is known to read; `refused` says why nothing may be sent to them.
    """

    channel: str = "email"
    commercial: bool = False
    postal_address: str = ""
    refused: str = ""
    today: date | None = None
    written: date | None = None
    day_first: bool = False
    visits: tuple[date, ...] = ()
    outdated: tuple[Outdated, ...] = ()
    made: Draft | None = None
    before: Before = field(default_factory=Before)
    wordings: tuple[Wording, ...] = ()
    private: tuple[Private, ...] = ()
    others: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    enclosures: tuple[str, ...] = ()
    reads: str = ""


NOTHING_KNOWN = Knowledge()
"""What is known of nobody in particular."""


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What to know, say, ask and note down on the phone, line by line; `then` is how to go on."""

    heading: str
    about: tuple[str, ...]
    say: tuple[str, ...]
    ask: tuple[str, ...]
    note: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file kept for enclosing: what the owner calls it, its file name, and its bytes' size and hash."""

    id: int
    name: str
    file_name: str
    size: int
    sha256: str
