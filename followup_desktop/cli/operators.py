"""Verbs about the people who share a store."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from followup_desktop.app import Program
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import operators as commands
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.operators import queries


def listing(program: Program, given: Namespace) -> Answer:
    """List everyone who uses the program."""
    with program.desk.store.read() as session:
        found = queries.operators(session)
    lines = [f"{each.id:>5}  {each.name}" for each in found]
    data = [{"id": each.id, "uuid": each.uuid, "name": each.name} for each in found]
    return Answer(data, lines or ["Nobody is named: you work alone."])


def _name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def add(program: Program, given: Namespace) -> Answer:
    """Add a person who uses the program."""
    done = commands.add_operator(program.desk, given.name)
    return Answer({"id": done.result}, [done.says])


def _rename(parser: ArgumentParser) -> None:
    _number(parser)
    _name(parser)


def rename(program: Program, given: Namespace) -> Answer:
    """Call an operator something else."""
    done = commands.rename_operator(program.desk, given.id, given.name)
    return Answer({"id": given.id}, [done.says])


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="OPERATOR_ID", type=shapes.number)


def remove(program: Program, given: Namespace) -> Answer:
    """Let go of an operator."""
    done = commands.remove_operator(program.desk, given.id)
    return Answer({"id": given.id}, [done.says])


def _give(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="OPERATOR_ID", type=shapes.number, help="0: nobody in particular")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--customer", metavar="ID", type=shapes.number)
    what.add_argument("--follow-up", metavar="ID", type=shapes.number)


def give(program: Program, given: Namespace) -> Answer:
    """Give a customer, or one follow-up, to somebody."""
    operator = given.id or None
    if given.customer is not None:
        done = commands.look_after(program.desk, CustomerId(given.customer), operator)
    else:
        done = commands.hand_to(program.desk, given.follow_up, operator)
    return Answer({"operator_id": operator}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("operator list", "everyone who uses the program", listing),
    Verb("operator add", "add a person", add, _name),
    Verb("operator rename", "call a person something else", rename, _rename),
    Verb("operator remove", "let go of a person", remove, _number),
    Verb("operator give", "give a customer or a follow-up to somebody", give, _give),
)
