"""Contacts as vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), as telephones and address books write them.

A reader of our own: decision 0005 says why. One card that is broken never costs the others.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import ColumnGuess, FileReading, Incoming, RowProblem
from followup_desktop.core.exchange.rules import values
from followup_desktop.core.exchange.rules.columns import header_key
from followup_desktop.core.exchange.rules.decoding import NOT_CHANGED
from followup_desktop.core.exchange.rules.duplicates import joined_duplicates
from followup_desktop.core.exchange.rules.sheets import short
from followup_desktop.core.exchange.rules.source import Reader, Source
from followup_desktop.core.exchange.rules.vocabulary import LABELS, words

FILE_LIMIT: Final = 5 * 1024 * 1024
CARD_LIMIT: Final = 20_000
LINE_LIMIT: Final = 64 * 1024
PICTURES: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
"""Properties that may be long and are never read."""
SILENT: Final = frozenset(
    {"VERSION", "PRODID", "REV", "BEGIN", "END", "AGENT", "MAILER", "SORT-STRING", "X-ABLABEL", "X-ABADR"}
)
"""Properties that say nothing about the customer."""
EXTRAS: Final[Mapping[str, str]] = {
    "TITLE": "Title",
    "ROLE": "Role",
    "NICKNAME": "Nickname",
    "BDAY": "Birthday",
    "ANNIVERSARY": "Anniversary",
    "URL": "Website",
    "IMPP": "Messenger",
    "X-SOCIALPROFILE": "Social profile",
    "RELATED": "Related",
    "X-ABRELATEDNAMES": "Related",
    "GEO": "Position",
    "TZ": "Time zone",
    "GENDER": "Gender",
}
FILLS: Final = words(
    "source_key given_name family_name company emails phones street city region postal_code country language notes tags"
    " extra"
)
USED: Final = words("FN N ORG EMAIL TEL ADR NOTE CATEGORIES UID LANG KIND X-ABSHOWAS")
UNENDED: Final = "The card has no end"


@dataclass(frozen=True, slots=True)
class Line:
    """One property of a card: its group ("item1"), name, parameters and value, still escaped."""

    group: str
    name: str
    params: Mapping[str, tuple[str, ...]]
    value: str

    def types(self) -> frozenset[str]:
        """Return what kinds of number or address this is, in lower case."""
        return frozenset(self.params.get("TYPE", ()))


@dataclass(slots=True)
class Card:
    """The properties of one card, and whether its end was found."""

    lines: list[Line] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    ended: bool = False

    def all(self, name: str) -> Iterator[Line]:
        """Return the properties of this name, the preferred ones first."""
        found = [line for line in self.lines if line.name == name and line.value.strip()]
        return iter(sorted(found, key=_rank))

    def first(self, name: str) -> Line | None:
        """Return the preferred property of this name."""
        return next(self.all(name), None)

    def label(self, line: Line) -> str:
        """Return the owner's own word for a grouped property, as Apple keeps it."""
        if line.group:
            for other in self.lines:
                if other.group == line.group and other.name == "X-ABLABEL":
                    return unescaped(other.value).removeprefix("_$!<").removesuffix(">!$_")
        return ""


def _rank(line: Line) -> int:
    """Rank by PREF of version 4 (1 to 100), or the type "pref" of the older ones."""
    pref = line.params.get("PREF", ("",))[0]
    if pref.isdecimal():
        return min(int(pref[:4]), 100)
    return 1 if "pref" in line.types() else 101


# --- lines -------------------------------------------------------------------------------------------------


def cards_in(text: str) -> list[Card]:
    """Take a file apart into cards; a card inside a card (AGENT) is passed over."""
    cards: list[Card] = []
    card: Card | None = None
    inside = 0
    last = ""
    for raw in _unfolded(text):
        word = raw.strip().upper()
        if word == "BEGIN:VCARD":
            if card is not None and (inside or last == "AGENT"):
                inside += 1
                continue
            card, last = Card(), ""
            cards.append(card)
            if len(cards) > CARD_LIMIT:
                raise Problem("The file has more than 20,000 cards.", NOT_CHANGED, "Export it in parts.")
        elif word == "END:VCARD":
            if inside:
                inside -= 1
            elif card is not None:
                card.ended, card = True, None
        elif card is not None and word and not inside:
            line = _line(raw)
            if line is None:
                # Some programs do not indent the lines of a picture.
                if last not in PICTURES or ":" in raw:
                    card.unread.append(raw)
                continue
            last = line.name
            if last not in PICTURES:
                card.lines.append(line)
    return cards


def _unfolded(text: str) -> Iterator[str]:
    """Join what was folded: lines that begin with a space, and soft line ends of quoted-printable."""
    parts: list[str] = []
    soft = False
    for line in re.split(r"\r\n|\r|\n", text):
        if parts and soft:
            parts[-1] = parts[-1][:-1]
            parts.append(line.lstrip(" \t") if line[:1] in (" ", "\t") else line)
        elif parts and line[:1] in (" ", "\t") and line.strip():
            parts.append(line[1:])
        else:
            if parts:
                yield "".join(parts)
            parts = [line]
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in parts[0][:200].upper()
    yield "".join(parts)


def _line(raw: str) -> Line | None:
    """Read one property; None when it is none."""
    head, value = _split_at_colon(raw)
    if value is None or len(head) > 4096:
        return None
    pieces = _outside_quotes(head, ";")
    group, _, name = pieces[0].rpartition(".")
    name = name.strip().upper()
    if not re.fullmatch(r"[A-Z0-9-]+", name):
        return None
    if name in PICTURES:
        return Line(group, name, {}, "")
    params = _params(pieces[1:])
    if len(raw) > LINE_LIMIT:
        return None
    if "QUOTED-PRINTABLE" in (one.upper() for one in params.get("ENCODING", ())):
        value = _from_quoted_printable(value, params.get("CHARSET", ("utf-8",))[0])
    return Line(group.lower(), name, params, value)


def _split_at_colon(raw: str) -> tuple[str, str | None]:
    quoted = False
    for at, ch in enumerate(raw[:4096]):
        if ch == '"':
            quoted = not quoted
        elif ch == ":" and not quoted:
            return raw[:at], raw[at + 1 :]
    # A quotation mark that is never closed hides the colon.
    head, colon, value = raw.partition(":")
    return head, value if colon else None


def _outside_quotes(text: str, mark: str) -> list[str]:
    if '"' not in text:
        return text.split(mark)
    return re.split(rf'{mark}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def _params(pieces: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read parameters; the bare ones of version 2.1 are types or an encoding."""
    params: dict[str, tuple[str, ...]] = {}
    for piece in pieces:
        name, equals, value = piece.partition("=")
        name = name.strip().upper()
        if not equals:
            name, value = (
                ("ENCODING", name) if name in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B") else ("TYPE", name)
            )
        found = [one.strip().strip('"') for one in value.strip().strip('"').split(",")]
        if name == "TYPE":
            found = [one.lower() for one in found]
        params[name] = params.get(name, ()) + tuple(one for one in found if one)
    return {name: found for name, found in params.items() if found}


def _from_quoted_printable(value: str, charset: str) -> str:
    # Letters that were not encoded stay what they are: they are decoded as UTF-8 below, or by the charset named.
    data = quopri.decodestring(value.encode("utf-8"))
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def unescaped(text: str) -> str:
    """Undo the escapes of RFC 6350 section 3.4: a comma, a semicolon, a backslash, a new line."""
    if "\\" in text:
        text = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def components(value: str, mark: str = ";") -> list[str]:
    """Split a structured value at marks that are not escaped."""
    if "\\" not in value:
        return [part.strip() for part in value.split(mark)]
    parts = [""]
    for token in re.findall(rf"\\.|[^\\{mark}]+|{mark}|\\", value, re.S):
        if token == mark:
            parts.append("")
        else:
            parts[-1] += token
    return [unescaped(part) for part in parts]


# --- customers ---------------------------------------------------------------------------------------------


def recognise(header: frozenset[str]) -> bool:
    """Whether the first line is that of a vCard."""
    return header == {"begin vcard"}


def read(source: Source) -> FileReading:
    """Read the people and companies of a vCard file, one customer for each card."""
    if len(source.text) > FILE_LIMIT:
        raise Problem(
            f"“{source.file_name}” is larger than 5 MB.", NOT_CHANGED, "Export it in parts, or without photos."
        )
    if source.mapping:
        raise Problem(f"“{source.file_name}” is a vCard file and has no columns.", NOT_CHANGED, "Import it as it is.")
    problems: list[RowProblem] = []
    cards = cards_in(source.text)
    read_cards = [_Person(number, card, source.region, problems).customer() for number, card in enumerate(cards, 1)]
    customers, problems = joined_duplicates([customer for customer in read_cards if customer], problems, source.region)
    columns = _columns(customers, len(cards))
    header = tuple(column.column for column in columns)
    return FileReading(
        format=source.format,
        file_name=source.file_name,
        header=header,
        columns=columns,
        customers=customers,
        problems=sorted(problems, key=lambda problem: problem.row),
        date_order=None,
        rows=len(cards),
        notes=source.notes,
        fields=FILLS,
        header_key=header_key(header),
    )


def _columns(customers: Sequence[Incoming], total: int) -> tuple[ColumnGuess, ...]:
    shown: tuple[tuple[str, str, list[str]], ...] = (
        ("Name", "full_name", [f"{one.given_name} {one.family_name}".strip() for one in customers]),
        ("Company", "company", [one.company for one in customers]),
        ("Email", "email", [next(iter(one.emails), "") for one in customers]),
        ("Phone", "phone", [one.phones[0][1] if one.phones else "" for one in customers]),
        ("Address", "address", [", ".join(filter(None, (one.street, one.city))) for one in customers]),
        ("Notes", "notes", [one.notes for one in customers]),
        ("Categories", "tags", [", ".join(one.tags) for one in customers]),
    )
    return tuple(
        ColumnGuess(name, next(filter(None, cells), ""), key, filled, total, _check(filled, total))
        for name, key, cells in shown
        if (filled := len(cells) - cells.count(""))
    )


def _check(filled: int, total: int) -> str:
    return f"{total} of {total}" if filled == total else f"{filled} filled"


class _Person:
    """One card on its way to a customer; what has no field of its own is kept as an extra field."""

    def __init__(self, number: int, card: Card, region: str, problems: list[RowProblem]) -> None:
        self.number, self.card, self.region, self.problems = number, card, region, problems
        self.extra: dict[str, str] = {}

    def customer(self) -> Incoming | None:
        """Return the customer of this card, or None where it names nobody."""
        for line in self.card.lines:
            kind = line.value.strip().casefold()
            if line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and kind == "group":
                self._say("A group, not a person", self._text("FN"), "Left out")
                return None
        given, family, company = self._names()
        emails, phones = self._emails(), self._phones()
        street, city, region, postal_code, country = self._address()
        if not (given or family or company or emails or phones):
            self._say("No name, email or phone", self._text("NOTE"), "Not imported")
            return None
        self._keep_the_rest()
        if not self.card.ended:
            self._say(UNENDED, f"{given} {family}".strip() or company, "Imported as far as it goes")
        return Incoming(
            row=self.number,
            source_key=self._text("UID"),
            given_name=given,
            family_name=family,
            company=company,
            emails=emails,
            phones=phones,
            street=street,
            city=city,
            region=region,
            postal_code=postal_code,
            country=country,
            language=values.language_in(self._text("LANG")) or "",
            notes="\n".join(unescaped(line.value) for line in self.card.all("NOTE")),
            tags=self._tags(),
            extra=self.extra,
        )

    def _say(self, what: str, value: str, outcome: str) -> None:
        self.problems.append(RowProblem(self.number, what, short(value), outcome))

    def _text(self, name: str) -> str:
        line = self.card.first(name)
        return unescaped(line.value) if line else ""

    def _keep(self, name: str, text: str) -> None:
        if text:
            self.extra[name] = f"{self.extra[name]}\n{text}" if name in self.extra else text

    def _names(self) -> tuple[str, str, str]:
        shown = " ".join(self._text("FN").split())
        name, organisation = self.card.first("N"), self.card.first("ORG")
        family, given, middle, before, after = [*(components(name.value) if name else []), *[""] * 5][:5]
        company, *department = components(organisation.value) if organisation else [""]
        self._keep("Department", ", ".join(filter(None, department)))
        self._keep("Middle name", middle)
        self._keep("Title before the name", before)
        is_company = self._text("X-ABSHOWAS").upper() == "COMPANY" or self._text("KIND").casefold() == "org"
        if not (given or family) and shown and shown != company:
            if is_company and not company:
                return "", "", shown
            given, family, split_company, lossy = values.split_name(shown)
            company = company or split_company
            if lossy or (split_company and split_company != company):
                self._keep("Shown as", shown)
        elif shown and shown != company and not set(shown.split()) & {*given.split(), *family.split()}:
            self._keep("Shown as", shown)
        return given, f"{family} {after}".strip(), company

    def _emails(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for line in self.card.all("EMAIL"):
            good, wrong = values.emails_in(unescaped(line.value))
            found.update(dict.fromkeys(good))
            if wrong:
                self._keep("Email", ", ".join(wrong))
                outcome = "Imported without this one" if good else "Imported without email"
                self._say("Not an email address", ", ".join(wrong), f"{outcome}, listed for you to fix")
        return tuple(found)

    def _phones(self) -> tuple[tuple[str, str], ...]:
        labels: dict[str, str] = {}
        for line in self.card.all("TEL"):
            text = unescaped(line.value)
            if text[:4].lower() == "tel:":
                text = text[4:].replace(";ext=", " ext. ").partition(";")[0]
            types = next((LABELS[one] for one in sorted(line.types()) if LABELS.get(one)), "")
            label = values.label_word(self.card.label(line)) or ("fax" if "fax" in line.types() else types)
            found = values.phones_in(text, label, self.region)
            for name, number in found.numbers:
                labels.setdefault(number, name)
            self._keep("Fax", ", ".join(found.faxes))
            if found.wrong:
                self._keep("Phone", text)
                self._say(
                    "Not a phone number", ", ".join(found.wrong), "Imported without this one, kept as an extra field"
                )
            for number in found.doubtful:
                self._say("Not a complete phone number", number, "Kept as written, listed for you to fix")
        return tuple((name, number) for number, name in labels.items())

    def _address(self) -> Sequence[str]:
        """Return the preferred address, else that of the home, where the work is done; the others are kept."""
        lines = sorted(self.card.all("ADR"), key=lambda line: (min(_rank(line), 101), "home" not in line.types()))
        found: Sequence[str] | None = None
        for line in lines:
            box, extended, street, city, region, code, country = [*components(line.value), *[""] * 7][:7]
            whole = ", ".join(filter(None, (part.strip() for part in f"{street}\n{extended}\n{box}".split("\n"))))
            parts = [" ".join(part.split()) for part in (whole, city, region, code, country)]
            if found is None and any(parts):
                found = parts
            elif any(parts):
                kind = self.card.label(line) or next(iter(sorted(line.types() - {"pref"})), "other")
                self._keep(f"Address ({kind.lower()})", ", ".join(filter(None, parts)))
        return found or [""] * 5

    def _tags(self) -> tuple[str, ...]:
        tags = [tag for line in self.card.all("CATEGORIES") for tag in components(line.value, ",")]
        return tuple(dict.fromkeys(filter(None, tags)))

    def _keep_the_rest(self) -> None:
        for line in self.card.lines:
            if line.name not in USED and line.name not in SILENT:
                text = unescaped(line.value)[:2000]
                own = self.card.label(line)
                self._keep(
                    f"{EXTRAS.get(line.name, line.name)} ({own})" if own else EXTRAS.get(line.name, line.name), text
                )
        for raw in self.card.unread:
            self._keep("Not read", raw[:2000])
            self._say("A line that could not be read", raw, "Kept as an extra field")


READER: Final = Reader("vcard", "vCard", recognise, read)
