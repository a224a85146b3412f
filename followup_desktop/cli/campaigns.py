"""Verbs about segments and campaigns."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.base.zones import local_day
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import campaigns as commands
from followup_desktop.core.campaigns import queries
from followup_desktop.core.campaigns.model import (
    CHANNELS,
    OPEN_DAYS,
    PURPOSES_OF_CAMPAIGNS,
    Campaign,
    LeftOut,
    NewCampaign,
    Outline,
    Progress,
    Recipient,
    Said,
)
from followup_desktop.core.campaigns.rules import checked
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.segments import queries as segments
from followup_desktop.core.segments.model import FIELDS, OPS, Conditions, Segment
from followup_desktop.core.segments.rules import data_of, filter_words, read_condition


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=shapes.number)


def _where(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--where", metavar="PART", nargs="+", action="append", default=[],
        help="FIELD OP [VALUE,VALUE] [DAYS], such as: --where visit had repair 90",
    )  # fmt: skip


def _shown(session: Session, segment: Segment, offered: Any, now: Any) -> dict[str, Any]:
    return {
        "id": segment.id,
        "uuid": segment.uuid,
        "name": segment.name,
        "conditions": data_of(segment.conditions),
        "words": filter_words(segment.conditions, offered),
        "count": segments.count(session, segment.conditions, now),
    }


def list_segments(program: Program, given: Namespace) -> Answer:
    """List segments."""
    with program.desk.store.read() as session:
        offered, now = segments.offered(session), program.clock.now()
        found = [_shown(session, segment, offered, now) for segment in segments.segments(session)]
    lines = [f"{s['id']:>5}  {s['name']}  ({s['count']})  {s['words']}" for s in found]
    return Answer(found, lines or ["No segments yet."])


def _any_segment(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=shapes.number, nargs="?")
    _where(parser)


def show_segment(program: Program, given: Namespace) -> Answer:
    """Show who is in a segment, or in one that is not saved."""
    conditions = _conditions(given.where)
    with program.desk.store.read() as session:
        now, offered = program.clock.now(), segments.offered(session)
        found: dict[str, Any] = {
            "conditions": data_of(conditions),
            "words": filter_words(conditions, offered),
            "count": segments.count(session, conditions, now),
        }
        if given.id is not None:
            segment = segments.segment(session, given.id)
            conditions, found = segment.conditions, _shown(session, segment, offered, now)
        people = segments.members(session, conditions, now)
        found["customers"] = [{"id": key, "name": name} for key, name in people]
    return Answer(found, [f"{found['words']}: {len(people)}", *(f"{key:>5}  {name}" for key, name in people)])


def _conditions(given: Sequence[Sequence[str]]) -> Conditions:
    return tuple(map(read_condition, given))


def fields(program: Program, given: Namespace) -> Answer:
    """List what a segment can ask about in this store."""
    with program.desk.store.read() as session:
        offered = segments.offered(session)
    data: list[dict[str, Any]] = [
        {
            "field": field.key,
            "label": field.label,
            "ops": [str(op) for op in OPS[field.kind]],
            "choices": [{"value": value, "label": label} for value, label in offered.of(field)],
            "names": list(offered.columns) if field.named else [],
        }
        for field in FIELDS
    ]
    return Answer(data, [f"{d['field']:<10} {' | '.join(d['ops']):<28} {d['label']}" for d in data])


def _save(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    _where(parser)


def save_segment(program: Program, given: Namespace) -> Answer:
    """Keep a filter under a name."""
    done = commands.save_segment(program.desk, given.name, _conditions(given.where))
    return Answer({"id": done.result}, [done.says])


def _rename(parser: ArgumentParser) -> None:
    _number(parser)
    parser.add_argument("name", metavar="NAME")


def rename_segment(program: Program, given: Namespace) -> Answer:
    """Call a segment something else."""
    done = commands.rename_segment(program.desk, given.id, given.name)
    return Answer({"id": given.id}, [done.says])


def remove_segment(program: Program, given: Namespace) -> Answer:
    """Let go of a segment."""
    done = commands.remove_segment(program.desk, given.id)
    return Answer({"id": given.id}, [done.says])


def list_campaigns(program: Program, given: Namespace) -> Answer:
    """List campaigns, the newest first."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.campaigns(session, program.clock.now())
    lines = [f"{c.id:>5}  {c.topic}  {c.state}  {_progress_line(c.progress)}" for c in found]
    return Answer([_campaign(c, zone) for c in found], lines or ["No campaigns yet."])


def show_campaign(program: Program, given: Namespace) -> Answer:
    """Show one campaign: who gets it, how each stands, who does not get it and why."""
    with program.desk.store.read() as session:
        zone, now = operators.business(session).zone, program.clock.now()
        campaign = queries.campaign(session, given.id, now)
        found = queries.recipients(session, given.id, now)
        left_out = queries.left_out(session, given.id)
    data = _campaign(campaign, zone) | {
        "recipients": [_recipient(r) for r in found],
        "left_out": [_left_out(one) for one in left_out],
    }
    lines = [f"{campaign.topic}: {campaign.state}, {_progress_line(campaign.progress)}"]
    lines += [f"  {r.day}  {r.name}: {r.outcome}{f' ({r.why})' if r.why else ''}" for r in found]
    return Answer(data, [*lines, *_left_out_lines(left_out)])


def _start(parser: ArgumentParser) -> None:
    parser.add_argument("--topic", metavar="TEXT", required=True, help="what it is about; becomes the subject")
    parser.add_argument("--segment", metavar="NAME-or-ID", required=True)
    parser.add_argument("--words", metavar="TEXT", default="", help="what you tell them, in one to three sentences")
    parser.add_argument("--ask", metavar="TEXT", default="", help="the one question")
    parser.add_argument(
        "--also-in", nargs=4, action="append", default=[], metavar=("L", "TOPIC", "WORDS", "ASK"),
        help="the same in another language, such as es, for those who read it",
    )  # fmt: skip
    parser.add_argument("--purpose", choices=[str(p) for p in PURPOSES_OF_CAMPAIGNS], default=str(Purpose.CONTINUITY))
    parser.add_argument("--template", metavar="KEY", default="", help="another template than the usual one")
    parser.add_argument("--channel", choices=CHANNELS, action="append", help="in this order; email when left out")
    parser.add_argument("--days", metavar="N", type=shapes.count, default=5, help="days to spread over; 5")
    parser.add_argument("--from", dest="starts", metavar="DATE", type=shapes.day, help="the first day; today")
    parser.add_argument("--open", metavar="N", type=shapes.count, default=OPEN_DAYS, help="days each may wait; 7")
    parser.add_argument("--check", action="store_true", help="only say what would happen")


def start(program: Program, given: Namespace) -> Answer:
    """Begin a campaign, or say what would happen."""
    new = _new(program, given)
    if given.check:
        return _outline(program, new)
    done = commands.start(program.desk, new)
    return Answer({"id": done.result}, [done.says])


def _new(program: Program, given: Namespace) -> NewCampaign:
    now = program.clock.now()
    with program.desk.store.read() as session:
        segment = _segment(session, given.segment)
        today = local_day(now, operators.business(session).zone)
    if given.template and given.template not in {t.key for t in program.templates}:
        raise Problem(f"There is no template {given.template}.", "Nothing was started.", "See: template list.")
    new = NewCampaign(
        topic=given.topic,
        segment=segment.name,
        conditions=segment.conditions,
        starts=given.starts or today,
        days=given.days,
        words=given.words,
        ask=given.ask,
        purpose=Purpose(given.purpose),
        template=given.template,
        open_days=given.open,
        channels=tuple(given.channel or ("email",)),
        other={language.casefold()[:2]: Said(*said) for language, *said in given.also_in},
    )
    return checked(new, today)


def _segment(session: Session, text: str) -> Segment:
    found = segments.named(session, text)
    if found is None and text.isascii() and text.isdigit():
        return segments.segment(session, int(text))
    if found is None:
        raise Problem(f"There is no segment “{text}”.", "Nothing was started.", "Save one first: segment save.")
    return found


def _outline(program: Program, new: NewCampaign) -> Answer:
    with program.desk.store.read() as session:
        now = program.clock.now()
        found = queries.preview(session, new, now)
        whom = [place.customer for place in found.places]
        samples = queries.samples(session, new, whom, program.templates, now)
    data = {
        "places": [{"customer_id": p.customer, "customer": p.name, "day": p.day.isoformat()} for p in found.places],
        "left_out": [_left_out(one) for one in found.left_out],
        "done_by": found.done_by.isoformat() if found.done_by else None,
        "advice": found.advice,
        "samples": [
            {"customer_id": s.customer, "customer": s.name, "subject": s.subject, "text": s.text} for s in samples
        ],
    }
    return Answer(data, _outline_lines(found))


def _outline_lines(found: Outline) -> list[str]:
    said = f"{count_words(len(found.places), 'customer', 'customers')} would get it"
    lines = [f"{said}, the last on {found.done_by}" if found.done_by else f"{said}."]
    lines += [found.advice] if found.advice else []
    return [*lines, *(f"  {p.day}  {p.name}" for p in found.places), *_left_out_lines(found.left_out)]


def stop(program: Program, given: Namespace) -> Answer:
    """Stop a campaign: what is not written yet is not written."""
    done = commands.stop(program.desk, given.id)
    return Answer({"id": given.id, "state": "stopped"}, [done.says])


def resume(program: Program, given: Namespace) -> Answer:
    """Go on with a stopped campaign, spread anew from today."""
    done = commands.resume(program.desk, given.id)
    return Answer({"id": given.id, "left": done.result}, [done.says])


def _campaign(value: Campaign, zone: str) -> dict[str, Any]:
    p = value.progress
    return {
        "id": value.id,
        "uuid": value.uuid,
        "topic": value.topic,
        "words": value.words,
        "ask": value.ask,
        "segment": value.segment,
        "conditions": data_of(value.conditions),
        "purpose": str(value.purpose),
        "template": value.template,
        "state": str(value.state),
        "starts": value.starts.isoformat(),
        "days": value.days,
        "open_days": value.open_days,
        "started": shapes.iso(value.started_at, zone),
        "stopped": shapes.iso(value.stopped_at, zone),
        "done_by": value.done_by.isoformat() if value.done_by else None,
        "progress": {
            "places": p.places,
            "sent": p.sent,
            "answered": p.answered,
            "skipped": p.skipped,
            "stopped": p.stopped,
            "lapsed": p.lapsed,
            "today": p.today,
            "held": p.held,
            "coming": p.coming,
        },
    }


def _recipient(value: Recipient) -> dict[str, Any]:
    return {
        "customer_id": value.customer,
        "customer": value.name,
        "day": value.day.isoformat(),
        "follow_up_id": value.follow_up,
        "state": value.state,
        "outcome_text": value.outcome,
        "why": value.why,
        "answered": value.answered,
    }


def _left_out(value: LeftOut) -> dict[str, Any]:
    return {"customer_id": value.customer, "customer": value.name, "why": value.why}


def _left_out_lines(found: Sequence[LeftOut]) -> list[str]:
    return ["", f"Left out: {len(found)}", *(f"  {one.name}: {one.why}" for one in found)] if found else []


def _progress_line(p: Progress) -> str:
    return f"{p.sent} of {p.places} sent, {p.answered} answered, {p.open} to come"


VERBS: tuple[Verb, ...] = (
    Verb("segment list", "list segments", list_segments),
    Verb("segment fields", "what a segment can ask about", fields),
    Verb("segment show", "who is in a segment", show_segment, _any_segment),
    Verb("segment save", "keep a filter under a name", save_segment, _save),
    Verb("segment rename", "call a segment something else", rename_segment, _rename),
    Verb("segment remove", "let go of a segment", remove_segment, _number),
    Verb("campaign list", "list campaigns", list_campaigns),
    Verb("campaign show", "one campaign, place by place", show_campaign, _number),
    Verb("campaign start", "begin a campaign", start, _start),
    Verb("campaign stop", "stop a campaign", stop, _number),
    Verb("campaign resume", "go on with a stopped campaign", resume, _number),
)
