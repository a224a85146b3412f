#!/usr/bin/env python3
"""Write packaging/*.lock anew from pyproject.toml: every package with its version and checksums, for every system.

    python3 packaging/lock.py             keep the locked versions, add and remove what pyproject.toml says
    python3 packaging/lock.py --upgrade   take the newest versions

Needs uv. The files name no place to get packages from: that is the business of each computer's own settings.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"
PROGRAM = ROOT / "packaging/requirements.lock"
TESTS = ROOT / "packaging/requirements-test.lock"
TITLE = "# Written by packaging/lock.py from pyproject.toml. Do not edit.\n"


def build_tools() -> str:
    """Return what the program is built with: locked like everything else, so that nothing is fetched on the side."""
    return "\n".join(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["build-system"]["requires"])


def write_lock(uv: str, lock: Path, *options: str) -> None:
    """Choose versions for every system and Python we run on, and write them down with their checksums."""
    python = ("--universal", "--python-version", "3.11", "--only-binary", ":all:")
    bare = ("--generate-hashes", "--no-header", "--no-annotate", "--quiet")
    command = (uv, "pip", "compile", *python, *bare, *options, str(PROJECT), "-", "--output-file", str(lock))
    subprocess.run(command, input=build_tools(), text=True, stdout=subprocess.DEVNULL, check=True)
    lock.write_text(TITLE + lock.read_text(encoding="utf-8"), encoding="utf-8")


def main(options: list[str]) -> None:
    """Write both lock files, the tests' with the very versions of the program's."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".venv/bin"))
    if uv is None:
        sys.exit("uv is needed to choose versions: install it with pipx install uv.")
    write_lock(uv, PROGRAM, *options)
    write_lock(uv, TESTS, *options, "--group", f"{PROJECT}:test", "--constraint", str(PROGRAM))


if __name__ == "__main__":
    main(sys.argv[1:])
