"""One plain form of letters for comparing, character by character, so that places in it are places in the line."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

_PLAIN = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-"}
_ASCII = {**dict.fromkeys((*range(32), 127), " "), ord("`"): "'"}


def composed(line: str) -> str:
    """Return the line with every accented letter as one character (Unicode NFC), as all places in it are counted."""
    return normalize("NFC", line)


def fold(text: str) -> str:
    """Return `text` without case and accents, exactly as long."""
    return text.lower().translate(_ASCII) if text.isascii() else "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    plain = normalize("NFKD", character.lower()[0])[0]
    return plain if plain.isprintable() else " "
