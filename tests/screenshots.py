"""Draw every page in both themes at two sizes, to look at: `python -m tests.screenshots FOLDER [--scale 2] [--empty]`.

The pages show the demo business on a Monday morning; with `--empty`, a store without customers; with `--large`,
5,000 customers with long names among them. Nothing of it needs a screen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

NOW = "2026-11-23T09:02"
SIZES = ("900x600", "1280x800")
MODES = ("light", "dark")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", default="1")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--pages", default="")
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--store", type=Path, help="a store of your own instead")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        store = given.store or _store(Path(scratch), given)
        for mode in given.modes.split(","):
            for size in given.sizes.split(","):
                command = [sys.executable, "-m", "tests.screenshots_of", str(store), str(given.folder), mode, size]
                env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": given.scale}
                subprocess.run([*command, NOW, given.pages], check=True, env=env)


def _store(folder: Path, given: argparse.Namespace) -> Path:
    store = folder / "demo.db"
    program = [sys.executable, "-m", "followup_desktop", "--store", str(store), "--now", f"{NOW}-05:00"]
    if given.empty:
        subprocess.run([*program, "customers"], check=True, stdout=subprocess.DEVNULL)
        return store
    subprocess.run([*program, "demo", "--customers", "5000" if given.large else "200"], check=True)
    if given.large:
        name = "Maria-Theresia Wolfeschlegelsteinhausenbergerdorff-Montgomery"
        add = ["add", "--given-name", name, "--family-name", "of the Lakeside Homeowners"]
        complain = ["log", "--customer", "1", "--what", "complaint", "--note", "nobody came " * 30]
        for words in (add, complain):
            subprocess.run([*program, *words], check=True)
    return store


if __name__ == "__main__":
    main()
