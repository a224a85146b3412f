"""Verbs about all that is kept of one person: in one file for them, or erased, with proof."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.core.customers import queries
from followup_desktop.core.customers.model import CustomerId, Erasure
from followup_desktop.core.customers.rules import proof_of
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.jobs import person as jobs


def _customer(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="CUSTOMER_ID", type=shapes.number)


def _file(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("file", metavar="FILE", help="a page to read; JSON where it ends in .json")


def export(program: Program, given: Namespace) -> Answer:
    """Write all that is kept about a customer to one file."""
    with program.desk.store.read() as session:
        made = jobs.export_person(session, CustomerId(given.id), Path(given.file).absolute(), program.clock.now())
    return Answer({"file": str(made)}, [str(made)])


def _named(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--name", metavar="NAME", required=True, help="their name, since there is no undo")
    parser.add_argument("--may-write", action="store_true", help="leave their addresses off the list of no more mail")


def erase(program: Program, given: Namespace) -> Answer:
    """Erase a customer for good, and say what went."""
    done = jobs.erase(program.desk, CustomerId(given.id), given.name, may_write=given.may_write)
    with program.desk.store.read() as session:
        data = _shape(done.proof, operators.business(session))
    data["named_by"] = [{"customer_id": key, "name": name} for key, name in done.named_by]
    named = [f"Still named in the history of {name} ({key})." for key, name in done.named_by]
    return Answer(data, [*str(data["proof"]).splitlines(), *named])


def erasures(program: Program, given: Namespace) -> Answer:
    """List the proofs of those who were erased."""
    with program.desk.store.read() as session:
        business, found = operators.business(session), queries.erasures(session)
    data = [_shape(each, business) for each in found]
    return Answer(data, [line for each in data for line in (*str(each["proof"]).splitlines(), "")] or ["Nobody."])


def _shape(one: Erasure, business: Business) -> dict[str, Any]:
    return {
        "erasure_id": one.id,
        "customer_id": one.number,
        "at": shapes.iso(one.at, business.zone),
        "records": dict(one.records),
        "stopped": one.stopped,
        "proof": proof_of(one, business.name, business.zone),
    }


VERBS: tuple[Verb, ...] = (
    Verb("person export", "all that is kept about a customer, in one file", export, _file),
    Verb("person erase", "erase a customer for good, with proof", erase, _named),
    Verb("person erasures", "the proofs of those who were erased", erasures),
)
