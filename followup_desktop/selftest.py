"""Finds out whether this installation can do what it must, in a folder of its own; the owner's store is not touched."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from followup_desktop import __version__
from followup_desktop.app import Program
from followup_desktop.base.clock import SystemClock
from followup_desktop.base.errors import Problem

PATIENCE = 120.0
"""Seconds a child process may take to draw the window."""

SMALLEST_REPORT = 5_000
"""Bytes: a PDF below this has no page with words on it."""

FEWEST_SHADES = 60
"""A picture of the window has more different bytes than this; one of nothing has a handful."""

KEYRINGS = {
    "linux": ("keyring.backends.SecretService", "secretstorage"),
    "darwin": ("keyring.backends.macOS",),
    "win32": ("keyring.backends.Windows",),
}
"""What keeps passwords on each system; whether it answers now is for the settings to find out."""


def run() -> tuple[dict[str, Any], int]:
    """Try everything once; return what was found, ready for one line of JSON, and the exit code."""
    found: dict[str, Any] = {"ok": False, "version": __version__, "python": platform.python_version()}
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="followup-self-test-") as folder:
        for name, check in CHECKS:
            try:
                found[name] = check(Path(folder))
            except Exception as error:  # whatever it is, the other checks still tell something
                found[name] = None
                problems.append(f"{name}: {_words(error)}")
    return found | {"ok": not problems, "problems": problems}, 1 if problems else 0


def _words(error: Exception) -> str:
    return error.sentence() if isinstance(error, Problem) else f"{type(error).__name__}: {error}"[:300]


def store(folder: Path) -> dict[str, Any]:
    """Make a store, bring it to the newest format, and see that it is whole and kept durably."""
    from followup_desktop.store import opening
    from followup_desktop.store.store import connect_writer, pragmas

    path = folder / "business.db"
    program = Program(path, SystemClock())
    program.desk  # noqa: B018  (opening makes it)
    program.close()
    with contextlib.closing(connect_writer(path)) as connection:
        values = {name: _pragma(connection, name) for name in ("journal_mode", "synchronous", "user_version")}
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    found = {"sqlite": sqlite3.sqlite_version, **values, "revision": revision}
    wanted = dict(pragma.split("=") for pragma in pragmas()[:2])
    for name, value in wanted.items():
        _must(values[name].upper() == value, f"{name} is {values[name]}, not {value.lower()}")
    _must(values["user_version"] == str(opening.FORMAT), f"the store is of format {values['user_version']}")
    _must(revision == _head(), f"the store is at revision {revision}")
    _must(not opening.check(path), "; ".join(opening.check(path)))
    return found


def _pragma(connection: sqlite3.Connection, name: str) -> str:
    value = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return {0: "off", 1: "normal", 2: "full", 3: "extra"}[value] if name == "synchronous" else str(value)


def migrations(folder: Path) -> list[str]:
    """Read every migration that ships; return their names, the newest first."""
    return [str(revision.revision) for revision in _scripts().walk_revisions()]


def _head() -> str:
    return str(_scripts().get_current_head())


def _scripts() -> Any:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from followup_desktop.store.opening import MIGRATIONS

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def templates(folder: Path) -> int:
    """Check every template that ships, and render one; return how many there are."""
    from followup_desktop.core.drafts.model import Fact, Facts
    from followup_desktop.core.drafts.rules.compose import compose
    from followup_desktop.core.drafts.rules.sandbox import check_template

    known = Program(folder / "business.db").templates
    for template in known:
        for problem in check_template(template):
            raise ValueError(f"{template.key}, line {problem.line}: {problem.text}")
    first = next(template for template in known if template.channel == "email" and template.language == "en")
    draft = compose(first, Facts.of([Fact("customer.given_name", "Ana", "Self-test")]))
    _must("Ana" in draft.text, "a draft came out without its facts")
    return len(known)


def journeys(folder: Path) -> int:
    """Read every journey that ships; return how many there are."""
    program = Program(folder / "business.db")
    for problem in program.journey_problems:
        raise ValueError(problem.sentence())
    _must(bool(program.journeys), "there is no journey")
    return len(program.journeys)


def keyring(folder: Path) -> list[str]:
    """Load what keeps passwords on this system; return its parts."""
    parts = KEYRINGS.get(sys.platform, KEYRINGS["linux"])
    for part in parts:
        importlib.import_module(part)
    return list(parts)


def report(folder: Path) -> dict[str, int]:
    """Write a report in every format; return how large each came out."""
    from followup_desktop.core.report.model import Format
    from followup_desktop.jobs.report import write_report

    program = Program(folder / "business.db")
    try:
        month = program.clock.now().date().replace(day=1)
        files = write_report(program.desk, month, folder / "report")
    finally:
        program.close()
    sizes = {one: sum(f.stat().st_size for f in files if f.suffix == f".{one}") for one in map(str, Format)}
    _must(sizes["pdf"] > SMALLEST_REPORT, f"the PDF has {sizes['pdf']} bytes")
    _must(all(sizes.values()), "a format is empty")
    return sizes


def paper(folder: Path) -> int:
    """Write a letter with its envelope, and a code for a phone; return the size of the letter."""
    from followup_desktop.base.qr import qr_code

    _must(len(qr_code("tel:+15550142")) > 20, "the QR code came out empty")
    file = folder / "letter.pdf"
    words = json.dumps({"address": ["Ana Pereira"], "text": "Thank you.", "sender": [], "region": "DE"})
    drawn = _child("-m", "followup_desktop.ui.today.letter", str(file), words=words)
    last = drawn.stderr.strip().splitlines()[-1:] or ["no letter came out"]
    _must(drawn.returncode == 0 and file.is_file(), last[0])
    return file.stat().st_size


def zones(folder: Path) -> str:
    """Load a time zone; return its name."""
    return ZoneInfo("Europe/Paris").key


def secure_connections(folder: Path) -> dict[str, Any]:
    """See that mail can be encrypted, and that Qt's network, where it loads, can too."""
    import ssl

    _must(bool(ssl.create_default_context().verify_mode), "servers would not be verified")
    # In a process of its own: a library that is missing must not take this one with it.
    asked = _child("-c", "from PySide6.QtNetwork import QSslSocket; print(QSslSocket.supportsSsl())")
    if asked.returncode != 0:
        return {"ssl": ssl.OPENSSL_VERSION, "qt": None}
    _must(asked.stdout.strip() == "True", "Qt finds no TLS")
    return {"ssl": ssl.OPENSSL_VERSION, "qt": True}


def window(folder: Path) -> int:
    """Draw the window in a process of its own, without a screen; return the size of the picture."""
    picture = folder / "window.png"
    size = ("--size", "900x600")
    drawn = _child("-m", "followup_desktop.ui.picture", str(folder / "business.db"), str(picture), *size)
    last = drawn.stderr.strip().splitlines()[-1:] or ["no picture came out"]
    _must(drawn.returncode == 0 and picture.is_file(), last[0])
    _must(not is_blank(picture.read_bytes()), "the window came out blank")
    return picture.stat().st_size


def is_blank(png: bytes) -> bool:
    """Whether a PNG shows one colour only, or next to nothing; told by its bytes before they are made colours again.

    In the rows of a PNG each byte is kept as its difference to those around it (W3C PNG 9), so that even ground is
    zeros: words and lines are what brings different bytes.
    """
    pieces, place = [], 8
    while place + 8 <= len(png):
        length = int.from_bytes(png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            pieces.append(png[place + 8 : place + 8 + length])
        place += length + 12
    try:
        rows = zlib.decompress(b"".join(pieces))
    except zlib.error:
        return True
    return len(set(rows)) < FEWEST_SHADES


def _child(*arguments: str, words: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        input=words,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


CHECKS: tuple[tuple[str, Callable[[Path], Any]], ...] = (
    ("store", store),
    ("migrations", migrations),
    ("templates", templates),
    ("journeys", journeys),
    ("keyring", keyring),
    ("report", report),
    ("paper", paper),
    ("zones", zones),
    ("secure_connections", secure_connections),
    ("window", window),
)
