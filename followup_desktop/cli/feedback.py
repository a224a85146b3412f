"""Verbs of listening: what customers answer, what comes up again, reviews, the talks of a month."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import exact_words
from followup_desktop.base.zones import local_day
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import feedback as commands
from followup_desktop.commands.reviews import read_reviews
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback import queries
from followup_desktop.core.feedback.model import Answer as Told
from followup_desktop.core.feedback.model import How, Mood, Movement, NewAnswer, Review, ReviewLine, Scale
from followup_desktop.core.feedback.rules.reviews import answer_draft
from followup_desktop.core.feedback.rules.scores import mood_of, score_words
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="ID", type=shapes.number, required=True)
    parser.add_argument("--scale", choices=[str(each) for each in Scale], default=str(Scale.CSAT))
    parser.add_argument("--score", metavar="N", type=shapes.score)
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
        [found] = queries.answers(session, key=done.result)
        unhappy = mood_of(found.scale, found.score) is Mood.UNHAPPY
        case = cases.open_case_of(session, given.customer) if unhappy else None
    return Answer(_shape(found, zone) | {"case_id": case}, [done.says])


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


def _months(parser: ArgumentParser) -> None:
    parser.add_argument("--months", metavar="N", type=shapes.count, default=12, help="how many months, 12 without")


def themes(program: Program, given: Namespace) -> Answer:
    """Show what comes up again in what customers said."""
    with program.desk.store.read() as session:
        found = queries.themes_over(session, program.clock.now(), min(given.months, 120))
    data = {
        "months": [month.strftime("%Y-%m") for month in found.months],
        "texts": found.texts,
        "without_theme": found.without,
        "themes": [
            {
                "key": one.theme.key,
                "name": one.theme.name,
                "words": list(one.theme.words),
                "own": one.theme.own,
                "counts": list(one.months),
                "total": one.total,
                "answered": one.answered,
                "movement": str(one.movement),
                "said": [
                    {"on": said.on.isoformat(), "customer_id": said.customer, "kind": said.kind, "text": said.text}
                    for said in one.sayings
                ],
            }
            for one in found.counts
        ],
        "proposals": [{"words": one.words, "times": one.times, "example": one.example} for one in found.proposals],
    }
    lines = [f"{one.theme.name}: {one.total} ({MOVEMENTS[one.movement]})" for one in found.counts if one.total]
    lines += [f"Perhaps a theme: “{one.words}”, in {one.times} texts" for one in found.proposals]
    return Answer(data, lines or ["Nothing came up yet."])


MOVEMENTS = {
    Movement.GROWING: "comes up more often",
    Movement.SHRINKING: "comes up less often",
    Movement.NO_CHANGE: "no real change",
    Movement.FEW: "too few to say more",
}


def _theme(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--words", metavar="WORDS", required=True, help="the words that mean it, with commas between")


def save_theme(program: Program, given: Namespace) -> Answer:
    """Keep a theme, a new one or one that is there."""
    with program.desk.store.read() as session:
        name = " ".join(given.name.split())
        there = next((one for one in queries.themes(session) if name.casefold() == one.name.casefold()), None)
    words = [word for word in given.words.split(",") if word.strip()]
    done = commands.save_theme(program.desk, there.name if there else name, words, there.key if there else "")
    return Answer({"key": done.result}, [done.says])


def _named(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def remove_theme(program: Program, given: Namespace) -> Answer:
    """Count a theme no more."""
    done = commands.remove_theme(program.desk, given.name)
    return Answer({"state": "removed"}, [done.says])


def refuse_theme(program: Program, given: Namespace) -> Answer:
    """Propose these words no more."""
    done = commands.refuse_theme(program.desk, given.name)
    return Answer({"state": "refused"}, [done.says])


def _import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a table, or a copied page; - for standard input")
    parser.add_argument("--site", metavar="NAME", default="", help="where they stand, such as Google")
    parser.add_argument("--check", action="store_true", help="only say what would happen")


def import_reviews(program: Program, given: Namespace) -> Answer:
    """Bring reviews in from a file."""
    data = sys.stdin.read().encode() if given.file == "-" else _bytes(Path(given.file))
    with program.desk.store.read() as session:
        business = operators.business(session)
    today = local_day(program.clock.now(), business.zone)
    reading = read_reviews(
        data, "the pasted text" if given.file == "-" else Path(given.file).name, today, business.region
    )
    new = None if given.check else commands.bring_reviews(program.desk, reading.reviews, given.site).result
    answer = {
        "found": len(reading.reviews),
        "new": new,
        "columns": dict(reading.columns),
        "problems": [{"row": one.row, "what": one.what, "value": one.value} for one in reading.problems],
    }
    said = f"{len(reading.reviews)} found" + ("" if new is None else f", {new} new")
    return Answer(answer, [said, *(f"  row {one.row}: {one.what} ({one.value})" for one in reading.problems)])


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise Problem(f"There is no file {file.name}.", "Nothing was brought in.", "Look at the name once more.")
    return file.read_bytes()


def list_reviews(program: Program, _given: Namespace) -> Answer:
    """List the reviews, what has no answer first, each with words to answer with."""
    with program.desk.store.read() as session:
        business = operators.business(session)
        found = queries.reviews(session)
    shown = [
        {
            "id": one.id,
            "site": one.site,
            "author": one.author,
            "on": one.on.isoformat() if one.on else None,
            "rating": one.rating,
            "text": one.text,
            "customer_id": one.customer,
            "proposed": [{"customer_id": key, "customer": name} for key, name in one.proposed],
            "answer": one.answer or None,
            "answered_at": shapes.iso(one.answered_at, business.zone),
            "draft": _review_draft(one, business),
        }
        for one in found
    ]
    lines = [f"{one.id:>5}  {one.rating or '–'}  {one.author}: {' '.join(one.text.split())[:90]}" for one in found]
    return Answer(shown, lines or ["No reviews yet."])


def _review_draft(one: Review, business: Business) -> str:
    line = ReviewLine(one.author, one.on, one.rating, one.text)
    return answer_draft(line, business.first_name, business.name, business.phone, business.language)


def _whose(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("customer", metavar="CUSTOMER_ID", type=shapes.number, help="0 for nobody")


def review_of(program: Program, given: Namespace) -> Answer:
    """Say which customer wrote a review."""
    customer = CustomerId(given.customer) if given.customer else None
    done = commands.review_is_of(program.desk, given.id, customer)
    return Answer({"customer_id": customer}, [done.says])


def _answered(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("text", metavar="TEXT")


def review_answered(program: Program, given: Namespace) -> Answer:
    """Say what you answered to a review where it stands."""
    done = commands.review_answered(program.desk, given.id, given.text)
    return Answer({"state": "answered"}, [done.says])


def _month(parser: ArgumentParser) -> None:
    parser.add_argument("--month", metavar="M", help="another month than this one, such as 2026-11")


def talks(program: Program, given: Namespace) -> Answer:
    """Show whom to talk with at length this month, and what to ask."""
    with program.desk.store.read() as session:
        this = local_day(program.clock.now(), operators.business(session).zone).replace(day=1)
    month = _month_of(given.month) if given.month else this
    if month == this:
        commands.propose_talks(program.desk, month)
    with program.desk.store.read() as session:
        found = queries.talks(session, month)
    shown = [
        {
            "id": one.id,
            "customer_id": one.customer,
            "customer": one.name,
            "kind": str(one.kind),
            "why": one.why,
            "state": str(one.state),
            "notes": one.notes,
            "questions": list(one.questions),
        }
        for one in found
    ]
    lines = [f"{one.id:>5}  {one.kind}: {one.name}. {one.why}  ({one.state})" for one in found]
    return Answer({"month": month.strftime("%Y-%m"), "talks": shown}, lines or ["Nobody to propose yet."])


def _month_of(text: str) -> date:
    try:
        return shapes.within(date.fromisoformat(f"{text}-01"))
    except ValueError:
        raise Problem(f"“{text}” is not a month.", "", "Write it like 2026-11.") from None


def _notes(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("--notes", metavar="TEXT", required=True, help="what they said, in their words")
    parser.add_argument("--how", choices=("call", "in_person"), default="call")


def talk_done(program: Program, given: Namespace) -> Answer:
    """Say that a talk took place."""
    done = commands.talk_done(program.desk, given.id, given.notes, given.how)
    return Answer({"state": "done"}, [done.says])


def talk_skip(program: Program, given: Namespace) -> Answer:
    """Say that a talk does not take place."""
    done = commands.talk_skipped(program.desk, given.id)
    return Answer({"state": "skipped"}, [done.says])


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
    Verb("themes", "what comes up again in what customers say, and whether it grows", themes, _months),
    Verb("theme save", "keep a theme and the words that mean it", save_theme, _theme),
    Verb("theme remove", "count a theme no more", remove_theme, _named),
    Verb("theme refuse", "propose these words no more", refuse_theme, _named),
    Verb("reviews import", "bring reviews in from a table or a copied page", import_reviews, _import),
    Verb("reviews list", "the reviews, with words to answer each", list_reviews),
    Verb("reviews whose", "say which customer wrote a review", review_of, _whose),
    Verb("reviews answered", "say what you answered to a review", review_answered, _answered),
    Verb("talks", "three customers to talk with this month, and what to ask", talks, _month),
    Verb("talk done", "note what was said in a talk", talk_done, _notes),
    Verb("talk skip", "say that a talk does not take place", talk_skip, _one),
)
