"""PySide6's import hook: it reads the source of every module loaded after it, for a feature nothing here uses."""

import builtins
import re
import subprocess
import sys
from pathlib import Path

import followup_desktop.ui

HERE = Path(__file__).parents[2]

LOADED_WITHOUT_SOURCE = """
import linecache, sys
import followup_desktop.ui
before = set(linecache.cache)
import followup_desktop.ui.today.page, followup_desktop.store.opening
kept = [name for name in set(linecache.cache) - before if name.endswith(".py")]
print(kept, "sqlalchemy" in sys.modules)
"""

STAR = """
import followup_desktop.ui
from PySide6.QtWidgets import *
label = QLabel
print(issubclass(label, QWidget), hasattr(label, "setText"), hasattr(label, "set_text"))
"""


def said_by(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_loading_the_window_reads_no_source():
    assert said_by(LOADED_WITHOUT_SOURCE) == "[] True"


def test_classes_that_are_made_when_first_used_still_come_with_a_star():
    assert said_by(STAR) == "True True False"


def test_the_hook_is_out_for_tests_as_well():
    assert followup_desktop.ui
    assert "feature" not in repr(builtins.__import__)


def test_nothing_asks_for_what_the_hook_would_give():
    asks = re.compile(r"^\s*(from|import) __feature__", re.MULTILINE)
    assert [p for p in (HERE / "followup_desktop").rglob("*.py") if asks.search(p.read_text("utf-8"))] == []
