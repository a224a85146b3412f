"""Verbs about templates and what goes with them: check one, keep a version of one's own, enclose a file."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import drafts
from followup_desktop.commands import templates as commands
from followup_desktop.core.drafts import queries
from followup_desktop.core.drafts.model import SUBJECT, Place, VoiceProposal
from followup_desktop.core.drafts.rules.enclosing import MOST_BYTES, size_words
from followup_desktop.core.drafts.rules.reading import SAVED, SEGMENTS
from followup_desktop.core.drafts.rules.sandbox import check_words
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.segments import queries as segments
from followup_desktop.store import files


def _check(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--channel", choices=commands.WRITTEN, help="what it is for; else its name says so")


def check(program: Program, given: Namespace) -> Answer:
    """Say whether a template may be used, and what is wrong with it at which line."""
    source = read_text(given.file)
    problems = check_words(source, given.channel or _channel_of(given.file, source))
    data = {"ok": not problems, "problems": [{"line": p.line, "text": p.text} for p in problems]}
    lines = [f"Line {p.line}: {p.text}" for p in problems] or ["The template can be used."]
    return Answer(data, lines, code=1 if problems else 0)


def _channel_of(name: str, source: str) -> str:
    """Find out what a file is for: name.call.j2 says it; any other is a mail if it has a subject."""
    named = re.search(r"\.(\w+)\.j2$", name)
    if named and named[1] in commands.WRITTEN:
        return named[1]
    in_place = re.search(r"(^|/)[a-z_]+/[a-z]{2}/[a-z0-9_-]+\.j2$", name.replace("\\", "/")) is not None
    return "email" if in_place or source.startswith(SUBJECT) else "text"


def read_text(name: str) -> str:
    """Return the text of a file; raises Problem."""
    try:
        return Path(name).read_text("utf-8-sig")
    except OSError as error:
        raise Problem(f"{name} could not be read: {error.strerror}.", "Nothing was changed.", "Look for it.") from error
    except UnicodeDecodeError as error:
        raise Problem(f"{name} is no text in UTF-8.", "Nothing was changed.", "Save it as UTF-8.") from error


def listing(program: Program, given: Namespace) -> Answer:
    """List every template that counts now, and which journeys use it."""
    with program.desk.store.read() as session:
        found = sorted(queries.templates_now(session, program.templates), key=lambda each: each.place)
    used = {key: [j.key for j in program.journeys if key in {t.template for t in j.touchpoints}] for key in
            {each.key for each in found}}  # fmt: skip
    data = [{**_place(t.place), "version": t.version, "journeys": used[t.key]} for t in found]
    lines = [f"{_words(t.place)}{f'  (yours, {t.version})' if t.version else ''}" for t in found]
    return Answer(data, lines)


def _words(place: Place) -> str:
    return " ".join(filter(None, (place.key, place.channel, place.language, place.segment)))


def _place(place: Place) -> dict[str, Any]:
    return {
        "key": place.key,
        "channel": place.channel,
        "language": place.language,
        "segment": place.segment,
    }


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="such as check_in/first_visit")
    parser.add_argument("--channel", choices=commands.WRITTEN, default="email")
    parser.add_argument("--language", metavar="L", default="en")
    parser.add_argument("--segment", metavar="S", default="")


def _place_of(program: Program, given: Namespace) -> Place:
    """Return the place that is meant; a segment of the owner's is given by its name or number."""
    return Place(given.key, given.channel, given.language, _segment_of(program, given.segment))


def _segment_of(program: Program, named: str) -> str:
    if named in SEGMENTS:
        return named
    with program.desk.store.read() as session:
        found = segments.named(session, named)
        if found is None and named.isdecimal():
            found = segments.segment(session, int(named))
    return f"{SAVED}{found.id}" if found else named


def show(program: Program, given: Namespace) -> Answer:
    """Show the words of a template and the owner's versions of it."""
    place = _place_of(program, given)
    with program.desk.store.read() as session:
        here = queries.templates_now(session, program.templates)
        versions = queries.versions_of(session, place)
        zone = operators.business(session).zone
    template = next((each for each in here if each.place == place), None)
    if template is None:
        raise Problem(f"There is no template {_words(place)}.", "", "`template list` names them all.")
    kept = [{"version": v.version, "at": shapes.iso(v.at, zone), "text": v.text} for v in versions]
    data = {**_place(place), "version": template.version, "text": template.source, "versions": kept}
    return Answer(data, template.source.splitlines())


def _save(parser: ArgumentParser) -> None:
    _which(parser)
    parser.add_argument("--text-file", metavar="F", required=True)


def save(program: Program, given: Namespace) -> Answer:
    """Keep a version of one's own."""
    done = commands.save_template(program.desk, _place_of(program, given), read_text(given.text_file))
    return Answer({"version": done.result}, [done.says])


def shipped(program: Program, given: Namespace) -> Answer:
    """Let the shipped template count again."""
    done = commands.use_shipped(program.desk, _place_of(program, given))
    return Answer({"version": done.result}, [done.says])


def _voice_of(program: Program, given: Namespace) -> list[VoiceProposal]:
    with program.desk.store.read() as session:
        return queries.voice(session, queries.templates_now(session, program.templates))


def voice(program: Program, given: Namespace) -> Answer:
    """Show the changes the owner keeps making to templates."""
    found = _voice_of(program, given)
    data = [
        {**_place(p.place), "number": n, "before": p.before, "after": p.after, "times": p.times}
        for n, p in enumerate(found, 1)
    ]
    lines = [f"{n}  {_words(p.place)}: “{p.before}” is “{p.after}” {p.times} times" for n, p in enumerate(found, 1)]
    return Answer(data, lines or ["Nothing: you leave the templates as they are, or change them differently."])


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", type=shapes.number, help="as `template voice` counts")


def _numbered(program: Program, given: Namespace) -> VoiceProposal:
    found = _voice_of(program, given)
    number = int(given.number)
    if not 1 <= number <= len(found):
        raise Problem(f"There is no proposal {number}.", "Nothing was changed.", "`template voice` counts them.")
    return found[number - 1]


def take(program: Program, given: Namespace) -> Answer:
    """Change a template as the owner keeps changing its messages."""
    one = _numbered(program, given)
    done = commands.save_template(program.desk, one.place, one.text)
    return Answer({"version": done.result}, [done.says])


def leave(program: Program, given: Namespace) -> Answer:
    """Leave a template as it is, and propose the change no more."""
    one = _numbered(program, given)
    done = commands.leave_template(program.desk, one.place, one.before, one.after)
    return Answer({"left": one.before}, [done.says])


def _keep(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--name", metavar="NAME", default="", help="what you call it; else the file's name")


def keep(program: Program, given: Namespace) -> Answer:
    """Keep a file for enclosing."""
    file = Path(given.file)
    sha256, size = files.put(program.path.parent, file, MOST_BYTES)
    done = drafts.keep_enclosure(program.desk, drafts.KeptFile(given.name, file.name, size, sha256))
    return Answer({"id": done.result}, [done.says])


def enclosures(program: Program, given: Namespace) -> Answer:
    """List what is kept for enclosing."""
    with program.desk.store.read() as session:
        found = queries.enclosures(session)
    there = {one.id: files.is_there(program.path.parent, one.sha256) for one in found}
    data = [{"id": e.id, "name": e.name, "file": e.file_name, "size": e.size, "there": there[e.id]} for e in found]
    return Answer(data, [f"{e.id:>4}  {e.name}  ({e.file_name}, {size_words(e.size)})" for e in found])


def _with(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ENCLOSURE_ID", type=shapes.number)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--draft", metavar="FOLLOW_UP_ID", type=shapes.number, help="with this message")
    what.add_argument("--template", metavar="KEY", help="with every mail of this template")
    parser.add_argument("--language", metavar="L", default="en", help="of the template")
    parser.add_argument("--not", dest="out", action="store_true", help="no more, or not with this message")


def enclose(program: Program, given: Namespace) -> Answer:
    """Let an enclosure go with a message or with every mail of a template, or no more."""
    if given.draft is not None:
        done = drafts.enclose_with_draft(program.desk, given.draft, given.id, enclosed=not given.out)
    else:
        place = Place(given.template, "email", given.language)
        done = drafts.enclose_with_template(program.desk, place, given.id, enclosed=not given.out)
    return Answer({"enclosed": not given.out}, [done.says])


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ENCLOSURE_ID", type=shapes.number)


def put_away(program: Program, given: Namespace) -> Answer:
    """Offer an enclosure no more."""
    done = drafts.remove_enclosure(program.desk, given.id)
    return Answer({"put_away": given.id}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("template check", "whether a template may be used", check, _check),
    Verb("template list", "every template", listing),
    Verb("template show", "the words of a template", show, _which),
    Verb("template save", "keep a version of your own", save, _save),
    Verb("template shipped", "go back to the template that ships", shipped, _which),
    Verb("template voice", "the changes you keep making", voice),
    Verb("template take", "change a template as you keep changing it", take, _number),
    Verb("template leave", "leave a template as it is", leave, _number),
    Verb("enclosure keep", "keep a file for enclosing", keep, _keep),
    Verb("enclosure list", "what is kept for enclosing", enclosures),
    Verb("enclosure with", "let a file go with a message or a template", enclose, _with),
    Verb("enclosure remove", "put a file away", put_away, _one),
)
