"""Verbs about files: import, export, backup, restore, check, demo."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli.verbs import Answer, Verb, WrongUsage
from followup_desktop.commands.exchange import import_customers
from followup_desktop.core.exchange import queries as exchange
from followup_desktop.core.exchange.model import FIELDS, FileReading, Plan, Verdict
from followup_desktop.core.exchange.rules.matching import match
from followup_desktop.core.exchange.rules.readers import READERS
from followup_desktop.core.exchange.rules.reading import read_file
from followup_desktop.core.operators import queries as operators
from followup_desktop.store import backup as copies
from followup_desktop.store import opening


def _import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--as", dest="as_format", metavar="FORMAT", choices=[r.key for r in READERS])
    parser.add_argument("--check", action="store_true", help="only say what would happen")
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], dest="mapping")
    parser.add_argument("--columns", action="store_true", help="also say what each column is")


def import_file(program: Program, given: Namespace) -> Answer:
    """Bring customers in from a file, or only say what would happen."""
    mapping = _mapping(given.mapping)
    data = _bytes(given.file)
    with program.desk.store.read() as session:
        region = operators.business(session).region
    reading = read_file(data, Path(given.file).name, as_format=given.as_format, mapping=mapping, region=region)
    with program.desk.store.read() as session:
        plan = match(reading, exchange.known(session))
    import_id = None if given.check else import_customers(program.desk, reading, mapping).result.id
    answer = _told(reading, plan, import_id)
    return replace(answer, data=answer.data | _columns(reading, plan)) if given.columns else answer


def _told(reading: FileReading, plan: Plan, import_id: int | None) -> Answer:
    new = plan.count(Verdict.NEW) + plan.count(Verdict.ASK)
    changed, unchanged = plan.count(Verdict.CHANGED), plan.count(Verdict.UNCHANGED)
    answer = {
        "format": reading.format,
        "new": new,
        "changed": changed,
        "unchanged": unchanged,
        "problems": [asdict(p) for p in plan.problems],
        "import_id": import_id,
    }
    lines = [f"{new} new, {changed} changed, {unchanged} unchanged, {len(plan.problems)} to look at"]
    lines += [f"  row {p.row}: {p.what} ({p.value}). {p.outcome}" for p in plan.problems]
    return Answer(answer, lines)


def _columns(reading: FileReading, plan: Plan) -> dict[str, object]:
    """Return what the window shows besides: the columns, remarks on the file, who comes under one roof."""
    return {
        "rows": reading.rows,
        "columns": [asdict(column) for column in reading.columns],
        "notes": list(reading.notes),
        "households": len(plan.households),
        "header_key": reading.header_key,
    }


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Problem(
            f"{name} could not be read: {error.strerror}.", "Nothing was changed.", "Check the path."
        ) from error


def _mapping(pairs: list[str]) -> dict[str, str]:
    known = {field.key for field in FIELDS} | {"extra"}
    mapping = {}
    for pair in pairs:
        column, separator, field = pair.rpartition("=")
        if not separator or field not in known:
            raise WrongUsage(f"--map {pair}: give COLUMN=FIELD, with one of {', '.join(sorted(known))}.")
        mapping[column] = field
    return mapping


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")


def backup(program: Program, given: Namespace) -> Answer:
    """Write a verified copy of the store."""
    store = program.desk.store
    made = copies.copy_store(store.path, Path(given.file).absolute())
    return Answer({"file": str(made)}, [f"Backup written: {made}"])


def restore(program: Program, given: Namespace) -> Answer:
    """Put a backup in the place of the store; what was there is kept beside it."""
    candidate = Path(given.file).absolute()
    if not candidate.is_file():
        raise Problem(f"There is no file {given.file}.", "The store is as it was.", "Check the path.")
    copies.verify(candidate)
    opening.must_fit(candidate)
    program.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = copies.restore(candidate, program.path, program.clock.now())
    program.desk  # noqa: B018  (opens it: an older format is brought up to date now, not later)
    return Answer(
        {"restored": str(candidate)}, ["Restored."] + ([f"What was there is kept as {kept}."] if kept else [])
    )


def check(program: Program, given: Namespace) -> Answer:
    """Check the store as a whole."""
    if not program.path.is_file():
        raise Problem(f"There is no store at {program.path}.", "", "Start the program once, or restore a backup.")
    problems = opening.check(program.path)
    if not problems:
        program.desk  # noqa: B018
    return Answer({"ok": not problems, "problems": problems}, problems or ["The store is whole."], 1 if problems else 0)


def _folder(parser: ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR")


def export(program: Program, given: Namespace) -> Answer:
    """Write everything in the store to files."""
    from followup_desktop.jobs.export import export_all

    with program.desk.store.read() as session:
        files = export_all(session, Path(given.dir).absolute(), program.clock.now())
    return Answer({"files": [str(f) for f in files]}, [str(f) for f in files])


def _demo(parser: ArgumentParser) -> None:
    parser.add_argument("--customers", metavar="N", type=int, default=200)
    parser.add_argument("--seed", metavar="S", type=int, default=1)


def demo(program: Program, given: Namespace) -> Answer:
    """Fill an empty store with an invented business."""
    from followup_desktop.commands.demo import fill

    done = fill(program.desk, given.customers, given.seed)
    return Answer({"customers": done.result}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("import", "bring customers in from a file", import_file, _import),
    Verb("export", "write everything in the store to files", export, _folder),
    Verb("backup", "write a verified copy of the store", backup, _file),
    Verb("restore", "put a backup in the place of the store", restore, _file),
    Verb("check", "check the store as a whole", check),
    Verb("demo", "fill an empty store with an invented business", demo, _demo),
)
