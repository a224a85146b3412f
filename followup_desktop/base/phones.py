"""Telephone numbers: one written form to store (E.164), one to show.

A number counts when it is possible: right country, right length. Whether it is in service is not asked, because
numbers are new faster than any table of them, and "(555) 010-7788" must do in examples. A number without its area
code ("555-0142") cannot be stored as E.164: the answer is None and the caller keeps what was typed.

Numbers of North America are read here; everything else asks phonenumbers, which is slow to load and twenty times
slower per number. Both give the same answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

_NORTH_AMERICA = frozenset({"US", "CA"})
_PLAIN = re.compile(
    r" *(?:(?P<plus>\+)?1[ .-]?)?(?:\((?P<bracketed>[2-9][0-9]{2})\) ?|(?P<area>[2-9][0-9]{2})[ .-]?)"
    r"(?P<exchange>[0-9]{3})[ .-]?(?P<line>[0-9]{4}) *"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 form ("+15550107788") and the extension behind it, empty where there is none."""

    e164: str
    extension: str = ""


def parse(text: str, region: str = "US") -> Phone | None:
    """Read a number typed in `region` (ISO 3166, "US"); None where it is none, or has no area code."""
    return _north_american(text, region) or _any(text, region)


def normalise(text: str, region: str = "US") -> str | None:
    """Return the number in E.164 form without its extension; None where the typed text must be kept instead."""
    phone = parse(text, region)
    return phone.e164 if phone else None


def key_of(number: str) -> str:
    """Return what two writings of a number have in common, also where it is none in E.164: its digits, and a plus."""
    digits = re.sub(r"\D", "", number)
    return f"+{digits}" if number.lstrip().startswith("+") else digits


def shown(e164: str, region: str = "US", extension: str = "") -> str:
    """Return "(555) 010-7788" within the region, "+44 20 7946 0018" from outside, and anything else as it is."""
    number = _shown_north_american(e164, region) or _shown_any(e164, region)
    return f"{number} ext. {extension}" if extension else number


def _north_american(text: str, region: str) -> Phone | None:
    found = _PLAIN.fullmatch(text)
    if found is None or not (found["plus"] or region in _NORTH_AMERICA):
        return None
    return Phone(f"+1{found['bracketed'] or found['area']}{found['exchange']}{found['line']}")


def _any(text: str, region: str) -> Phone | None:
    import phonenumbers  # slow to load; most numbers never need it

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # Asked for its reason, because is_possible_number is content without an area code.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), number.extension or "")


def _shown_north_american(e164: str, region: str) -> str | None:
    found = re.fullmatch(r"\+1([2-9][0-9]{2})([0-9]{3})([0-9]{4})", e164)
    return f"({found[1]}) {found[2]}-{found[3]}" if found and region in _NORTH_AMERICA else None


def _shown_any(e164: str, region: str) -> str:
    import phonenumbers  # slow to load; most numbers never need it

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_country_code(number.country_code or 0) == region
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def tel_link(number: str) -> str:
    """Return the link that rings a number (RFC 3966)."""
    return f"tel:{_dialled(number)}"


def sms_link(number: str, text: str = "") -> str:
    """Return the link that opens a text message to a number, with its words (RFC 5724)."""
    return f"sms:{_dialled(number)}" + (f"?body={quote(text, safe='')}" if text else "")


def code_words(number: str, text: str = "", *, call: bool) -> str:
    """Return what a QR code says so that a phone's camera rings a number, or opens a text message to it."""
    return tel_link(number) if call else f"SMSTO:{_dialled(number)}:{text.strip()}"


def _dialled(number: str) -> str:
    return "".join(letter for letter in number if letter in "+0123456789*#")
