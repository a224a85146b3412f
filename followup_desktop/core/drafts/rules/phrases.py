"""Bring a fact into the shape its field promises, or leave it out.

Owners note things as they come: “Heater replacement.”, “quote for a new heater”, “SAM”. A template can only say “the
heater replacement” if the words fit behind “the”; where they do not, the fact counts as missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from followup_desktop.core.drafts.model import Fact, Facts

LONGEST_NOUN, LONGEST_SENTENCE, LONGEST_QUOTE = 48, 260, 160
"""Characters; longer nouns are left out, longer notes and quotations are cut where a sentence or word ends."""

_PRIVATE = re.compile(
    r"\b(code|lock ?box|alarm|combination|password|pin|key (is )?under|hidden key|owes|unpaid|overdue|late payer|"
    r"código|clave|contraseña|alarma|llave|debe dinero|moros[oa])\b",
    re.IGNORECASE,
)
"""What an owner notes but would not write to the customer."""

_LEAD_IN = re.compile(
    r"^(?:(?:asked|asking|asks|wants|wanted|interested|inquiry|inquired|quote|quoted|price|estimate|bid|question|"
    r"pregunt[aóo]|quiere|presupuesto|precio|cotización|consulta)\s+)?(?:(?:about|for|in|on|sobre|por|de|para)\s+)?"
    r"(?:(?:a|an|the|our|their|his|her|new customer|un|una|el|la|los|las|su)\s+)*",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"[.;:!?()\"“”\[\]@]|//|\d ?(?:am|pm)\b|\d\d?[-–]\d|"
    r"\b(?:is|are|was|were|has|have|had|wants?|wanted|needs?|needed|asked|asks|called|rang|said|says|will|would|can|"
    r"could|should|not|but|she|he|they|we|i|you|because|when|if|please|tomorrow|today|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"tiene|quiere|es|está|no|llamó|dijo|necesita|pidió|pide|pero|porque|si|mañana|hoy|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
"""What shows that a note is more than the name of a thing: a sentence, or a day."""

_SMALL_WORDS = """
acid algae annual apertura backyard balance bathroom bi-weekly biweekly bomba calentador cambio carpet chemical
chlorine clean cleaning cleanup deck deep drain equipment extra fall fence filter filtro first fuga full
garden green half heat heater heating hedge hot inspection instalación installation kitchen lawn leak led
lights limpieza liner luces maintenance mantenimiento monthly mosquito motor mulch new nueva nuevo office one
opening patio pest piscina pool pressure pump quarterly refurbished regular repair reparación replacement
resurfacing revisión robot robotic roof sal salt sand season second service servicio solar spa spare spring
sprinkler start-up steps summer tank termite test tile timer tratamiento tree two used vacuum valve
variable-speed visit visita válvula water weekly window windows winter yard
"""
_TRADE_WORDS = frozenset(_SMALL_WORDS.split())
"""First words that are written small in the middle of a sentence; any other first word stays as the owner wrote it."""

_TROUBLE = """
bad broken cloudy dead debris dirty dog door gate late leaves left loud missed missing no nobody noise not
nothing pipe rude smell stain still too wrong agua basura hojas llegó mal nadie puerta ruido sucia sucio todavía
"""
_TROUBLE_WORDS = _TRADE_WORDS | frozenset(_TROUBLE.split())
_NOBODY = "a friend her his neighbor neighbour new our referred sent the their un una vecina vecino"
_NOT_A_NAME = frozenset(_NOBODY.split())


def is_private(text: str) -> bool:
    """Whether words speak of what an owner notes but would not write to the customer."""
    return _PRIVATE.search(text) is not None


def shaped(fact: Fact) -> Fact | None:
    """Return the fact as its field promises it, or nothing where it cannot be used."""
    text = " ".join(fact.text.split())
    shape = _SHAPES.get(fact.key)
    text = shape(text) if shape else text
    return replace(fact, text=text) if text else None


def usable(facts: Facts) -> Facts:
    """Return the facts a draft may use, each in its shape; whoever signs is not spoken of by name."""
    owner = {facts.text("owner.first_name"), facts.text("owner.name")}
    return Facts.of(
        fact
        for fact in map(shaped, facts.by_key.values())
        if fact and not (fact.key == "visit.technician" and fact.text in owner)
    )


def as_noun(text: str) -> str:
    """Make “Quote for a new heater.” into “new heater”; what is more than a short name of a thing becomes nothing."""
    noun = _LEAD_IN.sub("", text.strip().rstrip(".!…"), count=1).strip()
    if not noun or len(noun) > LONGEST_NOUN or len(noun.split()) > 7 or _NO_NOUN.search(noun):
        return ""
    return _small_start(noun) if noun.split()[0].lower() in _TRADE_WORDS else noun


def as_sentence(text: str) -> str:
    """Make “replaced the seal, chlorine 2.4” into “Replaced the seal, chlorine 2.4.”; private parts are left out."""
    sentences = [part for part in re.split(r"(?<=[.!?…])\s+", text.strip()) if part and not _PRIVATE.search(part)]
    kept: list[str] = []
    for sentence in sentences:
        if len(" ".join([*kept, sentence])) > LONGEST_SENTENCE:
            break
        kept.append(_closed(sentence[:1].upper() + sentence[1:]))
    return " ".join(kept)


def as_answer(text: str) -> str:
    """Close what the owner answers; it was written for this customer, so nothing of it is left out."""
    words = text.strip()
    return _closed(words[:1].upper() + words[1:]) if words else ""


def as_quote(text: str) -> str:
    """Take quotation marks and the last full stop off, and cut a long one at a word."""
    words = _unquoted(text.strip()).rstrip(".").strip()
    if not words or _PRIVATE.search(words):
        return ""
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def as_trouble(text: str) -> str:
    """Make “Gate left open on Friday.” fit behind a colon: “gate left open on Friday”; what is quoted stays so."""
    words, marks = as_quote(text), f"{text.strip()[:1]}{text.strip()[-1:]}"
    if words and marks in ("“”", "«»"):
        return f"{marks[0]}{words}{marks[1]}"
    return _small_start(words) if words and words.split()[0].lower() in _TROUBLE_WORDS else words


def as_person(text: str) -> str:
    """Take the name that a note begins with: “Helen Zhou from Palm Ct” is about Helen Zhou."""
    name = re.match(r"(?:[A-ZÁÉÍÓÚÑ][\w'’-]+)(?: (?:[A-ZÁÉÍÓÚÑ][\w'’-]+|de|la|del|van|von)){0,3}", text.strip())
    if not name or name[0].split()[0].lower() in _NOT_A_NAME:
        return ""
    return re.sub(r"( (?:de|la|del|van|von))+$", "", name[0])


def as_action(text: str) -> str:
    """Make “Ring Carl about the heater.” into “ring Carl about the heater”."""
    words = text.strip().rstrip(".!")
    first = words.split()[0] if words else ""
    return _small_start(words) if first[1:].islower() else words


def as_first_name(text: str) -> str:
    """Make “SAM” into “Sam”; an initial, an address or a number is no name to greet with."""
    name = text.strip().strip(",")
    if len(name.rstrip(".")) < 2 or re.search(r"[\d@/&|<>()]", name):
        return ""
    return name.title() if name.isupper() or name.islower() else name


def _small_start(words: str) -> str:
    """Write the first letter small, unless the first word is an abbreviation such as HOA or LED."""
    first = words.split()[0]
    return words if len(first) > 1 and first[1].isupper() else words[:1].lower() + words[1:]


def _closed(sentence: str) -> str:
    """Close a sentence, unless it ends in a quotation or a bracket that is closed already."""
    ending = sentence.rstrip("\"'”’»)")
    return sentence if ending[-1:] in tuple(".!?…") else sentence.rstrip(" ,;:") + "."


_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’", "„": "“"}


def _unquoted(text: str) -> str:
    """Take quotation marks off that stand around the whole; one that only ends or begins it is somebody else's."""
    inner, closes = text.rstrip(".")[1:-1], _QUOTES.get(text[:1])
    whole = closes is not None and text.rstrip(".").endswith(closes) and closes not in inner and text[0] not in inner
    return inner.strip() if whole else text


_SHAPES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "customer.given_name": as_first_name,
        "event.what": as_noun,
        "event.note": as_sentence,
        "visit.note": as_sentence,
        "booking.what": as_noun,
        "purchase.what": as_noun,
        "equipment.what": as_noun,
        "quote.about": as_noun,
        "inquiry.about": as_noun,
        "agreement.what": as_noun,
        "season.what": as_noun,
        "referral.name": as_person,
        "rating.text": as_quote,
        "complaint.what": as_trouble,
        "message.question": as_quote,
        "answer.words": as_answer,
        "complaint.wish": as_quote,
        "case.wanted": as_trouble,
        "case.assured": as_action,
        "case.standard": as_trouble,
        "case.put_right": as_sentence,
        "case.apology": as_sentence,
        "case.change": as_sentence,
        "promise.what": as_action,
    }
)
