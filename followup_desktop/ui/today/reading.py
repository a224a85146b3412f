"""What Today asks the store: the queue with what needs the owner, and everything about one card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from followup_desktop.base.wording import list_words, sentence
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.model import Wish
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerLine
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Enclosure, Knowledge, Template, VoiceProposal
from followup_desktop.core.drafts.queries import Proposal, enclosures, proposal, templates_now, voice_of
from followup_desktop.core.drafts.queries.knowing import knowledge
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.messages import queries as messages
from followup_desktop.core.messages.model import (
    MailAccount,
    MessageId,
    MessageState,
    OutboxLine,
    Returned,
    StoredMessage,
    Stranger,
)
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business, Operator
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.rules import Reader, find_promises
from followup_desktop.core.promises.rules.finding import is_in_mind
from followup_desktop.core.promises.rules.folding import fold
from followup_desktop.core.queue.model import Back, Card, Queue
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.core.queue.queries import today, whose
from followup_desktop.core.queue.queries.back import back
from followup_desktop.core.queue.rules.absence import days_off
from followup_desktop.core.queue.rules.wishes import led_by_wishes
from followup_desktop.core.routes import queries as routes

RECENT = 40
"""How much of the history stands beside a draft."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day as the page shows it; `now` is UTC, `zone` the business's."""

    now: datetime
    zone: str
    queue: Queue
    unsure: tuple[OutboxLine, ...]
    """Messages of which nobody knows whether they left."""
    refused: tuple[OutboxLine, ...]
    """Messages that were refused, of customers who are on the list again."""
    paused: str
    """Why sending stands still, or nothing."""
    anybody: bool
    """Whether there is a customer at all."""
    tomorrow: int
    """How many cards tomorrow opens with; only counted when today has none."""
    people: tuple[Operator, ...] = ()
    """Everyone who uses the program."""
    owners: Mapping[int, int] = field(default_factory=dict)
    """For whom each card is, by its leading follow-up."""
    back: Back | None = None
    """What fell due while the owner was away, until they begin the day."""
    wishes: tuple[Wish, ...] = ()
    """What customers seem to ask for in their mails, until it is decided."""
    returned: tuple[Returned, ...] = ()
    """Messages that came back and nobody has seen to."""
    strangers: tuple[Stranger, ...] = ()
    """Mail of people who are no customers."""
    off: tuple[date, date] | None = None
    """The days off that were marked and are not over."""
    behind: tuple[Card, ...] = ()
    """Answers to those who seem to ask for no more mail: they wait until it is said what was meant."""
    promised: int = 0
    """How many promises were found in what the owner wrote and are not decided yet."""

    def to_decide(self) -> bool:
        """Whether the day begins with what fell due in days off."""
        return self.back is not None and bool(self.back.items)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around a draft: whom it is about, what happened, when we see them next."""

    customer: int
    name: str
    email: str
    phone: str
    prefers: str
    line: CustomerLine | None
    case: Case | None
    events: tuple[Event, ...]
    next_visit: tuple[date, str] | None
    today: date
    now: datetime
    business: Business


@dataclass(frozen=True, slots=True)
class CardView:
    """One card whole: the draft and what stands around it."""

    proposal: Proposal
    beside: Beside
    account: str
    """The address mail goes out from, or nothing."""
    kept: tuple[Enclosure, ...]
    """The files kept for enclosing."""
    voice: tuple[VoiceProposal, ...]
    """What the owner keeps changing in drafts of this template."""
    returned: StoredMessage | None
    """The message to this customer that was refused or came back, with its words."""
    returned_why: str
    knows: Knowledge = NOTHING_KNOWN
    """What the coach knows besides the words."""
    decided: frozenset[str] = frozenset()
    """Sentences (folded) of which the owner said lately whether they are a promise to this customer."""
    no_mail: str = ""
    """Where they said no to mail, and in what words."""
    signature: str = ""
    """The lines that stand below a mail to this customer without being part of the draft."""


def read_today(session: Session, now: datetime, mine: str = "") -> TodayView:
    """Return the day as it stands now; `mine` narrows it to the operator of that UUID, and what is nobody's."""
    found = today.queue(session, now)
    people = operators.operators(session)
    me = next((person for person in people if person.uuid == mine), None)
    found = whose.mine(session, found, me.id) if me is not None else found
    wishes = consent.wishes(session)
    found, behind = led_by_wishes(found, wishes)
    outbox = messages.outbox(session)
    on_list = {card.customer for card in found.cards}
    accounts = messages.accounts(session)
    zone = operators.business(session).zone
    off = days_off(operators.settings(session))
    away = off is not None and local_day(now, zone) <= off[1]
    return TodayView(
        now=now,
        zone=zone,
        queue=found,
        unsure=tuple(line for line in outbox if line.state == MessageState.ASK),
        refused=_refused(outbox, on_list),
        paused=paused_words(accounts),
        anybody=bool(found.cards) or customers.any_customer(session),
        tomorrow=0 if found.cards else len(today.queue(session, now, found.day + timedelta(days=1)).cards),
        people=tuple(people),
        owners=whose.owners(session, found) if len(people) > 1 else {},
        back=None if away else back(session, now),
        off=off if away else None,
        wishes=tuple(wishes),
        behind=behind,
        strangers=tuple(messages.strangers(session)),
        returned=tuple(messages.returned(session, now)),
        promised=promises.offer_count(session),
    )


def paused_words(accounts: Sequence[MailAccount]) -> str:
    """Say why sending stands still, and with which account where there are several; nothing where it goes."""
    paused = [account for account in accounts if account.paused]
    if not paused or len(accounts) == 1:
        return paused[0].paused if paused else ""
    named = list_words(account.address for account in paused)
    return f"{named}: {paused[0].paused}" if len(paused) == 1 else f"{named} need you. {paused[0].paused}"


def read_card(
    session: Session, follow_up: int, templates: Sequence[Template], now: datetime, *, fresh: bool = False
) -> CardView:
    """Return one card whole; raises Problem where its template cannot be used."""
    found = proposal(session, follow_up, templates, now, fresh=fresh)
    beside = read_beside(session, found.follow_up.customer, now)
    reader = Reader(now, beside.business.zone, beside.business.region)
    account, sender = messages.account(session), messages.sender_for(session, beside.customer)
    lost, why = _lost(session, beside.customer, now)
    return CardView(
        proposal=found,
        beside=beside,
        account=account.address if account else "",
        kept=tuple(enclosures(session)),
        voice=tuple(_voice(session, found, templates)),
        returned=lost,
        returned_why=why,
        knows=knowledge(session, found, templates, now),
        decided=promises.decided_lately(session, beside.customer, now) | _said_anyway(session, found, reader),
        no_mail=_no_mail(session, beside.customer),
        signature=sender.signature if sender is not None else "",
    )


def _said_anyway(session: Session, found: Proposal, reader: Reader) -> frozenset[str]:
    """Return the sentences (folded) of the draft as it was made that are no new promise.

    What promises something without a day are words of a template, not of the owner; the rest may be kept in mind
    already. Finding is made ready by the way, which takes 0.2 s the first time.
    """
    said = find_promises(found.made.text, reader)
    dated = any(one.due_date is not None for one in said)
    kept = promises.of_customers(session, [int(found.follow_up.customer)]) if dated else []
    return frozenset(fold(one.sentence) for one in said if one.due_date is None or is_in_mind(one, kept))


def _no_mail(session: Session, customer: int) -> str:
    """Return the source of a customer's no to mail, or nothing."""
    said = (one for one in consent.consents(session, customer) if one.channel == "email" and not one.allowed)
    return next((sentence(one.source) or "Said so." for one in said), "")


def _lost(session: Session, customer: int, now: datetime) -> tuple[StoredMessage | None, str]:
    """Return the last message to a customer that did not arrive, and why; None where there is none."""
    refused = next(iter(_refused(messages.outbox(session), {customer})), None)
    if refused is not None:
        return messages.message(session, refused.id), refused.said
    back = next((one for one in messages.returned(session, now) if one.customer == customer), None)
    if back is None or back.ours is None:
        return None, ""
    return messages.message(session, back.ours), back.why


def read_held(session: Session, follow_up: int, now: datetime) -> tuple[FollowUp, Beside]:
    """Return something held back, and what stands around it."""
    found = journeys.follow_up(session, follow_up)
    return found, read_beside(session, found.customer, now)


def read_beside(session: Session, customer: int, now: datetime) -> Beside:
    """Return what stands around a draft."""
    business = operators.business(session)
    who = customers.customer(session, customer)
    day = local_day(now, business.zone)
    mine = [case for case in cases.of_customers(session, [customer]) if case.state is not CaseState.CLOSED]
    return Beside(
        customer=customer,
        name=who.name,
        email=who.person.email,
        phone=who.person.phone,
        prefers=who.person.channel,
        line=lists.line(session, customer, now, business.zone),
        case=mine[0] if mine else None,
        events=tuple(history.history(session, who.id, RECENT)),
        next_visit=routes.next_visit(session, customer, day),
        today=day,
        now=now,
        business=business,
    )


def _voice(session: Session, found: Proposal, templates: Sequence[Template]) -> list[VoiceProposal]:
    here = next((each for each in templates_now(session, templates) if each.place == found.place), None)
    return voice_of(session, here) if here is not None else []


def read_sheet(session: Session, follow_up: int, templates: Sequence[Template], now: datetime, way: str) -> Proposal:
    """Return what to say on the phone, or the words of a text or a card (`way` is call, text or card)."""
    return proposal(session, follow_up, templates, now, way)


def read_message(session: Session, message: int) -> StoredMessage | None:
    """Return one message with its words."""
    return messages.message(session, message)


def leaves_at(session: Session, message: MessageId) -> datetime | None:
    """Return when a message in the outbox leaves at the earliest (UTC); None when it is not there any more."""
    return next((line.not_before for line in messages.outbox(session) if line.id == message), None)


def _refused(outbox: Iterable[OutboxLine], customers_: set[int]) -> tuple[OutboxLine, ...]:
    latest: dict[int, OutboxLine] = {}
    for line in outbox:
        latest.setdefault(line.customer, line)
    return tuple(line for line in latest.values() if line.state == MessageState.FAILED and line.customer in customers_)


def read_stranger(session: Session, stranger: int, now: datetime) -> tuple[Stranger | None, Beside]:
    """Return a mail of somebody who is no customer, and what stands around it: nothing happened yet."""
    business = operators.business(session)
    found = next((one for one in messages.strangers(session) if one.id == stranger), None)
    name, address = (found.name or found.address, found.address) if found is not None else ("", "")
    day = local_day(now, business.zone)
    return found, Beside(0, name, address, found.phone if found else "", "", None, None, (), None, day, now, business)
