"""What one cell says: addresses of mail, numbers, names, dates, days, languages, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from followup_desktop.base import phones
from followup_desktop.core.exchange.model import DateOrder
from followup_desktop.core.exchange.rules.vocabulary import (
    COMPANY_WORDS,
    LABELS,
    LANGUAGES,
    MONTHS,
    NO,
    PARTICLES,
    STATUS,
    SUFFIXES,
    TITLES,
    WEEKDAYS,
    YES,
)

SEVERAL: Final = ":::"
"""What Google writes between several values of one cell."""

# --- email -------------------------------------------------------------------------------------------------

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
EMAIL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{{2,}}")
"""A lower-case address in plain letters, dot-atom of RFC 5322 with a host name of at least two labels."""
_EMAIL_BREAK: Final = re.compile(r"\s*(?::::|[;,|\n])\s*")


def emails_in(cell: str) -> tuple[list[str], list[str]]:
    """Return the addresses in a cell and the pieces that are none."""
    good: list[str] = []
    bad: list[str] = []
    for piece in filter(None, _EMAIL_BREAK.split(cell.strip())):
        found = [address for address in map(_address, _candidates(piece)) if address]
        good += found
        if not found:
            bad.append(piece)
    return list(dict.fromkeys(good)), bad


def _candidates(piece: str) -> list[str]:
    inside = re.findall(r"<([^<>]*)>", piece)
    return inside or [word for word in piece.split() if "@" in word]


def _address(word: str) -> str | None:
    word = word.strip("\"'()[]<>.").lower().removeprefix("mailto:")
    if len(word) > 254:
        return None
    if EMAIL.fullmatch(word):
        return word
    return _international(word) if "@" in word and not (word.isascii() and "xn--" not in word) else None


def _international(word: str) -> str | None:
    # Slow to load and seldom needed: an address with letters beyond ASCII.
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(word, check_deliverability=False)
    except EmailNotValidError:
        return None
    # As it is kept when typed and found in mail: else the list of no more mail would not know it again.
    return found.ascii_email or found.normalized


# --- phone -------------------------------------------------------------------------------------------------

_PHONE_BREAK: Final = re.compile(
    r"\s*(?::::|[\n;|,]|\s/\s|\b(?:or|and)\b|(?<=\d)\s+(?=[A-Za-z][A-Za-z ]*:)|(?<=\d\d\d)/(?=[(+\d]{4}))\s*"
)
_LABELLED: Final = re.compile(r"([A-Za-z][A-Za-z .]{0,20}?)\s*(?:#|number|no\.?)?\s*:\s*(.+)", re.I)
_LABEL_AFTER: Final = re.compile(r"(.*\d)\s*\(?\s*([A-Za-z]{1,10})\.?\s*\)?")
_DIALLED: Final = re.compile(r"[+\d().\s/#*x-]*(?:ext\.?\s*\d+)?", re.I)
_FLOAT: Final = re.compile(r"(\d{7,15})\.0+")
_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.I)


def label_word(text: str) -> str:
    """Return "mobile" for "Cell", "home" for "* Home phone", and the owner's own words where they say more."""
    found = [LABELS.get(word) for word in re.findall(r"[^\W\d_]+", text.casefold())]
    if "fax" in found:
        return "fax"
    if None in found:
        return text.strip(" *")[:40]
    return next(filter(None, found), "")


class NumbersIn(NamedTuple):
    """What a cell of phone numbers holds, in pieces.

    A number that cannot be understood but has the digits of one is among `numbers` as written, and in `doubtful`
    unless it is a local number without its area code. `wrong` pieces are no numbers. A fax is nothing to ring.
    """

    numbers: list[tuple[str, str]]
    doubtful: list[str]
    wrong: list[str]
    faxes: list[str]


def phones_in(cell: str, label: str, region: str) -> NumbersIn:
    """Return the numbers in a cell with their labels; `label` is for those that have none of their own."""
    found = NumbersIn([], [], [], [])
    for piece in filter(None, _PHONE_BREAK.split(cell.strip())):
        own, text = _with_label(piece)
        name = label if own is None else own
        number, extension, certain = _number(text, region)
        if not number:
            found.wrong.append(piece)
        elif name == "fax":
            found.faxes.append(number)
        elif number not in (known for _, known in found.numbers):
            found.numbers.append((f"{name} ext. {extension}".strip() if extension else name, number))
            if not certain:
                found.doubtful.append(number)
    return found


def _with_label(piece: str) -> tuple[str | None, str]:
    """Split "Phone:(555) 010-7788" and "555-010-7788 (cell)" into label and number."""
    if len(piece) > 200:
        return None, piece
    before = _LABELLED.fullmatch(piece)
    if before and before[1].casefold() not in ("tel", "phone"):
        return label_word(before[1]), before[2]
    text = before[2] if before else piece
    after = _LABEL_AFTER.fullmatch(text)
    if after and after[2].casefold() in LABELS and after[2].casefold() not in ("x", "ext"):
        return LABELS[after[2].casefold()] or None, after[1]
    return None, text


def _number(text: str, region: str) -> tuple[str, str, bool]:
    """Return the number, in E.164 where it can be understood, its extension, and whether it is surely one."""
    if len(text) > 60 or _EXPONENT.fullmatch(text):
        return "", "", False
    whole = _FLOAT.fullmatch(text)
    text = whole[1] if whole else text
    digits = sum(ch.isdigit() for ch in text)
    if digits < 3:
        return "", "", False
    phone = phones.parse(text, region)
    if phone:
        return phone.e164, phone.extension, True
    if not 6 <= digits <= 15 or not _DIALLED.fullmatch(text):
        return "", "", False
    return " ".join(text.split()), "", digits == 7


_SEPARATORS: Final = str.maketrans("", "", " ().-\u00a0")


def plain_numbers(column: Sequence[str], region: str) -> list[str | None]:
    """Return the number of every cell that is empty or an ordinary number of North America, else None.

    The same answer as `phones.normalise` gives, for a whole column at once.
    """
    if region not in ("US", "CA"):
        return [None if cell else "" for cell in column]
    joined = "\n".join(column)
    if joined.count("\n") >= len(column):
        joined = "\n".join([cell.replace("\n", ",") for cell in column])
    text = joined.translate(_SEPARATORS)
    numbers: list[str | None] = [
        "+1" + digits
        if (size := len(digits)) == 10 and digits[0] > "1" and digits.isdigit()
        else "+" + digits
        if size == 11 and digits[0] == "1" and digits[1] > "1" and digits.isdigit()
        else (None if size else "")
        for digits in ("\n" + text).replace("\n+1", "\n1")[1:].split("\n")
    ]
    return numbers if text.isascii() else [number if number is None or number.isascii() else None for number in numbers]


# --- names -------------------------------------------------------------------------------------------------

_UNUSUAL: Final = COMPANY_WORDS | TITLES

Name = tuple[str, str, str, bool]


def split_names(column: Sequence[str]) -> list[Name]:
    """Take a column of names apart, as `split_name` does for one."""
    pairs = [cell.rstrip().partition(" ") for cell in column]
    # Most names are two usual words, and there are far fewer words than names.
    unusual = {word for word in set(chain.from_iterable(pairs)) if not word.isalpha() or word.lower() in _UNUSUAL}
    unusual.discard(" ")
    return [
        (given, family, "", False) if given not in unusual and family not in unusual else split_name(cell)
        for (given, _, family), cell in zip(pairs, column, strict=True)
    ]


def split_name(full: str) -> Name:
    """Return given name, family name and company of a name in one cell, and whether a part of it is left over."""
    words = full.split()
    return _split_words(words, full)


def _split_words(words: list[str], full: str) -> Name:
    plain = [word.strip(".,()").casefold() for word in words]
    if any(word in COMPANY_WORDS for word in plain[1:]) or any(ch.isdigit() for ch in full):
        return "", "", " ".join(words), False
    before, comma, after = " ".join(words).partition(",")
    if comma and after.strip().strip(".").casefold() not in SUFFIXES and "," not in after and before and after.strip():
        # "Alvarez, Maria"
        given, _, _, lossy = _split_words([*after.split(), "-"], "")
        return given, before.strip(), "", lossy
    lossy = bool(plain) and plain[0] in TITLES and len(words) > 1
    if lossy:
        words, plain = words[1:], plain[1:]
    if len(words) < 2:
        return (words[0], "", "", lossy) if words else ("", "", "", lossy)
    if words[-1] == "-":
        return " ".join(words[:-1]), "", "", lossy
    start = len(words) - 1
    if plain[start] in SUFFIXES and start > 1:
        start -= 1
    while start > 1 and plain[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[:start]).rstrip(","), " ".join(words[start:]), "", lossy


# --- addresses ---------------------------------------------------------------------------------------------

_COUNTRY = r"(?:,?\s+(?P<country>USA|U\.S\.A\.|US|United States(?: of America)?|Canada|CANADA))?"
_PLACES: Final = (
    re.compile(
        r"(?P<street>.+?),\s*(?P<city>[^,\d]+?)(?:,\s*|\s+)(?P<region>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\.?,?\s+"
        r"(?P<postal_code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)" + _COUNTRY
    ),
    re.compile(
        r"(?P<street>.+?),\s*(?:[A-Z]{1,3}-)?(?P<postal_code>\d{4,5})\s+(?P<city>[^,\d]+)(?:,\s*(?P<country>[^,\d]+))?"
    ),
    re.compile(
        r"(?P<street>.+),\s*(?P<city>[^,\d]+?),?\s+(?P<postal_code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
        r"(?:,\s*(?P<country>[^,\d]+))?"
    ),
)
ADDRESS_PARTS: Final = ("street", "city", "region", "postal_code", "country")


def split_address(cell: str) -> tuple[str, str, str, str, str]:
    """Take an address in one cell apart as `ADDRESS_PARTS`; what is unclear stays in the street."""
    line = ", ".join(filter(None, (part.strip(" ,") for part in cell.split("\n"))))
    if len(line) <= 300:
        for pattern in _PLACES:
            found = pattern.fullmatch(line)
            if found:
                parts = found.groupdict()
                street, city, region, code, country = ((parts.get(name) or "").strip() for name in ADDRESS_PARTS)
                return street, city, region, code, country
    return line, "", "", "", ""


# --- dates -------------------------------------------------------------------------------------------------

_NUMERIC: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[\s,T]+\d{1,2}:\d{2}.*)?")
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[\sT]+\d{1,2}:\d{2}.*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")
_MONTH_FIRST: Final = re.compile(
    r"(?:[a-z]+day,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\D.*)?", re.I
)
_DAY_FIRST: Final = re.compile(
    r"(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:\D.*)?", re.I
)
MONTH_FIRST_REGIONS: Final = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW", "PH"})
ORDER_WORDS: Final[Mapping[DateOrder, str]] = {"mdy": "month/day/year", "dmy": "day/month/year"}


def date_order(cells: Iterable[str], region: str) -> DateOrder | None:
    """Decide over a whole column whether its numbers are month/day or day/month; None when it has no such dates."""
    found = [match for match in map(_NUMERIC.fullmatch, cells) if match]
    if not found:
        return None
    month_second = sum(int(match[1]) > 12 for match in found)
    day_second = sum(int(match[3]) > 12 for match in found)
    if day_second != month_second:
        return "mdy" if day_second > month_second else "dmy"
    if all(match[2] == "." for match in found):
        return "dmy"
    return "mdy" if region in MONTH_FIRST_REGIONS else "dmy"


def date_in(cell: str, order: DateOrder | None) -> date | None:
    """Return the day a cell names, or None when it names none or an impossible one."""
    if len(cell) > 60 or not cell.isascii():
        return None
    parts = _date_parts(cell, order or "mdy")
    if parts is None or not 1900 <= parts[0] <= 2100:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _date_parts(cell: str, order: DateOrder) -> tuple[int, int, int] | None:
    if found := _NUMERIC.fullmatch(cell):
        first, second = int(found[1]), int(found[3])
        month, day = (first, second) if order == "mdy" else (second, first)
        return _year(found[4]), month, day
    if found := _ISO.fullmatch(cell) or _COMPACT.fullmatch(cell):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _MONTH_FIRST.fullmatch(cell):
        month, day, year = MONTHS.get(found[1][:3].lower(), 0), int(found[2]), found[3]
    elif found := _DAY_FIRST.fullmatch(cell):
        month, day, year = MONTHS.get(found[2][:3].lower(), 0), int(found[1]), found[3]
    else:
        return None
    return _year(year), month, day


def _year(text: str) -> int:
    # Two digits as POSIX reads them: 69 to 99 are in the last century.
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 69 else 2000)


# --- words -------------------------------------------------------------------------------------------------


def route_in(cell: str) -> str:
    """Return the full English name of a weekday, or the route's own name as written."""
    return WEEKDAYS.get(cell.rstrip(".").casefold(), cell)


def language_in(cell: str) -> str | None:
    """Return the two-letter code of a language, or None when it is not known."""
    words = re.split(r"[-_ (,;/]", cell.strip().casefold(), maxsplit=1)
    return LANGUAGES.get(words[0])


def yes_or_no(cell: str) -> bool | None:
    """Return what a cell that holds yes or no says, or None."""
    word = cell.casefold()
    return True if word in YES else False if word in NO else None


def status_in(cell: str) -> str | None:
    """Return "archived" for no longer a customer, "lead" for not yet one, "usual", or None when it is not known."""
    return STATUS.get(cell.casefold())


def tags_in(cell: str) -> tuple[str, ...]:
    """Return the tags in a cell, without those Google gives to everybody."""
    pieces = re.split(r":::" if SEVERAL in cell else r"[;,|\n]", cell)
    names = (piece.strip() for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith("* ")))
