"""Reading what is known for one draft, and the draft itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.base import money
from followup_desktop.base.zones import local
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Step, Whole
from followup_desktop.core.cases.rules import offer_words
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.model import Law
from followup_desktop.core.consent.rules.clocks import law_for
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.customers.rules import address_lines
from followup_desktop.core.drafts.model import (
    Asked,
    Draft,
    Enclosure,
    Fact,
    Facts,
    PhraseChange,
    Place,
    Template,
    TemplateVersion,
    UsedFact,
    VoiceProposal,
)
from followup_desktop.core.drafts.queries.owned import owned
from followup_desktop.core.drafts.rules.asking import asked
from followup_desktop.core.drafts.rules.days import bare_day, long_date, month_and_year, reached_by, said_day
from followup_desktop.core.drafts.rules.footing import is_commercial, with_footer, with_note
from followup_desktop.core.drafts.rules.naming import greeting_name
from followup_desktop.core.drafts.rules.reading import SAVED, choose, overlaid, saved_in, segments_of
from followup_desktop.core.drafts.rules.wishes import wish_in
from followup_desktop.core.drafts.rules.wording import is_foreign
from followup_desktop.core.drafts.tables import (
    DraftEnclosureRow,
    DraftRow,
    EnclosureRow,
    PhraseChangeRow,
    PhraseRefusalRow,
    TemplateEnclosureRow,
    TemplateRow,
    ToldFactRow,
)
from followup_desktop.core.feedback import queries as feedback
from followup_desktop.core.feedback.model import Scale
from followup_desktop.core.feedback.rules.tokens import links, reference_for
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import Event, EventId, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.journeys.rules.planner import what_happened
from followup_desktop.core.messages import queries as messages
from followup_desktop.core.messages.rules import bare_subject
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.routes import queries as routes
from followup_desktop.core.segments import queries as segments

_Days = tuple[datetime, str]
"""Now in the customer's zone, and their language: what a day is worded by."""
_THEIR_WORDS = (Happening.RATING, Happening.NPS, Happening.FEEDBACK, Happening.MESSAGE_IN)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft for one follow-up: to whom, the words, the facts with their source, and whether the owner changed it."""

    follow_up: FollowUp
    customer: Customer
    channel: str
    language: str
    subject: str
    text: str
    facts: tuple[Fact, ...]
    """The facts the draft uses, each once."""
    facts_used: tuple[UsedFact, ...]
    known: Facts
    """Everything that could be used."""
    changed: bool
    template: str
    place: Place | None
    """Which template the draft was made of."""
    made: Draft
    """The draft as it was made, before the owner changed it."""
    asked: tuple[Asked, ...] = ()
    """What the template would say if it were known."""
    address: tuple[str, ...] = ()
    """The customer's postal address, line by line."""
    enclosures: tuple[Enclosure, ...] = ()
    """What goes with the mail: the template's enclosures, with what the owner added and taken out."""

    @property
    def known_words(self) -> tuple[str, ...]:
        """The words of every fact known of this customer, other than who signs."""
        return tuple(
            fact.text for key, fact in self.known.by_key.items() if not key.startswith(("owner.", "business."))
        )


def segments_for(session: Session, customer: Customer, here: Sequence[Template], now: datetime) -> tuple[str, ...]:
    """Return what a customer is in, the owner's own segments first: somebody made these for a reason."""
    own = segments.containing(session, customer.id, saved_in(here), now)
    return (*(f"{SAVED}{one.id}" for one in own), *segments_of(customer.person))


def proposal(
    session: Session,
    key: int,
    templates: Sequence[Template],
    now: datetime,
    channel: str = "email",
    *,
    language: str = "",
    fresh: bool = False,
) -> Proposal:
    """Return the draft of a follow-up: as the owner left it, else made of the customer's facts.

    `templates` are those that ship; the owner's versions are put over them. Without `language`, it is the customer's,
    else the business's. With `fresh`, the owner's own changes are left aside.
    """
    from followup_desktop.core.drafts.rules.compose import compose  # brings Jinja2: today's list comes before it

    follow_up = journeys.follow_up(session, key)
    business = operators.business(session)
    customer = customers.customer(session, follow_up.customer)
    spoken = language or customer.person.language or business.language
    if follow_up.invited and not language:
        spoken = _language_of_campaign(session, follow_up.invited, spoken, business.language)
    facts = facts_of(session, follow_up, customer, business, now, spoken)
    here = templates_now(session, templates)
    template = choose(here, follow_up.template, channel, spoken, segments_for(session, customer, here, now))
    draft = Draft("", "")
    if template:
        draft = _with_links(session, compose(template, facts), follow_up, spoken, channel)
    if template and channel == "email":
        first = _is_first_in_europe(session, customer, follow_up, business)
        draft = _footed(draft, follow_up, business, spoken, note=first)
    kept = None if fresh or language or channel != "email" else session.get(DraftRow, key)
    return Proposal(
        follow_up=follow_up,
        customer=customer,
        channel=channel,
        language=spoken,
        subject=kept.subject if kept else draft.subject,
        text=kept.text if kept else draft.text,
        facts=draft.facts,
        facts_used=() if kept else draft.facts_used,
        known=facts,
        changed=kept is not None,
        template=template.key if template else "",
        place=template.place if template else None,
        made=draft,
        asked=asked(template.source, facts) if template and not kept else (),
        address=tuple(address_lines(customer.person, business.region)),
        enclosures=tuple(enclosed(session, key, template.place if template else None)),
    )


def _footed(draft: Draft, follow_up: FollowUp, business: Business, language: str, *, note: bool) -> Draft:
    """Put below a mail what the law asks for: below the first one what is kept and why, below an offer the way out."""
    text = with_note(draft.text, language) if note else draft.text
    if is_commercial(follow_up.purpose, follow_up.source):
        text = with_footer(text, business.name, business.postal_address, language)
    return draft if text == draft.text else replace(draft, text=text)


def _is_first_in_europe(session: Session, customer: Customer, follow_up: FollowUp, business: Business) -> bool:
    """Whether this is the first a customer hears from us where the law wants them told what is kept about them."""
    if follow_up.template == "ad_hoc/privacy":
        return False
    own = consent.laws(session, [customer.id]).get(customer.id, "")
    if law_for(own, business.contact_law, customer.person.country, business.region) is not Law.PECR:
        return False
    wrote = select(EventRow.id).where(EventRow.customer_id == customer.id, EventRow.what == Happening.MESSAGE_OUT)
    return session.scalars(wrote.limit(1)).first() is None


def _with_links(session: Session, draft: Draft, follow_up: FollowUp, language: str, channel: str) -> Draft:
    """Put below a mail that asks for a number one link for each number; nothing without an account of ours."""
    scale = {"csat": Scale.CSAT, "nps": Scale.NPS}.get(follow_up.question)
    account = messages.account(session) if scale and channel == "email" else None
    secret = feedback.secret(session) if account else ""
    if scale is None or account is None or not secret or not draft.text:
        return draft
    reference = reference_for(secret, follow_up.id, follow_up.uuid, scale)
    return replace(draft, text=f"{draft.text.rstrip()}\n\n{links(account.address, scale, reference, language)}")


def templates_now(session: Session, shipped: Sequence[Template]) -> Sequence[Template]:
    """Return the templates that count now: those that ship, with the owner's newest versions in their place."""
    newest = select(TemplateRow).where(TemplateRow.id.in_(select(func.max(TemplateRow.id)).group_by(*_PLACE)))
    own = [_version(row) for row in session.scalars(newest)]
    return overlaid(shipped, own) if own else shipped


def versions_of(session: Session, place: Place) -> list[TemplateVersion]:
    """Return the owner's versions of one template, the newest first."""
    query = select(TemplateRow).where(*_at(TemplateRow, place)).order_by(TemplateRow.version.desc())
    return [_version(row) for row in session.scalars(query)]


def voice_of(session: Session, template: Template) -> list[VoiceProposal]:
    """Return the changes to a template that the owner keeps making in its messages."""
    place = template.place
    rows = session.scalars(select(PhraseChangeRow).where(*_at(PhraseChangeRow, place)))
    changes = [PhraseChange(place, row.follow_up_id, row.before, row.after) for row in rows]
    if not changes:
        return []
    from followup_desktop.core.drafts.rules.voice import proposed  # brings Jinja2

    no = session.execute(select(PhraseRefusalRow.before, PhraseRefusalRow.after).where(*_at(PhraseRefusalRow, place)))
    return proposed(place, template.source, changes, {(before, after) for before, after in no})


def voice(session: Session, templates: Sequence[Template]) -> list[VoiceProposal]:
    """Return every change that the owner keeps making, over all templates that count now."""
    columns = (PhraseChangeRow.key, PhraseChangeRow.channel, PhraseChangeRow.language, PhraseChangeRow.segment)
    touched = {Place(*row) for row in session.execute(select(*columns).distinct())}
    return [one for each in templates if each.place in touched for one in voice_of(session, each)]


def enclosures(session: Session) -> list[Enclosure]:
    """Return every file kept for enclosing, by name."""
    rows = session.scalars(select(EnclosureRow).where(EnclosureRow.kept))
    return sorted(map(_enclosure, rows), key=lambda one: one.name.casefold())


def enclosures_of_template(session: Session, key: str, language: str) -> list[Enclosure]:
    """Return what goes with every mail of a template, by name."""
    where = (TemplateEnclosureRow.key == key, TemplateEnclosureRow.language == language, EnclosureRow.kept)
    rows = session.scalars(select(EnclosureRow).join(TemplateEnclosureRow).where(*where))
    return sorted(map(_enclosure, rows), key=lambda one: one.name.casefold())


def enclosed(session: Session, follow_up: int, place: Place | None) -> list[Enclosure]:
    """Return what goes with one mail: the template's enclosures, less and more what the owner decided for it."""
    found = enclosures_of_template(session, place.key, place.language) if place and place.channel == "email" else []
    of_draft = select(DraftEnclosureRow.enclosed, EnclosureRow).join(EnclosureRow)
    rows = session.execute(of_draft.where(DraftEnclosureRow.follow_up_id == follow_up)).all()
    out = {row.id for there, row in rows if not there}
    more = [_enclosure(row) for there, row in rows if there and row.id not in {one.id for one in found}]
    return [*(one for one in found if one.id not in out), *sorted(more, key=lambda one: one.name.casefold())]


def _enclosure(row: EnclosureRow) -> Enclosure:
    return Enclosure(row.id, row.name, row.file_name, row.size, row.sha256)


_PLACE = (TemplateRow.key, TemplateRow.channel, TemplateRow.language, TemplateRow.segment)


def _at(row: Any, place: Place) -> tuple[Any, ...]:
    return (
        row.key == place.key,
        row.channel == place.channel,
        row.language == place.language,
        row.segment == place.segment,
    )


def _version(row: TemplateRow) -> TemplateVersion:
    return TemplateVersion(Place(row.key, row.channel, row.language, row.segment), row.version, row.at, row.text)


NOTED = frozenset(("event.note", "visit.note", "case.put_right", "case.change", "case.apology", "case.standard"))
"""What the owner and their people noted for themselves: it has no place in a letter in another language."""

LOWEST_GLAD = {Happening.RATING: 4, Happening.NPS: 9}
"""From which answer on somebody is glad."""


def facts_of(
    session: Session, follow_up: FollowUp, customer: Customer, business: Business, now: datetime, language: str = ""
) -> Facts:
    """Gather everything known for one draft, each fact with its source in words."""
    zone = customer.person.zone or business.zone
    days = (local(now, zone), language or customer.person.language or business.language)
    told = list(_told(session, follow_up, zone))
    found = [*_people(customer, business, days), *_visits(session, customer, days)]
    event = history.event(session, follow_up.event) if follow_up.event else None
    if event:
        found += _event(event, days, zone)
    else:
        found += _last_visit(session, customer, days, zone)
    found += owned(session, follow_up, event, *days)
    if follow_up.invited:
        found += _campaign(session, follow_up.invited, days[1])
    if promise := follow_up.promise or follow_up.late_promise:
        found += _promise(session, promise, days)
    if event and event.what in LOWEST_GLAD and (event.rating or 0) < LOWEST_GLAD[event.what]:
        found += _case_behind(session, event, days, zone)
    if event and event.what is Happening.MESSAGE_IN:
        found += _held(session, event, days, zone)
    if follow_up.case or (event and event.what is Happening.COMPLAINT):
        found += _case(session, follow_up, days, zone)
    return Facts.of([*told, *(fact for fact in found if not (fact.key in NOTED and is_foreign(fact.text, days[1])))])


def _told(session: Session, follow_up: FollowUp, zone: str) -> Iterable[Fact]:
    """Give what the owner told for this message; it goes before everything else."""
    for row in session.scalars(select(ToldFactRow).where(ToldFactRow.follow_up_id == follow_up.id)):
        yield Fact(row.key, row.text, f"you told it on {long_date(local(row.at, zone).date(), 'en')}")


def _people(customer: Customer, business: Business, days: _Days) -> Iterable[Fact]:
    card, settings = "their entry in Customers", "Settings, Business"
    yield Fact("customer.given_name", greeting_name(customer.person.given_name, customer.person.family_name), card)
    yield Fact("customer.name", customer.name, card)
    yield Fact("customer.company", customer.person.company, card)
    yield Fact("customer.reached_by", reached_by(customer.person.channel, days[1]), card)
    since = customer.person.since
    if since and (days[0].date() - since).days > _NEW:
        yield Fact("customer.since", month_and_year(since, days[1]), card)
    yield Fact("owner.name", business.owner, settings)
    yield Fact("owner.first_name", business.first_name, settings)
    yield Fact("business.name", business.name, settings)
    yield Fact("business.phone", business.phone, settings)


_NEW = 90
"""Days for which nobody is told since when they are a customer: they know."""


def _visits(session: Session, customer: Customer, days: _Days) -> Iterable[Fact]:
    coming = routes.next_visit(session, customer.id, days[0].date())
    if coming:
        yield Fact("visit.next_day", long_date(coming[0], days[1]), "Routes")


def _event(event: Event, days: _Days, zone: str) -> Iterable[Fact]:
    at = local(event.at, zone)
    source = f"{what_happened(event)}, {long_date(at.date(), 'en')}"
    now, language = days
    yield Fact("event.day", said_day(at, now, language), source)
    yield Fact("event.date", long_date(at.date(), language), source)
    yield Fact("event.what", event.about, source)
    yield Fact("event.note", event.note, source)
    amount = _price(event, language)
    yield Fact("event.amount", amount, source)
    yield Fact("visit.technician", event.by, source)
    match event.what:
        case Happening.QUOTE_SENT:
            yield Fact("quote.about", event.about or event.note, source)
            yield Fact("quote.amount", amount, source)
            yield Fact("quote.day", bare_day(at, now, language), source)
        case Happening.PURCHASE:
            yield Fact("purchase.what", event.about or event.note, source)
            yield Fact("purchase.amount", amount, source)
        case Happening.RATING | Happening.NPS:
            yield Fact("rating.score", str(event.rating or ""), source, event.rating)
            yield Fact("rating.text", event.note, source)
            yield Fact("complaint.wish", wish_in(event.note), source)
        case Happening.DEALT_WITH:
            yield Fact("rating.text", event.about, source)
        case Happening.COMPLAINT:
            yield Fact("complaint.what", event.note or event.about, source)
            yield Fact("complaint.wish", wish_in(event.note), source)
        case Happening.BOOKING:
            yield Fact("booking.what", event.about or event.note, source)
        case Happening.INQUIRY:
            yield Fact("inquiry.about", event.about or event.note, source)
        case Happening.REFERRAL:
            yield Fact("referral.name", event.about or event.note, source)
            yield Fact("referral.day", said_day(at, now, language), source)
        case Happening.MESSAGE_IN:
            yield Fact("message.day", said_day(at, now, language), source)
            yield Fact("message.subject", bare_subject(event.about), source)
            yield Fact("message.question", _question(event.note), source)
        case Happening.VISIT_DONE if event.visit in ("repair", "installation"):
            yield Fact("equipment.what", event.about, source)


def _campaign(session: Session, key: int, language: str) -> Iterable[Fact]:
    place = journeys.invited(session, key)
    return campaign_facts(place.about, language) if place else ()


def _language_of_campaign(session: Session, key: int, spoken: str, usual: str) -> str:
    place = journeys.invited(session, key)
    return campaign_language(place.about, spoken, usual) if place else spoken


def campaign_language(about: Mapping[str, str], spoken: str, usual: str) -> str:
    """Return in which language somebody who speaks `spoken` gets a campaign: theirs, or that of its words.

    Words of the owner's that are not there in theirs would make half a letter of each.
    """
    theirs = any(about.get(f"{spoken[:2]}.{name}") for name in _SAID)
    own_words = about.get("words") or about.get("ask")
    return spoken if theirs or not own_words else usual


_SAID = ("topic", "words", "ask")


def campaign_facts(about: Mapping[str, str], language: str = "") -> list[Fact]:
    """Return what a campaign says ("topic", "words", "ask") as facts, in a language where it has it."""
    source = f"Your campaign “{about.get('topic', '')}”"
    own = f"{language[:2]}." if any(about.get(f"{language[:2]}.{name}") for name in _SAID) else ""
    return [Fact(f"campaign.{name}", about.get(f"{own}{name}", ""), source) for name in _SAID]


def _price(event: Event, language: str) -> str:
    if event.amount is None:
        return ""
    locale = f"{language[:2]}_US" if event.currency == "USD" else language
    return money.format(money.Money(event.amount, event.currency), locale)


def _last_visit(session: Session, customer: Customer, days: _Days, zone: str) -> Iterable[Fact]:
    """Give what can be said without an occasion: the last time we were there."""
    visits = (e for e in history.history(session, customer.id, 40) if e.what is Happening.VISIT_DONE)
    last = next(visits, None)
    if last is None:
        return
    at = local(last.at, zone)
    source = f"{what_happened(last)}, {long_date(at.date(), 'en')}"
    yield Fact("visit.day", said_day(at, days[0], days[1]), source)
    yield Fact("visit.note", last.note, source)
    yield Fact("visit.technician", last.by, source)


def _question(text: str) -> str:
    asked = [part.strip() for part in text.replace("\n", " ").split("?")[:-1]]
    return f"{asked[-1].rsplit('. ', 1)[-1]}?" if asked else ""


def _promise(session: Session, key: int, days: _Days) -> Iterable[Fact]:
    promise = promises.promise(session, key)
    if promise is None:
        return
    made = local(promise.made_at, promise.zone)
    source = f"Your promise of {long_date(made.date(), 'en')}"
    yield Fact("promise.what", promise.what, source)
    yield Fact("promise.day", said_day(made, days[0], days[1]), source)
    if promise.due_date >= days[0].date():  # what is late is not said to be coming
        yield Fact("promise.due", said_day(promise.due_date, days[0], days[1]), source)
    else:
        yield Fact("promise.missed", bare_day(promise.due_date, days[0], days[1]), source)
    if promise.moved_from is not None:
        yield Fact("promise.was", bare_day(promise.moved_from, days[0], days[1]), source)


def _assured(session: Session, case: Whole, days: _Days, page: str) -> Iterable[Fact]:
    """Give what was assured in a case and is still to come; of several, what is due first."""
    found = [promise for key in case.promises if (promise := promises.promise(session, key)) is not None]
    coming = [one for one in found if one.state is PromiseState.OPEN and one.due_date >= days[0].date()]
    first = min(coming, key=lambda one: one.due, default=None)
    if first is not None:
        yield Fact("case.assured", first.what, page)
        yield Fact("case.assured_due", said_day(first.due_date, days[0], days[1]), page)


def _case(session: Session, follow_up: FollowUp, days: _Days, zone: str) -> Iterable[Fact]:
    where = CaseRow.id == follow_up.case if follow_up.case else CaseRow.event_id == follow_up.event
    yield from _of_case(session, session.scalars(select(CaseRow).where(where)).first(), days, zone)


def _held(session: Session, said: Event, days: _Days, zone: str) -> Iterable[Fact]:
    """Give since when it has held, where a case was closed with what they said."""
    closed = select(CaseRow.put_right_at).where(
        CaseRow.customer_id == said.customer, CaseRow.put_right_at < said.at, CaseRow.closed_at >= said.at
    )
    since = session.scalars(closed.order_by(CaseRow.closed_at.desc())).first()
    if since is not None:
        yield Fact("case.held", long_date(local(since, zone).date(), days[1]), "The case on the Recovery page")


def _case_behind(session: Session, rating: Event, days: _Days, zone: str) -> Iterable[Fact]:
    """Give what was put right in the weeks before they rated: that is what they rated."""
    since = rating.at - timedelta(days=21)
    query = select(CaseRow).where(CaseRow.customer_id == rating.customer, CaseRow.opened_at.between(since, rating.at))
    yield from _of_case(session, session.scalars(query.order_by(CaseRow.opened_at.desc())).first(), days, zone)


def _what_went_wrong(session: Session, row: CaseRow, language: str) -> str:
    """Return what a case is about; in quotation marks where these are the customer's own words."""
    event = history.event(session, EventId(row.event_id)) if row.event_id is not None else None
    said = event is not None and (event.what in _THEIR_WORDS or event.message is not None)
    what = row.what.strip().rstrip(".…")
    if event is None or not said or not what or what not in event.note:
        return row.what
    return f"«{what}»" if language[:2] == "es" else f"“{what}”"


def _of_case(session: Session, row: CaseRow | None, days: _Days, zone: str) -> Iterable[Fact]:
    if row is None:
        return
    page = "The case on the Recovery page"
    yield Fact("complaint.what", _what_went_wrong(session, row, days[1]), page)
    yield Fact("complaint.wish", wish_in(row.what), page)
    found = cases.whole(session, row.id)
    if found is not None:
        yield from _assured(session, found, days, page)
        yield Fact("case.wanted", next(noted.note for noted in found.steps if noted.step is Step.ASK), page)
        said = found.case.right
        offered = [(offer, words) for offer in found.offers if (words := offer_words(offer, days[1], said))]
        yield Fact("case.offer", ", ".join(words for _, words in offered), page)
        yield Fact("case.owed", ", ".join(words for offer, words in offered if offer.given_at is None), page)
        apology = next(noted.note for noted in found.steps if noted.step is Step.APOLOGISE)
        yield Fact("case.apology", apology, page)
        yield Fact("case.standard", row.standard, page)
        yield Fact("case.change", row.prevention, page)
    if row.put_right_at is not None:
        day = local(row.put_right_at, zone).date()
        done = [e for e in history.history(session, CustomerId(row.customer_id), 60)]
        how = next((e for e in done if e.what is Happening.CASE_RESOLVED and e.at == row.put_right_at), None)
        yield Fact("case.put_right_date", long_date(day, days[1]), "The case on the Recovery page")
        yield Fact("case.put_right", how.note if how else "", "The case on the Recovery page")
