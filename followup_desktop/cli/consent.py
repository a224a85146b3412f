"""Verbs about what customers allow, and about those nothing may go to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import consent as commands
from followup_desktop.core.consent import queries
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId
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
    data = {
        "customer_id": given.id,
        "consents": [
            {"channel": c.channel, "allowed": c.allowed, "source": c.source, "at": shapes.iso(c.moment(), zone)}
            for c in said
        ],
        "suppressed": stopped,
    }
    lines = [f"{c.channel}: {'yes' if c.allowed else 'no'} ({c.source})" for c in said]
    return Answer(data, [*lines, *(f"nothing goes to {a}" for a in stopped)] or ["Nothing was said yet."])


def _set(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--channel", choices=sorted(commands.CHANNELS), required=True)
    answer = parser.add_mutually_exclusive_group(required=True)
    answer.add_argument("--yes", action="store_true", help="they allow it")
    answer.add_argument("--no", action="store_true", help="they do not want it")
    parser.add_argument("--source", metavar="TEXT", default=commands.TOLD_YOU, help="where they said so")


def change(program: Program, given: Namespace) -> Answer:
    """Keep what a customer said about one channel."""
    done = commands.set_consent(
        program.desk, CustomerId(given.id), given.channel, allowed=given.yes, source=given.source
    )
    return Answer({"customer_id": given.id, "channel": given.channel, "allowed": given.yes}, [done.says])


def _value(parser: ArgumentParser) -> None:
    parser.add_argument("value", metavar="ADDRESS", help="an email address")


def _reason(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument("--why", metavar="TEXT", default=commands.TOLD_YOU)


def suppress(program: Program, given: Namespace) -> Answer:
    """Let nothing go to an address any more, whoever has it now or later."""
    done = commands.suppress(program.desk, given.value, given.why)
    return Answer({"kind": "email", "value": done.result}, [done.says])


def lift(program: Program, given: Namespace) -> Answer:
    """Take an address off that list: they asked to hear from you again."""
    done = commands.lift(program.desk, given.value)
    if not done.result:
        raise Problem(f"{given.value} is not on the list.", "Nothing was changed.")
    return Answer({"kind": "email", "value": done.result}, [done.says])


def suppressed(program: Program, given: Namespace) -> Answer:
    """List the addresses nothing may go to."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.suppressions(session)
    data = [{"kind": s.kind, "value": s.value, "reason": s.reason, "at": shapes.iso(s.at, zone)} for s in found]
    return Answer(data, [f"{s.value}  {s.reason}" for s in found] or ["Nobody."])


VERBS: tuple[Verb, ...] = (
    Verb("consent show", "what a customer allows", show, _customer),
    Verb("consent set", "what a customer said about a channel", change, _set),
    Verb("suppress add", "let nothing go to an address any more", suppress, _reason),
    Verb("suppress list", "the addresses nothing may go to", suppressed),
    Verb("suppress remove", "they asked to hear from you again", lift, _value),
)
