"""The report as PDF, set by Typst: tagged for screen readers, with the fonts that ship with the program."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from followup_desktop.base.resources import resource
from followup_desktop.core.report.model import Written
from followup_desktop.core.report.rules.plain import breakable

if TYPE_CHECKING:
    from typst import Compiler

_ONE_AT_A_TIME = Lock()
"""A compiler serves one caller at a time and refuses the others."""


def document(report: Written, made: date) -> bytes:
    """Return the report as PDF. Its text goes to Typst as JSON data, never as markup, so all of it prints literally."""
    data = json.dumps(_breakable(asdict(report)), ensure_ascii=False)
    compiler = _compiler(with_system_fonts=not is_covered(data))
    with _ONE_AT_A_TIME:
        result = compiler.compile(
            _template(),
            format="pdf",
            sys_inputs={"data": data},
            timestamp=datetime.combine(made, time(), tzinfo=UTC),
        )
    assert isinstance(result, bytes)
    return result


def is_covered(text: str) -> bool:
    """Say whether the shipped fonts have every letter of the text; else the system's fonts are asked as well."""
    return all(_is_in_shipped_fonts(ord(letter)) for letter in set(text))


@cache
def _compiler(*, with_system_fonts: bool) -> Compiler:
    # Kept for the life of the process: the second report needs a tenth of the time of the first.
    # Imported here because it is large and only reports need it.
    from typst import Compiler, Fonts

    fonts = Fonts(
        include_system_fonts=with_system_fonts,
        include_embedded_fonts=False,
        font_paths=[str(resource("report/fonts"))],
    )
    return Compiler(_template(), font_paths=fonts, root=str(resource("report")))


@cache
def _template() -> bytes:
    return resource("report/report.typ").read_bytes()


def _is_in_shipped_fonts(code: int) -> bool:
    """Latin, Greek and Cyrillic without their rare corners, and common punctuation and currency signs."""
    return (
        (code <= 0x017F and code != 0x0149)
        or 0x0218 <= code <= 0x021B
        or 0x0386 <= code <= 0x03CE
        or 0x0400 <= code <= 0x045F
        or 0x1E80 <= code <= 0x1EF9
        or 0x2010 <= code <= 0x2026
        or code in _SIGNS
    )


_SIGNS = frozenset(map(ord, "\u200b\u202f\u2009‰′″‹›€₤₦₨₩₪₫₱₴₵₸₹₺₽₿№™−≈≠≤≥"))


def _breakable(value: Any) -> Any:
    """Allow breaks inside over-long words of all text but the drawings."""
    match value:
        case str():
            return value if value.startswith("<svg ") else breakable(value)
        case dict():
            return {key: _breakable(each) for key, each in value.items()}
        case list() | tuple():
            return [_breakable(each) for each in value]
        case _:
            return value
