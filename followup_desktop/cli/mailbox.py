"""Verbs about mail that came: what a message is, and what it says."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import mailbox as commands
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.queries import Correspondents
from followup_desktop.core.operators import queries as operators
from followup_desktop.mail.parse.classify import classify, own_part
from followup_desktop.mail.parse.model import Found
from followup_desktop.mail.parse.reading import read_mail

LARGEST = 50_000_000
"""Bytes of a file that is read as a message."""


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)


def _account(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="A", default="", help="only the account with this address")


def sync(program: Program, given: Namespace) -> Answer:
    """Read what is new in the mailbox and file it to the customers it is from."""
    from followup_desktop.cli.mail import post_of
    from followup_desktop.jobs import mailbox

    told = _shown if sys.stderr.isatty() else None
    done = mailbox.sync(program.desk, post_of(program), address=given.account, told=told)
    data = asdict(done)
    return Answer(data, [", ".join(f"{count} {name}" for name, count in data.items() if count) or "Nothing new."])


def _shown(done: int, total: int) -> None:
    """Show on a terminal how far a folder is read; the line is written over until its end."""
    print(f"\rReading your mail: {done:,} of {total:,}", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def sort(program: Program, given: Namespace) -> Answer:
    """Say what messages are: bounces, replies, automatic ones and so on. Reads only."""
    with program.desk.store.read() as session:
        world = Correspondents(session)
        today = local_day(program.clock.now(), operators.business(session).zone)
        found = [(str(file), classify(read_mail(_bytes(file)), world, today)) for file in given.files]
    return Answer([_shape(file, one) for file, one in found], [f"{one.kind:<8}  {file}" for file, one in found])


def words(program: Program, given: Namespace) -> Answer:
    """Print the words of replies, without what they quote."""
    with program.desk.store.read() as session:
        world = Correspondents(session)
        found = [(str(file), own_part(read_mail(_bytes(file)), world)) for file in given.files]
    return Answer([{"file": file, "reply_text": text} for file, text in found], [text for _, text in found])


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise Problem(f"There is no file {file.name}.", "", "Look at the name once more.")
    if file.stat().st_size > LARGEST:
        raise Problem(f"{file.name} is larger than 50 MB.", "It was not read.")
    return file.read_bytes()


def _shape(file: str, found: Found) -> dict[str, Any]:
    return {
        "file": file,
        "kind": str(found.kind),
        "customer_id": found.customer,
        "message_id": found.message,
        "addresses": list(found.addresses),
        "permanent": found.permanent,
        "status": found.status or None,
        "reply_text": found.reply_text,
        "return_date": found.return_date.isoformat() if found.return_date else None,
        "score": found.score,
        "sentence": found.sentence or None,
    }


def _whose(parser: ArgumentParser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER_ID", type=shapes.number)


def letters(program: Program, given: Namespace) -> Answer:
    """Show the mail between a customer and you, in threads."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        customers.customer(session, given.customer)
        found = queries.letters(session, given.customer)
    data = [
        {
            "message_id": one.id,
            "thread": one.thread,
            "ours": one.ours,
            "state": one.state,
            "kind": one.kind,
            "at": shapes.iso(one.at, zone),
            "subject": one.subject,
            "text": one.text,
            "whole": one.whole or one.text,
            "attachments": [{"name": each.name, "type": each.kind, "size": each.size} for each in one.attached],
            "shown_at": shapes.iso(one.seen, zone) if one.seen else None,
        }
        for one in found
    ]
    return Answer(data, [f"{one.id}  {'you' if one.ours else 'they'}: {one.subject}" for one in found] or ["No mail."])


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="MESSAGE_ID", type=shapes.number)
    parser.add_argument("name", metavar="NAME", help="the name of what came with it")
    parser.add_argument("--to", metavar="FILE", type=Path, required=True)


def attachment(program: Program, given: Namespace) -> Answer:
    """Fetch what came with a message from the mailbox and save it."""
    from followup_desktop.cli.mail import post_of
    from followup_desktop.jobs import attachments

    data = attachments.fetch(program.desk, post_of(program), given.id, given.name)
    attachments.kept_as(data, given.to)
    return Answer({"file": str(given.to), "size": len(data)}, [f"{given.to}, {len(data)} bytes"])


def _stranger(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="MAIL_ID", type=shapes.number)


def _adopted(parser: ArgumentParser) -> None:
    _stranger(parser)
    parser.add_argument("--customer", metavar="CUSTOMER_ID", type=shapes.number, help="whose mail it is")


def strangers(program: Program, given: Namespace) -> Answer:
    """List the mail of people who are no customers."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.strangers(session)
    data = [
        {
            "id": s.id,
            "address": s.address,
            "name": s.name,
            "subject": s.subject,
            "text": s.text,
            "phone": s.phone,
            "at": shapes.iso(s.at, zone),
            "more": s.more,
            "could_be": [{"customer_id": key, "name": name} for key, name in s.could_be],
        }
        for s in found
    ]
    return Answer(data, [f"{s.id}  {s.name or s.address}: {s.subject}" for s in found] or ["Nobody."])


def adopt(program: Program, given: Namespace) -> Answer:
    """Make a customer of somebody who wrote, or file their mail to a customer."""
    whose = CustomerId(given.customer) if given.customer is not None else None
    done = commands.adopt(program.desk, given.id, whose)
    return Answer({"customer_id": done.result}, [done.says])


def dismiss(program: Program, given: Namespace) -> Answer:
    """Remember that somebody who wrote is no customer."""
    done = commands.not_a_customer(program.desk, given.id)
    return Answer({"id": given.id}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("mail sync", "read what is new in the mailbox and file it", sync, _account),
    Verb("mail classify", "what messages are: bounces, replies, automatic ones (reads only)", sort, _files),
    Verb("mail show", "the mail between a customer and you", letters, _whose),
    Verb("mail attachment", "save what came with a message", attachment, _file),
    Verb("mail strangers", "mail of people who are no customers", strangers),
    Verb("mail adopt", "make a customer of somebody who wrote", adopt, _adopted),
    Verb("mail dismiss", "somebody who wrote is no customer", dismiss, _stranger),
    Verb("mail reply-text", "the words of replies, without what they quote", words, _files),
)
