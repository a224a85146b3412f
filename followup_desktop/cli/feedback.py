"""Verbs of listening: what customers answer, what comes up again, reviews, the talks of a month."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.wording import exact_words
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import feedback as commands
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback import queries
from followup_desktop.core.feedback.model import Answer as Told
from followup_desktop.core.feedback.model import How, NewAnswer, Scale
from followup_desktop.core.feedback.rules.scores import mood_of, score_words
from followup_desktop.core.operators import queries as operators


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="ID", type=shapes.number, required=True)
    parser.add_argument("--scale", choices=[str(each) for each in Scale], default=str(Scale.CSAT))
    parser.add_argument("--score", metavar="N", type=int)
    parser.add_argument("--text", metavar="TEXT", default="", help="what they said with it")
    parser.add_argument("--how", choices=[str(each) for each in How if each is not How.LINK], default=str(How.OTHER))
    parser.add_argument("--by", metavar="NAME", default="", help="who asked them")
    parser.add_argument("--at", metavar="TIME", help="when they said it, if not now")


def add(program: Program, given: Namespace) -> Answer:
    """Write down what a customer answered."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
    at = shapes.moment(given.at, zone) if given.at else None
    new = NewAnswer(Scale(given.scale), given.score, given.text, How(given.how), at, given.by)
    done = commands.add_answer(program.desk, CustomerId(given.customer), new)
    with program.desk.store.read() as session:
        opened = [case.id for case in cases.of_customers(session, [given.customer]) if case.event == done.result]
        [found] = queries.answers(session, key=done.result)
    return Answer(_shape(found, zone) | {"case_id": opened[0] if opened else None}, [done.says])


def _list(parser: ArgumentParser) -> None:
    parser.add_argument("--waiting", action="store_true", help="only what has no answer from you")
    parser.add_argument("--customer", metavar="ID", type=shapes.number)
    parser.add_argument("--since", metavar="TIME")


def listing(program: Program, given: Namespace) -> Answer:
    """List what customers told us, what waits for an answer first."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        since = shapes.moment(given.since, zone) if given.since else None
        found = queries.answers(session, since=since, customer=given.customer)
    shown = [one for one in found if one.waits or not given.waiting]
    return Answer([_shape(one, zone) for one in shown], [_line(one, zone) for one in shown])


def _shape(one: Told, zone: str) -> dict[str, Any]:
    mood = mood_of(one.scale, one.score)
    return {
        "id": one.id,
        "customer_id": one.customer,
        "customer": one.name,
        "scale": str(one.scale),
        "score": one.score,
        "mood": str(mood) if mood else None,
        "text": one.text,
        "how": one.how,
        "at": shapes.iso(one.at, zone),
        "waits": one.waits,
        "answered_at": shapes.iso(one.answered_at, zone),
        "dealt_with_at": shapes.iso(one.dealt_with_at, zone),
    }


def _line(one: Told, zone: str) -> str:
    said = " ".join(filter(None, (score_words(one.scale, one.score), one.text.split("\n")[0])))
    return f"{one.id:>5}  {exact_words(one.at, zone)}  {one.name}: {said}{'  (waits for you)' if one.waits else ''}"


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=shapes.number)


def rest(program: Program, given: Namespace) -> Answer:
    """Say that an answer needs no answer."""
    done = commands.rest_answer(program.desk, given.id)
    return Answer({"waits": False}, [done.says])


def _dealt_with(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("how", metavar="WHAT_WAS_DONE")


def dealt_with(program: Program, given: Namespace) -> Answer:
    """Say that what they told us is dealt with."""
    done = commands.deal_with(program.desk, given.id, given.how)
    return Answer({"state": "dealt_with"}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("feedback add", "write down what a customer answered, from 1 to 5 or 0 to 10", add, _add),
    Verb("feedback list", "what customers told you, what waits for an answer first", listing, _list),
    Verb("feedback rest", "say that an answer needs no answer from you", rest, _one),
    Verb(
        "feedback dealt-with",
        "say what was done about it; a message that tells them is drafted",
        dealt_with,
        _dealt_with,
    ),
)
