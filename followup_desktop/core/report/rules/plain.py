"""Other people's text made safe to set: nothing in it that steers a printer, a parser or the direction of reading."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK = "\u200b"


def plain(text: str) -> str:
    """Return the text in one line without control and direction characters; lone surrogates become "?"."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_STEERING.sub(" ", sound).split())


def cut(text: str, letters: int) -> str:
    """Return the text, or its first letters and an ellipsis where it is longer than there is room for."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def breakable(text: str) -> str:
    """Allow a break inside words that are longer than a column, such as an address without a space."""
    return _LONG_WORD.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    letters = word.group()
    return _BREAK.join(letters[start : start + 12] for start in range(0, len(letters), 12))
