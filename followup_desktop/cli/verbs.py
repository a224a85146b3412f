"""What a verb of the command line is, and what it answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from followup_desktop.app import Program


@dataclass(frozen=True)
class Answer:
    """What a verb found or did: data for `--json`, lines for a person; `code` is the exit code.

    Data that is `one_line` is written so: for programs that read a line at a time.
    """

    data: Any
    lines: list[str] = field(default_factory=list)
    code: int = 0
    one_line: bool = False


def _nothing(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


@dataclass(frozen=True)
class Verb:
    """A verb: its words, its arguments, and what it does. `words` of two are a group and its verb."""

    words: str
    help: str
    run: Callable[[Program, argparse.Namespace], Answer]
    arguments: Callable[[argparse.ArgumentParser], None] = _nothing


class WrongUsage(Exception):
    """The command line itself is wrong; exit code 2."""
