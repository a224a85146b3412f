"""Verbs about what customers allow, and about those nothing may go to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, datetime

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import consent as commands
from followup_desktop.commands.messages import write_privacy_note
from followup_desktop.core.consent import queries
from followup_desktop.core.consent.model import Clock, Wish
from followup_desktop.core.consent.rules import asks_words, wish_words
from followup_desktop.core.consent.rules.clocks import ASK_AHEAD, Facts, clock_of, clock_words, is_over, law_for
from followup_desktop.core.contactpoints.model import COMMERCIAL
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries as operators


def _customer(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="CUSTOMER_ID", type=shapes.number)


def show(program: Program, given: Namespace) -> Answer:
    """Show what a customer said about each channel, with source and date."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        person = customers.customer(session, given.id).person
        said = queries.consents(session, given.id)
        stopped = [a for a in (person.email, *person.more_emails) if a and queries.is_suppressed(session, a)]
        numbers = (person.phone, *person.more_phones)
        stopped += [n for n in numbers if n and queries.is_suppressed(session, n, "phone")]
        asked = queries.wishes(session, given.id)
        business = operators.business(session)
        clock = journeys.consent_clocks(session, [given.id], business).get(given.id)
        own = queries.laws(session, [given.id]).get(given.id, "")
        law = law_for(own, business.contact_law, person.country, business.region)
        today = local_day(program.clock.now(), zone)
        if clock is None:
            facts = Facts(agreed=_agreed(queries.agreed(session, [given.id]).get(given.id), zone))
            clock = clock_of(facts, law)
    data = {
        "customer_id": given.id,
        "consents": [
            {"channel": c.channel, "allowed": c.allowed, "source": c.source, "at": shapes.iso(c.moment(), zone)}
            | ({"days": c.days} if c.days else {})
            for c in said
        ],
        "suppressed": stopped,
        "asked": [_wish(w, zone) for w in asked],
        "law": str(law),
        "clocks": [_clock(clock, purpose, today) for purpose in (*COMMERCIAL, "campaign")],
    }
    lines = [f"{c.channel}: {'yes' if c.allowed else 'no'} ({c.source})" for c in said]
    lines.append(clock_words(clock, today))
    lines += [f"{asks_words(w.what)}: “{w.what.sentence}”" for w in asked]
    return Answer(data, [*lines, *(f"nothing goes to {a}" for a in stopped)] or ["Nothing was said yet."])


def _set(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--channel", choices=sorted(commands.CHANNELS), required=True)
    answer = parser.add_mutually_exclusive_group(required=True)
    answer.add_argument("--yes", action="store_true", help="they allow it")
    answer.add_argument("--no", action="store_true", help="they do not want it")
    parser.add_argument("--source", metavar="TEXT", default=commands.TOLD_YOU, help="where they said so")
    parser.add_argument("--days", metavar="N", type=shapes.number, help="with seldom: one message in so many days")


def change(program: Program, given: Namespace) -> Answer:
    """Keep what a customer said about one channel."""
    done = commands.set_consent(
        program.desk, CustomerId(given.id), given.channel, allowed=given.yes, source=given.source, days=given.days
    )
    return Answer({"customer_id": given.id, "channel": given.channel, "allowed": given.yes}, [done.says])


def _value(parser: ArgumentParser) -> None:
    parser.add_argument("value", metavar="ADDRESS", help="an email address or a phone number")


def _reason(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument("--why", metavar="TEXT", default=commands.TOLD_YOU)


def suppress(program: Program, given: Namespace) -> Answer:
    """Let nothing go to an address any more, whoever has it now or later."""
    done = commands.suppress(program.desk, given.value, given.why)
    return Answer({"kind": done.result[0], "value": done.result[1]}, [done.says])


def lift(program: Program, given: Namespace) -> Answer:
    """Take an address off that list: they asked to hear from you again."""
    done = commands.lift(program.desk, given.value)
    if not done.result[1]:
        raise Problem(f"{given.value} is not on the list.", "Nothing was changed.")
    return Answer({"kind": done.result[0], "value": done.result[1]}, [done.says])


def suppressed(program: Program, given: Namespace) -> Answer:
    """List the addresses nothing may go to."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.suppressions(session)
    data = [{"kind": s.kind, "value": s.value, "reason": s.reason, "at": shapes.iso(s.at, zone)} for s in found]
    return Answer(data, [f"{s.value}  {s.reason}" for s in found] or ["Nobody."])


def _agreed(said: tuple[datetime, str] | None, zone: str) -> tuple[date, str] | None:
    return (local_day(said[0], zone), said[1]) if said else None


def _clock(clock: Clock, purpose: str, today: date) -> dict[str, object]:
    asks = clock.ends - ASK_AHEAD if clock.ends else None
    return {
        "purpose": purpose, "basis": clock.basis, "source": clock.source,
        "since": clock.since.isoformat() if clock.since else None,
        "ends": clock.ends.isoformat() if clock.ends else None,
        "ask_on": asks.isoformat() if asks else None,
        "over": is_over(clock, today),
    }  # fmt: skip


def _law(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--law", choices=("casl", "pecr", "none", "usual"), required=True)


def law(program: Program, given: Namespace) -> Answer:
    """Say whose rules go for a customer, or that the business's do."""
    done = commands.set_law(program.desk, CustomerId(given.id), "" if given.law == "usual" else given.law)
    return Answer({"customer_id": given.id, "law": given.law}, [done.says])


def note(program: Program, given: Namespace) -> Answer:
    """Put the note on what is kept about a customer, and why, on today's list."""
    done = write_privacy_note(program.desk, CustomerId(given.id))
    return Answer({"follow_up_id": done.result}, [done.says])


def _wish(wish: Wish, zone: str) -> dict[str, object]:
    return {
        "id": wish.id,
        "customer_id": wish.customer,
        "kind": str(wish.what.kind),
        "asks": wish_words(wish.what),
        "sentence": wish.what.sentence,
        "at": shapes.iso(wish.at, zone),
    }


def asked(program: Program, given: Namespace) -> Answer:
    """List what customers seem to ask for in their mails, until it is decided."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.wishes(session)
    lines = [f"{w.id}  {w.name} {asks_words(w.what)}: “{w.what.sentence}”" for w in found]
    return Answer([_wish(w, zone) for w in found], lines or ["Nobody asks for anything."])


def _decided(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ASKED_ID", type=shapes.number)
    decision = parser.add_mutually_exclusive_group(required=True)
    decision.add_argument("--grant", action="store_true", help="do as they ask")
    decision.add_argument("--stop-mail", action="store_true", help="no mail any more")
    decision.add_argument("--stop-everything", action="store_true", help="nothing any more, on any channel")
    decision.add_argument("--not-so", action="store_true", help="it was not meant so")


def decide(program: Program, given: Namespace) -> Answer:
    """Say what a customer meant who seems to ask for something."""
    if given.grant:
        says = commands.grant(program.desk, given.id).says
    elif given.stop_mail:
        says = commands.stop_mail_as_asked(program.desk, given.id).says
    elif given.stop_everything:
        says = commands.stop_everything_as_asked(program.desk, given.id).says
    else:
        says = commands.not_meant_so(program.desk, given.id).says
    return Answer({"id": given.id}, [says])


VERBS: tuple[Verb, ...] = (
    Verb("consent show", "what a customer allows", show, _customer),
    Verb("consent set", "what a customer said about a channel", change, _set),
    Verb("consent law", "whose rules of contact go for a customer", law, _law),
    Verb("consent note", "the note on what is kept about a customer, on today's list", note, _customer),
    Verb("consent asked", "what customers seem to ask for in their mails", asked),
    Verb("consent decide", "what a customer meant", decide, _decided),
    Verb("suppress add", "let nothing go to an address any more", suppress, _reason),
    Verb("suppress list", "the addresses nothing may go to", suppressed),
    Verb("suppress remove", "they asked to hear from you again", lift, _value),
)
