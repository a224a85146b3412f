"""Verbs of the daily queue: what waits, its draft, and what becomes of it."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.phones import sms_link, tel_link
from followup_desktop.cli import shapes
from followup_desktop.cli.coach import advice_on
from followup_desktop.cli.printing import printed
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import drafts
from followup_desktop.commands import messages as commands
from followup_desktop.commands.messages import Approved, MadeOf
from followup_desktop.commands.planning import look_ahead_if_possible
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.drafts.model import Draft
from followup_desktop.core.drafts.queries import Proposal, proposal
from followup_desktop.core.drafts.rules.asking import ASKED
from followup_desktop.core.drafts.rules.callsheet import call_sheet
from followup_desktop.core.drafts.rules.footing import letter_lines
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.model import GROUP_LABELS, Queue
from followup_desktop.core.queue.queries import today
from followup_desktop.core.queue.queries.whose import mine
from followup_desktop.core.queue.rules.pace import minutes_for


def _day(parser: ArgumentParser) -> None:
    parser.add_argument("--day", metavar="DATE", type=shapes.day, help="another day than today")
    parser.add_argument("--operator", metavar="ID", type=shapes.number, help="only this person's, and nobody's")


def queue(program: Program, given: Namespace) -> Answer:
    """Show today's cards."""
    look_ahead_if_possible(program.desk)
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = today.queue(session, program.clock.now(), given.day)
        found = mine(session, found, given.operator) if given.operator else found
    return Answer(shapes.queue(found, zone), queue_lines(found))


def queue_lines(found: Queue) -> list[str]:
    """Return a queue as lines for a person."""
    takes = f", about {minutes_for(len(found.cards), found.seconds_a_card)} min" if found.cards else ""
    lines, group = [f"{found.day:%A %d %B %Y}: {len(found.cards)} to review{takes}"], None
    for card in found.cards:
        if card.group != group:
            group = card.group
            lines += ["", GROUP_LABELS[group]]
        lines.append(f"  {card.leading.id:>5}  {card.name}  ({card.note})  {card.why_here}")
    if found.open_cases:
        lines += ["", f"To put right: {len(found.open_cases)}"]
        lines += [f"  {c.case:>5}  {c.name}: {c.what}  (open {c.days} d)" for c in found.open_cases]
    if found.held:
        lines += ["", f"Held back: {len(found.held)}"]
        lines += [f"  {h.follow_up:>5}  {h.name}: {h.reason_text}" for h in found.held]
    if found.lapsed:
        lines += ["", f"Lapsed this week: {len(found.lapsed)}"]
        lines += [f"  {x.follow_up:>5}  {x.name}: {x.why_here}" for x in found.lapsed]
    if found.after_cases:
        lines += ["", "Waited for a case: say what becomes of it (after-case)"]
        lines += [f"  {x.case:>5}  {x.household or x.name}: {len(x.follow_ups)}" for x in found.after_cases]
    if found.waiting:
        lines += ["", f"Awaiting their reply: {len(found.waiting)}"]
    return lines


def _follow_up(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="FOLLOW_UP_ID", type=shapes.number)


def _draft(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument("--channel", choices=("email", "text", "call", "card"), help="else the first that is planned")
    parser.add_argument("--language", metavar="L", type=_language, help="else the customer's, such as es")
    parser.add_argument("--to", metavar="FILE", type=Path, help="a .pdf of the card or letter, with its envelope")


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,8})*", text):
        raise ArgumentTypeError(f"“{text}” is not a language such as es")
    return text.lower()[:2]


def draft(program: Program, given: Namespace) -> Answer:
    """Show the draft of a follow-up."""
    channel = given.channel or ("card" if given.to else _first_channel(program, given.id))
    found = _proposal(program, given.id, channel, given.language or "")
    file = _letter(program, found, given.to) if given.to is not None else None
    data = {
        "file": file,
        "to": found.customer.person.email,
        "channel": found.channel,
        "language": found.language,
        "template": found.template or None,
        "subject": found.subject,
        "text": found.text,
        "facts": [{"text": f.text, "source": f.source} for f in found.facts],
        "advice": [{"kind": a.kind, "text": a.text} for a in advice_on(program, found)],
        "missing": [{"field": one.key, "what": one.what} for one in found.asked],
        "enclosures": [{"id": one.id, "name": one.name} for one in found.enclosures] if channel == "email" else [],
        "sheet": _sheet(found) if channel == "call" else None,
        "address": list(found.address) if channel == "card" else None,
        "phone_link": _phone_link(found, channel),
    }
    lines = [f"Not known: {one.what}  (tell {given.id} {one.key} “…”)" for one in found.asked]
    return Answer(data, [*_heading(found, channel), "", found.text, *lines])


def _letter(program: Program, found: Proposal, to: Path) -> str:
    """Write a card or letter as PDF, its envelope on the last page; return where."""
    file = to.expanduser().absolute()
    if found.channel != "card" or file.suffix.casefold() != ".pdf":
        raise Problem("Only a card or letter is written to a file.", "Nothing was written.", "Name a .pdf for a card.")
    with program.desk.store.read() as session:
        business = operators.business(session)
    letter = {
        "address": list(found.address),
        "text": found.text,
        "sender": letter_lines(business.name, business.postal_address),
        "region": business.region,
    }
    to_do = "Look at the folder, or print it in the window."
    printed("followup_desktop.ui.today.letter", [str(file)], "The letter", to_do, json.dumps(letter).encode())
    return str(file)


def _heading(found: Proposal, channel: str) -> list[str]:
    if channel == "card":
        return list(found.address) or ["No postal address is known."]
    if channel in ("call", "text"):
        return [f"{channel.capitalize()}: {found.customer.person.phone or 'no phone number is known'}"]
    return [
        f"To: {found.customer.person.email}",
        f"Subject: {found.subject}",
        *(f"Enclosed: {one.name} ({one.file_name})" for one in found.enclosures),
    ]


def _phone_link(found: Proposal, channel: str) -> str | None:
    """Return the link that rings them, or opens a text message with the words; None for what goes no such way."""
    number = found.customer.person.phone
    if not number or channel not in ("call", "text"):
        return None
    return tel_link(number) if channel == "call" else sms_link(number, found.text)


def _sheet(found: Proposal) -> dict[str, Any]:
    sheet = call_sheet(Draft(found.subject, found.text), found.language)
    return {part: list(getattr(sheet, part)) for part in ("about", "say", "ask", "note", "then")}


def _proposal(program: Program, key: int, channel: str = "email", language: str = "") -> Proposal:
    with program.desk.store.read() as session:
        return proposal(session, key, program.templates, program.clock.now(), channel, language=language)


def _first_channel(program: Program, key: int) -> str:
    with program.desk.store.read() as session:
        return next(iter(journeys.follow_up(session, key).channels), "email")


def _tell(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument("field", metavar="FIELD", choices=tuple(ASKED), help="such as visit.technician")
    parser.add_argument("text", metavar="TEXT")


def tell(program: Program, given: Namespace) -> Answer:
    """Tell a fact that a draft lacks."""
    done = drafts.tell(program.desk, given.id, given.field, given.text)
    return Answer({"kept_with": done.result}, [done.says])


def _send(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument(
        "--also", metavar="ID", type=shapes.number, action="append", default=[], help="covered by the same message"
    )
    parser.add_argument("--text-file", metavar="F", help="your own words; a first line “Subject: …” sets the subject")
    parser.add_argument("--at", metavar="WHEN", help="when it is to leave, by the customer's clock")


def _approved(program: Program, given: Namespace) -> Approved:
    found = _proposal(program, given.id)
    subject, text = found.subject, found.text
    if getattr(given, "text_file", None):
        subject, text = _read_words(given.text_file, subject)
    return Approved(
        given.id,
        subject,
        text,
        tuple(getattr(given, "also", ())),
        found.template,
        place=found.place,
        made=found.made,
        known=found.known_words,
        enclosures=tuple(one.id for one in found.enclosures),
    )


def _read_words(name: str, subject: str) -> tuple[str, str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            f"{name} could not be read: {error}.", "Nothing was sent.", "Give a text file in UTF-8."
        ) from error
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("subject:"):
        return first.partition(":")[2].strip(), rest.strip("\n")
    return subject, text.rstrip("\n")


def send(program: Program, given: Namespace) -> Answer:
    """Approve the message of a follow-up; it leaves with the next run of the outbox."""
    approved = _approved(program, given)
    if given.at:
        approved = replace(approved, at=shapes.moment(given.at, _zone_of(program, given.id)))
    done = commands.send(program.desk, approved)
    return Answer({"state": "queued", "message_id": done.result}, [done.says])


def _zone_of(program: Program, key: int) -> str:
    """Return the zone of the customer of a follow-up, else that of the business."""
    with program.desk.store.read() as session:
        customer = customers.customer(session, journeys.follow_up(session, key).customer)
        return customer.person.zone or operators.business(session).zone


def save_draft(program: Program, given: Namespace) -> Answer:
    """Put the message of a follow-up into the account's Drafts."""
    from followup_desktop.cli.mail import post_of
    from followup_desktop.jobs.sent import upload_draft

    done = commands.save_draft(program.desk, _approved(program, given))
    upload_draft(program.desk, post_of(program), done.result)
    return Answer({"state": "draft", "message_id": done.result}, [done.says])


def _done(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument("--how", choices=["call", "text", "card", "in_person"], default="in_person")
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--went-wrong", action="store_true", help="the note says what went wrong: open a case")


def done(program: Program, given: Namespace) -> Answer:
    """End a follow-up as done."""
    found = _proposal(program, given.id, given.how) if given.note and given.how in ("text", "card") else None
    made = MadeOf(found.place, found.made, found.known_words) if found and found.place else None
    result = commands.done(program.desk, given.id, given.how, given.note, went_wrong=given.went_wrong, of=made)
    return Answer({"state": str(result.result)}, [result.says])


def _later(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument("--until", metavar="DATE", type=shapes.day, required=True)


def later(program: Program, given: Namespace) -> Answer:
    """Show a follow-up again on a later day."""
    result = commands.later(program.desk, given.id, given.until)
    return Answer({"state": "later"}, [result.says])


def _skip(parser: ArgumentParser) -> None:
    _follow_up(parser)
    parser.add_argument("--why", metavar="TEXT", required=True)


def skip(program: Program, given: Namespace) -> Answer:
    """End a follow-up without contact, with the reason."""
    result = commands.skip(program.desk, given.id, given.why)
    return Answer({"state": str(result.result)}, [result.says])


def _write(parser: ArgumentParser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER_ID", type=shapes.number)
    parser.add_argument("--purpose", metavar="P", choices=[str(p) for p in Purpose], default=str(Purpose.AD_HOC))


def write(program: Program, given: Namespace) -> Answer:
    """Put an ad hoc follow-up on today's list."""
    result = commands.write(program.desk, CustomerId(given.customer), Purpose(given.purpose))
    data: dict[str, Any] = {"follow_up_id": result.result}
    return Answer(data, [f"{result.says}: follow-up {result.result}"])


VERBS: tuple[Verb, ...] = (
    Verb("queue", "today's cards", queue, _day),
    Verb("draft", "the draft of a follow-up", draft, _draft),
    Verb("tell", "a fact that a draft lacks", tell, _tell),
    Verb("write", "an ad hoc follow-up", write, _write),
    Verb("send", "approve the message of a follow-up", send, _send),
    Verb("save-draft", "put the message into the account's Drafts", save_draft, _follow_up),
    Verb("done", "end a follow-up as done", done, _done),
    Verb("later", "show a follow-up again on a later day", later, _later),
    Verb("skip", "end a follow-up without contact", skip, _skip),
)
