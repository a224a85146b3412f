"""Finding what was promised in notes of a call: "told her I'd send the price by Friday", "quedé en pasar el martes".

Who notes a call reports what was said instead of saying it, and leaves out who it was. Each sentence is put back into
the words it was said in, and then read as any other; what the customer said or promised stays theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache

from followup_desktop.core.promises.rules.finding import (
    MOST_LETTERS,
    FoundPromise,
    Reader,
    find_promises,
    promise_in,
    sentences,
)
from followup_desktop.core.promises.rules.folding import composed, fold

_PIECES = re.compile(r"(?:[;–—]|\s-{1,2}|,|\.)\s+|\s(?=(?:and|but|so|y|pero) )", re.IGNORECASE)
_LINKS = re.compile(r"^(?:(?:and|but|so|then|also|y|pero|asi que|luego)\s+)+", re.IGNORECASE)

_THEM = r"(?:him|her|them|it|(?:mr|mrs|ms|dr|sr|sra)\.? [\w'’-]+|the (?:customer|client|owner|tenant|wife|husband|office)|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
_I = r"(?:(?:i|we)(?:'ve|’ve| have)? )?"
_WOULD = r"(?:i|we)(?:['’]d|['’]ll| would| will| shall| should)\s+"
_TOLD = rf"(?:said|told {_THEM}|assured {_THEM}|let {_THEM} know|confirmed(?: to {_THEM}| with {_THEM})?|answered|replied|explained)"
_PROMISED = rf"(?:promised|guaranteed|offered {_THEM} and promised|committed|gave {_THEM} (?:my|our) word|swore|agreed(?: with {_THEM})?|arranged(?: with {_THEM})?)"
_NAME = r"(?P<name>(?!I['’])[A-Z][\w'’-]+(?: and [A-Z][\w'’-]+)?)"
_DO = (
    r"(?:call|ring|phone|text|email|e-mail|mail|write(?: to)?|send|get back to|reply to|answer|order|bring|drop(?: off| by)?|"
    r"come|go|stop by|swing by|visit|check|fix|repair|replace|deliver|pick up|refund|credit|quote|measure|return|follow up)"
)
_ASKS = re.compile(r"^(?:call|ring|phone|text|come)\b.*\b(?:before|first|ahead|only|when)\b", re.IGNORECASE)

_HACER = (
    r"(?:llamar|enviar|mandar|pasar|pedir|llevar|traer|revisar|reparar|arreglar|cambiar|ir|volver|escribir|avisar|"
    r"presupuestar|medir|visitar|devolver|entregar|recoger|contestar|confirmar)"
)
_PRIMERO = re.compile(r"\b(?:antes de (?!l\b|la\b|que\b)|primero|solo)\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"^(?:(?:the|her|his|their|el|la|su) )?(?:customer|client|tenant|owner|landlord|husband|wife|son|daughter|mother|"
    r"father|mum|mom|dad|neighbou?r|accountant|he|she|they|cliente|clienta|marido|mujer|esposa|esposo|hijo|hija|vecin[oa])\b",
    re.IGNORECASE,
)
"""Who does it is somebody on their side."""

_DIRECT = "I'll "


@dataclass(frozen=True, slots=True)
class _Said:
    """One way to report a promise, how it was said, and whether it takes a day to be one."""

    begins: re.Pattern[str]
    direct: Callable[[re.Match[str], str], str]
    day: bool = False
    alone: bool = False
    """Whether it says nothing of who does it: nobody else may have been named right before."""


def find_in_notes(text: str, reader: Reader, theirs: Collection[str] = ()) -> list[FoundPromise]:
    """Return what notes of a call say was promised, in their order, each with the sentence as it was noted.

    `theirs` are the names of whom it was spoken with: what they will do is no promise of ours.
    """
    names = {fold(name) for name in theirs if name.strip()}
    found = {one.sentence: one for one in find_promises(text, reader)}
    ordered: list[FoundPromise] = []
    for sentence in sentences(composed(text[:MOST_LETTERS])):
        one = found.get(sentence) or _reported(sentence, reader)
        if one is not None and one not in ordered and not _is_theirs(one.what, names):
            ordered.append(one)
    return ordered


def _is_theirs(what: str, names: Collection[str]) -> bool:
    first = fold(what).split()[:1]
    return bool(_THEIRS.match(what)) or any(word in names for word in first)


def _reported(sentence: str, reader: Reader) -> FoundPromise | None:
    if sentence.rstrip("\"') ").endswith("?"):
        return None
    for part, goes_on in _parts(sentence):
        for way in _ways():
            if goes_on and way.alone:
                continue
            match = way.begins.match(part)
            one = promise_in(way.direct(match, part[match.end() :]), reader) if match else None
            if one is not None and not (way.day and one.due_date is None):
                return replace(one, sentence=sentence)
    return None


def _parts(sentence: str) -> Iterator[tuple[str, bool]]:
    """Return the sentence from each place on where another clause may begin, and whether it goes on there with "and".

    After "and" the one who does it was named before: "she will think about it and ring Friday".
    """
    for start in (0, *(cut.end() for cut in _PIECES.finditer(sentence))):
        part = sentence[start:].strip()
        bare = _LINKS.sub("", part)
        yield bare, start > 0 and bare != part


def _then(direct: str) -> Callable[[re.Match[str], str], str]:
    def said(_match: re.Match[str], rest: str) -> str:
        return f"{direct}{rest}"

    return said


def _named(match: re.Match[str], rest: str) -> str:
    return f"{match['name']} will {rest}"


def _bare(match: re.Match[str], rest: str) -> str:
    words = f"{match['do']}{rest}"
    return "" if _ASKS.match(words) else f"{_DIRECT}{words}"


def _hacer(match: re.Match[str], rest: str) -> str:
    words = f"{match['do']}{rest}"
    return "" if _PRIMERO.search(words) else f"voy a {words}"


def _future(match: re.Match[str], rest: str) -> str:
    """Turn what was said into what was meant: "que le llamaría" into "le llamaré"."""
    return _CONDITIONAL.sub(_as_future, f"{match['rest']}{rest}", count=1)


_CONDITIONAL = re.compile(r"\b(\w*r)[ií]a(mos)?\b", re.IGNORECASE)


def _as_future(match: re.Match[str]) -> str:
    return f"{match[1]}{'emos' if match[2] else 'é'}"


def _owed(match: re.Match[str], rest: str) -> str:
    """Put "quedé en enviarle" into the present: what it then says is read as it was said."""
    return f"quedo en {match['do']}{rest}"


def _comes(match: re.Match[str], rest: str) -> str:
    verb = re.sub(r"(?<=[xsh])es$|s$", "", match["verb"])
    return f"{match['name']} will {verb}{rest}"


def _way(begins: str, direct: Callable[[re.Match[str], str], str], *, day: bool = False, alone: bool = False) -> _Said:
    return _Said(re.compile(begins, re.IGNORECASE), direct, day, alone)


@cache
def _ways() -> tuple[_Said, ...]:
    """Return the ways to report a promise, compiled when the first notes are read."""
    return (
        _way(rf"{_I}(?:{_TOLD}|{_PROMISED}),? (?:that )?{_WOULD}(?!not\b|never\b)", _then(_DIRECT)),
        _way(
            rf"{_I}(?:{_PROMISED})(?: {_THEM})? to (?!(?:the|a|an|our|my|this|that|it|all|pay|think|let)\b|be\b(?! (?:there|back|over|round|here)))",
            _then(_DIRECT),
        ),
        _way(rf"{_I}promised(?: {_THEM})? (?=(?:a|an|the|my|our|\d)\b)", _then("I promise "), day=True),
        _Said(re.compile(rf"(?i:{_I}(?:{_TOLD}|{_PROMISED}),? (?:that )?){_NAME} (?i:would|will|['’]ll|to) "), _named),
        _Said(
            re.compile(
                rf"(?i:{_I}(?:{_TOLD}|{_PROMISED}),? (?:that )?){_NAME} "
                r"(?P<verb>comes|calls|rings|brings|sends|delivers|drops|stops|starts|fixes|finishes|repairs|checks|looks)\b"
            ),
            _comes,
            day=True,
        ),
        _Said(re.compile(rf"{_NAME} to (?={_DO}\b)"), _named, day=True, alone=True),
        _way(
            rf"(?:to ?do:?|need to|have to|must|i need to|i have to|we need to|we have to|to) (?P<do>{_DO})\b",
            _bare,
            day=True,
            alone=True,
        ),
        _way(rf"(?P<do>{_DO})\b(?! (?:was|is|from|came|went|about)\b)", _bare, day=True, alone=True),
        _way(rf"(?:i['’]m|i am|we['’]re|we are) (?:supposed )?to (?P<do>{_DO})\b", _bare, day=True),
        _way(
            rf"(?:(?:tengo|tenemos|hay) que |debo |debemos |pendiente:? |por hacer:? )?(?P<do>{_HACER}(?:le|les|la|lo|los|las|se|selo)?)\b",
            _hacer,
            day=True,
            alone=True,
        ),
        _way(
            r"(?:yo )?(?:(?:le|les|la|lo|te) )?(?:dije|dijimos|asegur[eé]|aseguramos|promet[ií]|prometimos|confirm[eé]|confirmamos) "
            r"(?:a \w+ )?que (?P<rest>(?:(?:yo )?(?:se )?(?:le|les|la|lo|los|las|te) )*\w*r[ií]a(?:mos)?\b)",
            _future,
        ),
        _way(
            r"(?:yo )?(?:(?:le|les|la|lo|te) )?(?:promet[ií]|prometimos|qued[eé] en|quedamos en|me compromet[ií] a|nos comprometimos a|acord[eé]|acordamos) "
            r"(?P<do>\w+r(?:le|les|te|lo|la|se)?)\b",
            _owed,
        ),
    )
