"""Verbs about mail that came: what a message is, and what it says."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.core.messages.queries import Correspondents
from followup_desktop.core.operators import queries as operators
from followup_desktop.mail.parse.classify import classify
from followup_desktop.mail.parse.model import Found
from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import reply_text

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

    done = mailbox.sync(program.desk, post_of(program), address=given.account)
    data = asdict(done)
    return Answer(data, [", ".join(f"{count} {name}" for name, count in data.items() if count) or "Nothing new."])


def sort(program: Program, given: Namespace) -> Answer:
    """Say what messages are: bounces, replies, automatic ones and so on. Reads only."""
    with program.desk.store.read() as session:
        world = Correspondents(session)
        today = local_day(program.clock.now(), operators.business(session).zone)
        found = [(str(file), classify(read_mail(_bytes(file)), world, today)) for file in given.files]
    return Answer([_shape(file, one) for file, one in found], [f"{one.kind:<8}  {file}" for file, one in found])


def words(program: Program, given: Namespace) -> Answer:
    """Print the words of replies, without what they quote."""
    found = [(str(file), reply_text(read_mail(_bytes(file)))) for file in given.files]
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


VERBS: tuple[Verb, ...] = (
    Verb("mail sync", "read what is new in the mailbox and file it", sync, _account),
    Verb("mail classify", "what messages are: bounces, replies, automatic ones (reads only)", sort, _files),
    Verb("mail reply-text", "the words of replies, without what they quote", words, _files),
)
