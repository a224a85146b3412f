"""The verb of the coach: what it says of other words for a follow-up."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.queries import Proposal, proposal
from followup_desktop.core.drafts.queries.knowing import knowledge
from followup_desktop.core.drafts.rules.coach import advise


def advice_on(program: Program, found: Proposal, *, typed: bool = False) -> list[Advice]:
    """Return what the coach would have otherwise in a draft; `typed` words are today's, whenever the draft was kept."""
    if found.channel == "call":
        return []  # what to say on the phone is not read by them
    with program.desk.store.read() as session:
        knows = knowledge(session, found, program.templates, program.clock.now())
    if typed:
        knows = replace(knows, written=None)
    purpose = found.follow_up.purpose
    given = advise(
        found.text,
        found.subject,
        found.known,
        Purpose(purpose) if purpose in set(Purpose) else Purpose.AD_HOC,
        found.language,
        knows,
    )
    return [advice for advice in given if not advice.ok]


def _coach(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="FOLLOW_UP_ID", type=shapes.number)
    parser.add_argument("--text-file", metavar="F", required=True, help="the words, in UTF-8; - reads standard input")
    parser.add_argument("--subject", metavar="S", help="the subject, where it is another than the draft's")


def coach(program: Program, given: Namespace) -> Answer:
    """Say what the coach would have otherwise in words of your own."""
    with program.desk.store.read() as session:
        found = proposal(session, given.id, program.templates, program.clock.now())
    subject, text = _split(_read(given.text_file), found.subject)
    subject = subject if given.subject is None else given.subject
    advice = advice_on(program, replace(found, subject=subject, text=text), typed=True)
    return Answer([_shape(each) for each in advice], [each.text for each in advice] or ["Nothing to add."])


def _shape(advice: Advice) -> dict[str, Any]:
    where = advice.where
    return {
        "kind": advice.kind,
        "text": advice.text,
        "where": {"part": where.part, "start": where.start, "end": where.end} if where else None,
        "must": advice.must,
        "instead": {"subject": advice.instead.subject, "text": advice.instead.text} if advice.instead else None,
    }


def _split(words: str, subject: str) -> tuple[str, str]:
    """Take a first line “Subject: …” off."""
    first, _, rest = words.partition("\n")
    if first.casefold().startswith("subject:"):
        return first.partition(":")[2].strip(), rest.strip("\n")
    return subject, words.rstrip("\n")


def _read(name: str) -> str:
    try:
        return (sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")).replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{name} could not be read: {error}.", "", "Give a text file in UTF-8.") from error


VERBS: tuple[Verb, ...] = (Verb("coach", "what the coach says of other words for a follow-up", coach, _coach),)
