"""QR codes (ISO/IEC 18004) for a phone that looks at the screen."""

from __future__ import annotations

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of squares, dark where True, without the quiet zone of four squares around."""

LONGEST = 858
"""Bytes of the largest code whose squares a phone still reads from a screen (version 20, level L)."""


def qr_code(text: str) -> Matrix:
    """Return the code of a text; raises ValueError where it is longer than a code on a screen should be.

    Low error correction makes the squares large, which a phone reads best; nothing dirties a screen.
    """
    import segno  # only who looks at a call sheet needs it

    if len(text.encode()) > LONGEST:
        raise ValueError("too long for a QR code")
    made = segno.make_qr(text, error="l", boost_error=False)
    return tuple(tuple(bool(square) for square in row) for row in made.matrix)
