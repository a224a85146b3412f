"""The command line: reads the words, runs the verb, answers in lines or in JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from followup_desktop import __version__
from followup_desktop.app import Program
from followup_desktop.base.clock import Clock, FixedClock, SystemClock
from followup_desktop.base.errors import Problem
from followup_desktop.cli.verbs import Answer, Verb, WrongUsage
from followup_desktop.system import paths

PROG = "followup-desktop"


HOMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "data": frozenset({"import", "export", "backup", "restore", "check", "demo"}),
        "customers": frozenset({"customers", "customer", "add", "log", "undo"}),
        "coach": frozenset({"coach"}),
        "day": frozenset({"day", "do-today", "drop", "stop-journey", "after-case", "rest"}),
        "today": frozenset({"queue", "draft", "tell", "write", "send", "save-draft", "done", "later", "skip"}),
        "planning": frozenset({"plan", "simulate", "equipment", "agreement", "leave"}),
        "mail": frozenset({"account"}),
        "accounts": frozenset({"account"}),
        "sign_in": frozenset({"account"}),
        "outbox": frozenset({"outbox"}),
        "mailbox": frozenset({"mail"}),
        "consent": frozenset({"consent", "suppress"}),
        "person": frozenset({"person"}),
        "promises": frozenset({"promise", "promises"}),
        "feedback": frozenset({"feedback", "themes", "theme", "reviews", "talks", "talk"}),
        "cases": frozenset({"case", "goodwill"}),
        "routes": frozenset({"route"}),
        "journeys": frozenset({"journeys"}),
        "templates": frozenset({"template", "enclosure"}),
        "reminders": frozenset({"reminders", "calendar"}),
        "campaigns": frozenset({"segment", "campaign"}),
        "operators": frozenset({"operator"}),
        "business": frozenset({"report", "setting", "self-test"}),
    }
)
"""Which module a verb is in, by its first word, in the order of the manual."""


def verbs(given: Sequence[str] = ()) -> tuple[Verb, ...]:
    """Return the verbs that were meant, or every verb; what the others need is then not loaded."""
    meant = [home for home, words in HOMES.items() if words & set(given)]
    homes = [importlib.import_module(f"followup_desktop.cli.{home}") for home in meant or HOMES]
    return tuple(verb for home in homes for verb in home.VERBS)


def parser(known: Sequence[Verb]) -> argparse.ArgumentParser:
    """Build the parser: what holds for every verb, then each verb's own arguments."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="PATH-or-URL", help="another store than the usual one")
    common.add_argument("--now", metavar="ISO-TIME", help="act as if it were this time")
    common.add_argument("--json", action="store_true", help="answer in JSON")
    top = argparse.ArgumentParser(PROG, parents=[common], description="Who is waiting to hear from you today, and why.")
    top.add_argument("--version", action="version", version=f"{PROG} {__version__}")
    top.add_argument("--tray", action="store_true", help="start in the tray, without the window")
    places = top.add_subparsers(dest="verb", metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for verb in known:
        first, _, second = verb.words.partition(" ")
        if second and first not in groups:
            group = places.add_parser(first, help=f"{first} …")
            groups[first] = group.add_subparsers(dest="verb2", metavar="COMMAND", required=True)
        place = groups[first] if second else places
        made = place.add_parser(second or first, help=verb.help, description=verb.help, parents=[common])
        verb.arguments(made)
        made.set_defaults(run=verb.run, wrong=made.error)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code: 0 done, 1 a problem the user can act on, 2 wrong usage."""
    given, unknown = parser(() if "--version" in arguments else verbs(arguments)).parse_known_args(arguments)
    if unknown:
        given.wrong(f"not known here: {' '.join(unknown)}")
    try:
        program = program_of(given)
    except WrongUsage as wrong:
        return _say(str(wrong), 2)
    try:
        answer = given.run(program, given)
        _print(answer, as_json=getattr(given, "json", False))
        return int(answer.code)
    except Problem as problem:
        return _say(problem.sentence(), 1)
    except WrongUsage as wrong:
        return _say(str(wrong), 2)
    except UnicodeEncodeError:
        return _say("A word given is not text: it holds bytes that are no character. Nothing was changed.", 2)
    except BrokenPipeError:
        return 1
    except OSError as error:
        return _say(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.", 1)
    except KeyboardInterrupt:
        return _say("Stopped.", 1)
    except Exception:
        return _say(_told_of_a_fault(), 1)
    finally:
        program.close()


def _told_of_a_fault() -> str:
    """Keep what went wrong inside the program in a private file, and say where it is."""
    said = "Something went wrong inside the program. What was saved before is safe."
    try:
        file = paths.places().logs / "fault.txt"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as kept:
            traceback.print_exc(file=kept)
    except (OSError, Problem):
        return said
    return f"{said} The details are in {file}."


def program_of(given: argparse.Namespace) -> Program:
    """Return the program for what was given with every verb: store and time."""
    path = store_path(getattr(given, "store", None))
    return Program(path, clock_of(getattr(given, "now", None), path))


def store_path(text: str | None) -> Path:
    """Return where the store is; raises WrongUsage for a database this version does not know."""
    if text is None:
        return paths.places().business
    scheme, separator, rest = text.partition("://")
    if separator and scheme.startswith("sqlite"):
        text = rest[1:] if rest.startswith("/") else rest
    elif separator:
        raise WrongUsage(f"A store at {scheme}:// cannot be opened yet; name a file.")
    return Path(text).expanduser().absolute()


def clock_of(text: str | None, path: Path) -> Clock:
    """Return the machine's clock, or one that stands at `text`; without an offset it is in the store's zone."""
    if text is None:
        return SystemClock()
    from followup_desktop.cli.shapes import within  # brings the records: not before it is needed

    try:
        moment = within(datetime.fromisoformat(text))
    except ValueError:
        raise WrongUsage(f"--now {text}: not a time such as 2026-11-23T09:00.") from None
    if moment.tzinfo is None:
        from followup_desktop.base.zones import resolve

        moment = resolve(moment.date(), moment.time(), _zone_of(path))
    return FixedClock(moment)


def _zone_of(path: Path) -> str:
    """Return the zone kept in a store that is there already, else this computer's."""
    import contextlib
    import sqlite3

    from followup_desktop.system.locale import here

    with contextlib.suppress(sqlite3.Error, OSError, ValueError):
        if path.is_file():
            with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as store:
                row = store.execute("SELECT value FROM settings WHERE key = 'business.zone'").fetchone()
                if row:
                    return str(json.loads(row[0]))
    return here().zone


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=None if answer.one_line else 2))
    else:
        for line in answer.lines:
            print(line)
    sys.stdout.flush()


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
