"""Verbs about journeys: what there is, what a file would do, and what one would have done last month."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, exact_words
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands.journeys import NewVersion, check_text, restore_version, save_journey, switch_journey
from followup_desktop.core.insights.rules.months import span_of
from followup_desktop.core.journeys import queries
from followup_desktop.core.journeys.model import Journey, JourneyProblem, Standing, Touchpoint
from followup_desktop.core.journeys.queries import Changing
from followup_desktop.core.journeys.rules.plan import Plan
from followup_desktop.core.journeys.rules.preview import Change, How, Rehearsed
from followup_desktop.core.journeys.rules.proposals import Proposals, propose
from followup_desktop.core.journeys.rules.wording import channel_words, stop_words, trigger_words, when_words
from followup_desktop.core.journeys.rules.writing import journey_text
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business


def _key(parser: ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="such as quote; see journeys list")


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a journey as TOML; its name is the journey's key")


def list_journeys(program: Program, given: Namespace) -> Answer:
    """Show every journey: on or off, since when, and what is proposed."""
    there, proposed = _there(program), _proposed(program)
    data = [_line(each, proposed, _business(program)) for each in there]
    lines = [_words(each, proposed) for each in there]
    return Answer(data, [*lines, *([proposed.says] if proposed.says else [])])


def show(program: Program, given: Namespace) -> Answer:
    """Show one journey: what starts it, what follows, what stops it, and its versions."""
    standing, business = _standing(program, given.key), _business(program)
    data = _line(standing, _proposed(program), business) | {
        "touchpoints": [_touchpoint(each) for each in standing.journey.touchpoints],
        "versions": [
            {
                "version": each.number,
                "at": shapes.iso(each.at, business.zone),
                "by": each.by,
                "note": each.note,
                "shipped": each.text is None,
            }
            for each in standing.versions
        ],
        "text": journey_text(standing.journey),
    }
    lines = [f"{standing.journey.name}: {standing.journey.objective}", f"When {trigger_words(standing.journey)}."]
    lines += [f"  {each.name}: {when_words(each)}, by {channel_words(each)}" for each in standing.journey.touchpoints]
    lines += [
        f"  Version {each.number}, {exact_words(each.at, business.zone)} {each.note}" for each in standing.versions
    ]
    return Answer(data, lines)


def check(program: Program, given: Namespace) -> Answer:
    """Say whether a journey file can be used, and what is wrong in it."""
    _journey, problems = _read(program, given.file)
    data = {"ok": not problems, "problems": [{"where": each.where, "text": each.text} for each in problems]}
    return Answer(data, [each.sentence() for each in problems] or ["Nothing is wrong in it."], 1 if problems else 0)


def preview(program: Program, given: Namespace) -> Answer:
    """Say what a journey file would change in the next 30 days, and for whom; nothing is changed."""
    journey, problems = _read(program, given.file)
    if journey is None:
        raise Problem(problems[0].sentence(), "Nothing was changed.", "Mend the file.")
    there = {each.key: each for each in _there(program)}
    before = there.get(journey.key)
    now = before.journey if before is not None and before.on else None
    with program.desk.store.read() as session:
        plan = Plan([each.journey for each in there.values() if each.on], operators.business(session))
        found = queries.outlook(session, Changing(now, journey, plan), program.clock.now())
        names = queries.names(session, {change.customer for change in found.changes})
    zone = plan.business.zone
    data = {
        **{str(how): found.count(how) for how in How},
        "customers": found.customers,
        "same": found.same,
        "busiest": {"day": found.busiest[0].isoformat(), "due": found.busiest[1]} if found.busiest else None,
        "changes": [_change(each, names, zone) for each in found.changes],
    }
    lines = [f"{names[each.customer]}: {_change_words(each, zone)}" for each in found.changes]
    return Answer(data, [*lines, f"{count_words(found.same, 'customer is', 'customers are')} not affected."])


def rehearse(program: Program, given: Namespace) -> Answer:
    """Say who would have got what of a journey for what happened in a month; nothing is changed."""
    standing, business = _standing(program, given.key), _business(program)
    month = given.month or _month_before(program.clock.now().date())
    span = span_of(month, business.zone)
    with program.desk.store.read() as session:
        found = queries.rehearse(session, standing.journey, Plan([], business), (span.start, span.end))
        names = queries.names(session, {each.customer for each in found})
    data = {
        "journey": standing.key,
        "month": f"{month:%Y-%m}",
        "customers": len(names),
        "contacts": [_rehearsed(each, names, business.zone) for each in found],
    }
    return Answer(data, [_rehearsed_words(each, names, business.zone) for each in found] or ["Nobody."])


def save(program: Program, given: Namespace) -> Answer:
    """Keep a file as the owner's version of a journey, or as a new journey."""
    version = NewVersion(_key_of(given.file), _text(given.file), given.note or "")
    done = save_journey(program.desk, version)
    return Answer({"key": version.journey, "version": done.result}, [done.says])


def back(program: Program, given: Namespace) -> Answer:
    """Go back to an earlier version of a journey, or to the shipped one."""
    done = restore_version(program.desk, given.key, given.to)
    return Answer({"key": given.key, "version": done.result}, [done.says])


def _switch(*, on: bool) -> Callable[[Program, Namespace], Answer]:
    def switch(program: Program, given: Namespace) -> Answer:
        done = switch_journey(program.desk, _standing(program, given.key).journey, on=on)
        return Answer({"key": given.key, "on": on}, [done.says])

    return switch


def _save(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--note", metavar="TEXT", help="why, for the list of versions")


def _back(parser: ArgumentParser) -> None:
    _key(parser)
    parser.add_argument("--to", metavar="N", type=int, help="the version; without it, the one that ships")


def _rehearse(parser: ArgumentParser) -> None:
    _key(parser)
    parser.add_argument("--month", metavar="M", type=_month, help="such as 2026-10; without it, last month")


def _month(text: str) -> date:
    from followup_desktop.cli.business import month_of  # brings the report's verbs: only where a month is given

    return month_of(text)


def _month_before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def _business(program: Program) -> Business:
    with program.desk.store.read() as session:
        return operators.business(session)


def _there(program: Program) -> tuple[Standing, ...]:
    with program.desk.store.read() as session:
        trade = operators.business(session).trade
        return program.library.standings(session, trade, history=True)


def _standing(program: Program, key: str) -> Standing:
    found = next((each for each in _there(program) if each.key == key), None)
    if found is None:
        raise Problem(f"There is no journey “{key}”.", "Nothing was changed.", "See the list: journeys list.")
    return found


def _proposed(program: Program) -> Proposals:
    there, now = _there(program), program.clock.now()
    with program.desk.store.read() as session:
        signs = queries.signs(session, [each.journey for each in there], now)
    return propose(there, signs, now)


def _read(program: Program, file: str) -> tuple[Journey | None, list[JourneyProblem]]:
    version = NewVersion(_key_of(file), _text(file))
    return check_text(program.desk, _business(program).trade, _there(program), version)


def _key_of(file: str) -> str:
    return Path(file).name.removesuffix(".toml")


def _text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(f"{file} is not text in UTF-8.", "Nothing was changed.", "Save it as UTF-8.") from None


def _line(each: Standing, proposed: Proposals, business: Business) -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.journey.name,
        "objective": each.journey.objective,
        "starts_when": trigger_words(each.journey),
        "stages": list(each.journey.stages),
        "source": str(each.journey.source),
        "on": each.on,
        "since": shapes.iso(each.since, business.zone) if each.since else None,
        "owed": each.journey.is_owed,
        "version": each.versions[0].number if each.is_own else None,
        "shipped_version": each.shipped.version if each.shipped else None,
        "newer_shipped": each.is_newer_shipped,
        "proposed": proposed.reasons.get(each.key),
    }


def _words(each: Standing, proposed: Proposals) -> str:
    reason = proposed.reasons.get(each.key)
    return f"{each.key:24} {'on ' if each.on else 'off'}  {each.journey.name}: when {trigger_words(each.journey)}" + (
        f" (proposed: {reason})" if reason else ""
    )


def _touchpoint(each: Touchpoint) -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.name,
        "purpose": str(each.purpose),
        "template": each.template,
        "when": when_words(each),
        "channels": list(each.channels),
        "question": each.question,
        "stops_if": stop_words(each),
        "transactional": each.is_transactional,
        "priority": each.priority,
    }


def _change(each: Change, names: Mapping[int, str], zone: str) -> dict[str, Any]:
    return {
        "customer_id": each.customer,
        "customer": names.get(each.customer, ""),
        "touchpoint": each.touchpoint,
        "how": str(each.how),
        "before": shapes.iso(each.before, zone) if each.before else None,
        "after": shapes.iso(each.after, zone) if each.after else None,
        "text": each.says,
        "held": each.held,
    }


def _change_words(each: Change, zone: str) -> str:
    before = exact_words(each.before, zone) if each.before else "nothing"
    after = exact_words(each.after, zone) if each.after else "nothing"
    words = each.says if each.how is How.CHANGED else f"{before} → {after}"
    return ". ".join(part for part in (f"{each.touchpoint}, {words}", each.held) if part)


def _rehearsed(each: Rehearsed, names: Mapping[int, str], zone: str) -> dict[str, Any]:
    return {
        "customer_id": each.customer,
        "customer": names.get(each.customer, ""),
        "touchpoint": each.touchpoint,
        "purpose": each.purpose,
        "channel": each.channel,
        "at": shapes.iso(each.at, zone),
        "outcome": str(each.would),
        "happened": each.happened,
        "reason_text": each.why,
    }


def _rehearsed_words(each: Rehearsed, names: Mapping[int, str], zone: str) -> str:
    why = f" ({each.why})" if each.why else ""
    return f"{exact_words(each.at, zone)}  {names.get(each.customer, '')}: {each.touchpoint}, {each.would}{why}"


VERBS: tuple[Verb, ...] = (
    Verb("journeys list", "show every journey, on or off", list_journeys),
    Verb("journeys show", "show one journey and its versions", show, _key),
    Verb("journeys check", "say what is wrong in a journey file", check, _file),
    Verb("journeys preview", "say what a journey file would change in the next 30 days", preview, _file),
    Verb("journeys rehearse", "say who would have got what in a month", rehearse, _rehearse),
    Verb("journeys save", "keep a file as your version of a journey", save, _save),
    Verb("journeys back", "go back to an earlier version, or the shipped one", back, _back),
    Verb("journeys on", "switch a journey on", _switch(on=True), _key),
    Verb("journeys off", "switch a journey off", _switch(on=False), _key),
)
