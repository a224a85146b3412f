"""By which name to greet someone: owners and imports put whole names, titles and firms where the given name goes."""

from __future__ import annotations

import re

_TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|rev|sr|sra|srta|don|doña|dra|señor|señora)\.?", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|md|phd|dds|esq|cpa)\.?", re.IGNORECASE)
_FIRMS = """
apartments associates association bakery boutique brothers builders café cafe center centre clinic club co company
condominiums condos construction corp corporation council dental dentistry department diner electric enterprises
estate estates facilities family familia farm foundation garage gmbh group gym hoa holdings homes hospital hotel inc
industries inn institute kg kitchen landscaping limited llc llp ltd maintenance management motel motors office
partners pharmacy pizza plaza plc pools preschool properties property realty rental rentals residence resort
restaurant restaurante salon school service services shop sociedad solutions spa store studio studios supply systems
team trust university villas
asociación ayuntamiento clínica colegio comunidad constructora edificio empresa escuela farmacia finca fundación grupo
hermanos iglesia inmobiliaria panadería peluquería residencial taller tienda
"""
_FIRM_WORDS = frozenset(_FIRMS.split())
_FIRM = re.compile(r"\b(?:S\.? ?L\.? ?U?|S\.? ?A|L\.L\.C|d/b/a|dba)\.?$|^[Tt]he\b|\b(?:of|for)\b|['’]s\b")
_DOUBLE = """
ana anna billy bobby jean jim joe josé jose juan luis luz mai maría maria marie mary miguel miss pedro peggy rosa sarah
"""
_SECOND = """
alberto andrés ángel ángeles ann anna anne antonio beth carlos carmen catherine claude cruz dolores elena ellen emma
fernando françois francois guadalupe isabel jane jean jesús jo joe josé jose juan kate katherine kay laura lou louise
lucía luis luisa lynn manuel maría maria marie miguel pablo paul paula pilar pierre ray rosa rose sofía sue teresa
"""
_DOUBLE_FIRST, _DOUBLE_SECOND = frozenset(_DOUBLE.split()), frozenset(_SECOND.split())
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOBODY = frozenset(
    ("", "current", "n/a", "na", "none", "null", "unknown", "resident", "occupant", "tenant", "owner", "homeowner",
     "customer", "client", "test", "sir", "madam", "desconocido", "propietario", "inquilino", "cliente")
)  # fmt: skip
"""What stands in the place of a name where none is known."""
_LINKS = frozenset(("and", "&", "y", "e", "und", "et", "+"))


def greeting_name(given: str, family: str = "") -> str:
    """Return what to greet someone by, of what was entered as the given name; nothing for a firm or a family.

    “Priya Natarajan” without a family name is a whole name: it gives “Priya”. With a family name beside it, “Mai Anh”
    is how they are called. Two people, “Tom and Sue Becker”, are greeted as both.
    """
    given = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", given).replace("_", " ")
    words = given.split()
    if is_firm(given) or all(word.strip(".-?*").casefold() in _NOBODY for word in words):
        return ""
    _last, comma, first = given.partition(",")
    if comma and first.strip() and not family.strip() and not _SUFFIX.fullmatch(first.strip().split()[0]):
        words = first.split()  # “Natarajan, Priya”
    if family.strip() and len(words) > len(family.split()) and _same(words[-len(family.split()) :], family.split()):
        return _first(words[: -len(family.split())])
    return " ".join(words) if family.strip() else _first(words)


def is_firm(name: str) -> bool:
    """Whether a name is that of a firm, a house or a whole family rather than of a person."""
    words = [word.strip(".,&()").casefold() for word in name.split()]
    return len(words) > 1 and (bool(_FIRM_WORDS & set(words)) or _FIRM.search(name.strip()) is not None)


def _first(words: list[str]) -> str:
    """Return the given name of a whole name, with a title where that is all there is to greet by."""
    if _TITLE.fullmatch(words[0]) and len(words) > 2 and words[1].casefold() in _LINKS:
        return " ".join(words)  # “Mr & Mrs Lee”
    if _TITLE.fullmatch(words[0]):
        rest = [word for word in words[1:] if not _SUFFIX.fullmatch(word.strip(","))]
        return " ".join((words[0], rest[-1].strip(","))) if rest else ""
    if _EASTERN.search(words[0]):
        return " ".join(words)  # the family name comes first, and people are greeted by both
    initials = [word for word in words if len(word.strip(".,")) < 2 and word not in _LINKS]
    if initials and len(words) - len(initials) < 2 and words[0] in initials:
        return ""  # “J. Miller”
    words = [word for word in words if word not in initials]
    if len(words) > 2 and words[1].casefold() in _LINKS:
        return " ".join(words[:3])
    first = words[0].strip(",")
    two = len(words) > 1 and first.casefold() in _DOUBLE_FIRST and words[1].strip(",").casefold() in _DOUBLE_SECOND
    return f"{first} {words[1].strip(',')}" if two else first


def _same(some: list[str], others: list[str]) -> bool:
    return [word.casefold() for word in some] == [word.casefold() for word in others]
