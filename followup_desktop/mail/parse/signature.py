"""What stands below a letter: a number to ring. Pure."""

from __future__ import annotations

import re

from followup_desktop.base.phones import parse

_LIKE_A_NUMBER = re.compile(r"(?<![\w@.,-])\+?\(?\d[\d ().\-/\u00a0]{5,18}\d(?![\w@])")
_NOT_A_PHONE = re.compile(
    r"\b(?:fax|order|invoice|account|acct|zip|ref|no\.|nr\.?|iban|factura|pedido)\W{0,3}$", re.IGNORECASE
)


def phone_in(text: str, region: str) -> str:
    """Return the number that stands lowest in a text, in E.164, or nothing; quoted lines do not count."""
    lines = [line for line in text[:20_000].splitlines() if not line.lstrip().startswith(">")]
    for line in reversed(lines):
        for found in _LIKE_A_NUMBER.finditer(line):
            before = line[: found.start()]
            digits = sum(c.isdigit() for c in found[0])
            if 7 <= digits <= 15 and not _NOT_A_PHONE.search(before) and (phone := parse(found[0], region)):
                return phone.e164
    return ""
