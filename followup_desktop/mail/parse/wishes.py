"""How and how often somebody wants to hear from us, where they say so in a reply: English and Spanish. Pure.

"Text me instead", "ring me, don't email", "once a month is enough". It is proposed, never done by itself. A request for
one time ("call me tomorrow") is none, and neither is how often the work itself is done ("once a month is enough for the
filter").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTH = 30


@dataclass(frozen=True, slots=True)
class ContactWish:
    """What they asked for: a channel, channels they do not want, at most one message in so many days, or more often.

    `channel` is "" where they named none; `days` is None where they did not say how often.
    """

    sentence: str
    channel: str = ""
    refused: tuple[str, ...] = ()
    days: int | None = None
    often: bool = False


_MAIL = r"(?:e-?mails?|e-?mailing|mails?|correos?(?: electr[óo]nicos?)?)"
_TEXT = r"(?:texts?|texting|text messages?|sms|whats ?app|mensajes? de texto|wasap)"
_CALL = r"(?:calls?|calling|phone|phone calls?|telephone|tel[ée]fono|llamadas?)"
_POST = r"(?:post|letters?|snail mail|paper mail|carta|cartas|correo postal)"

_WANTS: dict[str, re.Pattern[str]] = {
    "text": re.compile(
        rf"\brather you (?:just )?text\w*|\b(?:switch|change) to {_TEXT}\b|\bmejor (?:(?:una?|por|con) )*{_TEXT}\b|"
        rf"\b(?:text|sms|whats ?app|message) (?:me|us)\b|\b(?:drop|shoot|send) (?:me|us) (?:an? )?{_TEXT}\b"
        rf"|\b(?:by|via|over|through|with|a|use|por|con) (?:an? )?{_TEXT}\b"
        rf"|(?<!my )(?<!your )\b{_TEXT} (?:me |us )?(?:is|are|would be|will be|works?|suits?|es|ser[íi]a|funciona|son)\b"
        rf"|\b(?:prefer|prefiero|preferimos|rather (?:have|get)) (?:(?:an?|un|los|el|to|que) )*{_TEXT}\b"
        r"|(?:^|, |; |but |just )text(?:$|[.,!]| me| us)"
        rf"|\b{_TEXT} (?:better|rather) than\b"
        r"|\b(?:m[áa]nd[ae](?:me|nos)|m[áa]nden(?:me|nos)|env[íi][ea](?:me|nos)|env[íi]en(?:me|nos)|escr[íi]b[ae](?:me|nos))"
        rf" (?:(?:un|por|al|mejor) )*{_TEXT}\b",
        re.IGNORECASE,
    ),
    "call": re.compile(
        rf"\brather you (?:just )?(?:call|phone|ring|rang)\w*|\b(?:switch|change) to {_CALL}\b|\bmejor (?:(?:una?|por|con) )*{_CALL}\b|"
        r"\b(?:call|phone|ring|telephone) (?:me|us)\b|\bgive (?:me|us) a (?:call|ring|buzz)\b"
        rf"|\b(?:by|over the|on the|via|use the|por|al) {_CALL}\b"
        rf"|(?<!my )(?<!your )\b{_CALL} (?:is|are|would be|works?|suits?|es|ser[íi]a|funciona)\b"
        rf"|\b(?:prefer|prefiero|preferimos|rather (?:have|get|you)) (?:(?:an?|una|the|las|to|you|que me|que nos) )*"
        rf"(?:{_CALL}|ring|llam\w+)\b"
        rf"|\b{_CALL} (?:better|rather) than\b"
        r"|\b(?:ll[áa]m[ae](?:me|nos)|ll[áa]men(?:me|nos))\b",
        re.IGNORECASE,
    ),
    "email": re.compile(
        rf"\brather you (?:just )?e?-?mail\w*|\b(?:switch|change) to {_MAIL}\b|\bmejor (?:(?:una?|por|con) )*{_MAIL}\b|"
        rf"\b(?:e-?mail|mail|write(?: to)?) (?:me|us)\b|\b(?:by|via|use|over|por) {_MAIL}\b(?! postal)"
        rf"|(?<!my )(?<!your )\b{_MAIL} (?:is|are|would be|works?|suits?|es|ser[íi]a|funciona)\b"
        rf"|\b(?:prefer|prefiero|preferimos|rather (?:have|get)) (?:(?:an?|un|el|to|los) )*{_MAIL}\b(?! postal)"
        r"|\b(?:escr[íi]b[ae](?:me|nos)|escr[íi]ban(?:me|nos))(?! (?:un |por )?(?:whats|sms|mensaje))\b",
        re.IGNORECASE,
    ),
    "card": re.compile(
        rf"\b(?:by|via|through|por) {_POST}\b|\b(?:send|write) (?:me|us) (?:an? )?{_POST}\b"
        rf"|\b(?:prefer|prefiero|rather have) (?:(?:an?|una|las) )*{_POST}\b",
        re.IGNORECASE,
    ),
}
_NO = (
    r"(?:do not|don['’]?t|dont|never|stop|quit|no more|not|(?:better|rather) than|instead of|no longer|won['’]?t|en vez de|"
    r"en lugar de|nada de|sin|ya no|no)"
)
_REFUSES: dict[str, re.Pattern[str]] = {
    channel: re.compile(
        rf"\b{_NO}\b(?! (?:forget|hesitate))(?: (?:me|us|by|via|with|an?|the|my|through|use|using|read|reading|check|"
        rf"checking|look at|open|get|have|want|like|send|sending|any|so many|your|these|to|por|mande[ns]?|env[íi]en?|"
        rf"leo|uso|miro|reviso|abro|quiero|m[áa]s|un|los|el|las|una|nos)){{0,5}} {word}\b",
        re.IGNORECASE,
    )
    for channel, word in (
        ("email", rf"(?:{_MAIL}(?! postal)|escrib\w+(?! un)|write to me)"),
        ("text", _TEXT),
        ("call", rf"(?:{_CALL}|ring|llam\w+)"),
        ("card", _POST),
    )
}
_STANDING = re.compile(
    r"\binstead\b(?! of (?:mon|tues|wednes|thurs|fri|satur|sun|today|tomorrow|the \d|\d|noon|morning|before|after))"
    r"|\b(?:prefer\w*|rather|from now on|in (?:the )?future|going forward|always|only|easier|easiest|better|best|"
    r"quickest|faster|please use|reach (?:me|us)|get hold of|contact (?:me|us))\b"
    r"|\b(?:prefier\w*|preferimos|preferir[íi]a|mejor|de ahora en adelante|a partir de ahora|en adelante|en el futuro|siempre|"
    r"solo|s[óo]lo|m[áa]s f[áa]cil|en vez de|en lugar de)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:today|tonight|tomorrow|when you (?:get|are|arrive)|asap|right away|this (?:morning|afternoon|evening|week)|"
    r"at \d|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|before you|as soon as|hoy|ma[ñn]ana por|esta (?:tarde|noche|ma[ñn]ana)|"
    r"cuando (?:pueda|llegue)|a las \d|if you (?:run|are|can)|in case)\b",
    re.IGNORECASE,
)
_COUNT = {
    "one": 1,
    "a": 1,
    "an": 1,
    "once": 1,
    "una": 1,
    "un": 1,
    "uno": 1,
    "twice": 2,
    "two": 2,
    "dos": 2,
    "couple of": 2,
    "other": 2,
    "three": 3,
    "tres": 3,
    "four": 4,
    "cuatro": 4,
    "five": 5,
    "six": 6,
    "seis": 6,
}
_SPAN = {
    "week": 7,
    "weeks": 7,
    "semana": 7,
    "semanas": 7,
    "fortnight": 14,
    "month": MONTH,
    "months": MONTH,
    "mes": MONTH,
    "meses": MONTH,
    "quarter": 91,
    "quarters": 91,
    "trimestre": 91,
    "trimestres": 91,
    "year": 365,
    "season": 91,
    "years": 365,
    "año": 365,
    "años": 365,
    "ano": 365,
    "temporada": 91,
}
_SPANS = "|".join(sorted(_SPAN, key=len, reverse=True))
_TIMES = re.compile(
    r"\b(?P<count>once|twice|one|two|three|una|dos|tres|un|\d)\b(?: (?:time|times|vez|veces|e-?mails?|mails?|messages?|texts?|"
    r"notes?|calls?|letters?|correos?|mensajes?|llamadas?|or two))*"
    rf" (?:a|an|per|every|each|in a|al|a la|por|cada) (?P<span>{_SPANS})\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each|cada) (?:(?P<count>other|couple of|two|three|four|six|dos|tres|cuatro|seis|\d{1,2}) )?"
    rf"(?P<span>{_SPANS})\b",
    re.IGNORECASE,
)
_ADVERB = {
    "weekly": 7,
    "fortnightly": 14,
    "biweekly": 14,
    "monthly": MONTH,
    "quarterly": 91,
    "yearly": 365,
    "semanal": 7,
    "semanalmente": 7,
    "quincenal": 14,
    "mensual": MONTH,
    "mensualmente": MONTH,
    "trimestral": 91,
}
_ADVERBS = re.compile(rf"\b(?P<word>{'|'.join(_ADVERB)})\b", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?:invoices?|bills?|receipts?|quotes?|estimates?|pay|paid|facturas?|presupuestos?|recibos?|pag(?:o|ar))\b",
    re.IGNORECASE,
)
"""What is sent or paid in some way says nothing of how they like to be written to."""
_ENOUGH = re.compile(
    r"\b(?:enough|plenty|suffic\w+|at most|no more than|not more than|maximum|max|tops|only|just|would do|will do|"
    r"is (?:fine|ok|okay|good|perfect)|limit|cut (?:it |them )?(?:back|down)|less)\b"
    r"|\b(?:basta\w*|suficiente|como m[áa]ximo|m[áa]ximo|no m[áa]s de|solo|s[óo]lo|nada m[áa]s|est[áa] bien|menos)\b",
    re.IGNORECASE,
)
_ABOUT_WORDS = re.compile(
    rf"\b(?:{_MAIL}|{_TEXT}|messages?|newsletters?|updates?|write|writing|hear from|contact(?:ing)?|mensajes?|"
    r"escrib\w+|noticias|avisos?|reminders?|recordatorios?|notes?)\b",
    re.IGNORECASE,
)
_ABOUT_WORK = re.compile(
    r"\b(?:visits?|clean\w*|come|coming|servic\w+|mow\w*|filters?|treat\w*|cut\w*|spray\w*|pay\w*|bill\w*|invoic\w*|backwash\w*|"
    r"chlorine|water\w*|vacuum\w*|appointments?|sessions?|check the|visitas?|limpi\w+|venir|vengan?|filtro|factur\w+|"
    r"pag\w+|riego|podar?|tratamiento|citas?|delivery|deliver\w*)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:less (?:often|frequently|e-?mails?|mails?|messages?|texts?)|fewer (?:e-?mails?|mails?|messages?|texts?)|too (?:many|often)(?: \w+)?|not (?:so|as) (?:often|many)|"
    r"menos (?:a menudo|seguido|frecuen\w+|correos|mensajes)|con menos frecuencia|demasiad[oa]s (?:correos|mensajes|veces)|"
    r"no tan (?:a menudo|seguido)|tantos (?:correos|mensajes))\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:write|e-?mail|message|text|contact) (?:me|us) (?:more often|as often as you (?:like|want)|any ?time)\b"
    r"|\b(?:happy|glad|like) to hear (?:from you )?more often\b"
    r"|\bescr[íi]b[ae](?:me|nos) (?:m[áa]s (?:a menudo|seguido)|cuando quiera|las veces que quiera)\b",
    re.IGNORECASE,
)


_OF_ME = re.compile(r"\b(?:me|us)\b|(?:me|nos)\b(?= |\?)", re.IGNORECASE)
"""A question is a wish only where it says whom it concerns: "could you text me instead?"."""


_WAY_OUT = re.compile(
    r"\W*(?:re:\s*)*(stop|unsubscribe|baja|darme de baja|cancelar|basta|opt[- ]?out)\W*", re.IGNORECASE
)


def used_the_way_out(subject: str, words: str) -> bool:
    """Whether somebody did what the line below our mail says: the mail its link makes, or the one word as an answer.

    A subject like that with more than a few words below it is read, not obeyed.
    """
    bare = words.strip()
    if _WAY_OUT.fullmatch(bare):
        return True
    is_new = not re.match(r"\s*(?:re|aw|rv|sv)\s*:", subject, re.IGNORECASE)
    return is_new and bool(_WAY_OUT.fullmatch(subject.strip() or "-")) and len(bare.split()) <= 6


def contact_wish(words: str) -> ContactWish | None:
    """Return how or how often they want to hear from us, or None; `words` are the sender's own."""
    lines = [" ".join(one.split()) for one in re.split(r"(?<=[.!?;])\s+|\n{2,}", words[:8000])]
    lines = [line for line in lines if line and (not line.endswith("?") or _OF_ME.search(line))]
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if found := _frequency(line) or _channel(line, following):
            return found
    return None


def _frequency(line: str) -> ContactWish | None:
    if _MORE.search(line) and not re.search(r"\b(?:don['’]?t|do not|no)\b", line, re.IGNORECASE):
        return ContactWish(line[:300], often=True)
    about_words = bool(_ABOUT_WORDS.search(line))
    if _ABOUT_WORK.search(line) and not about_words:
        return None
    days = _days(line)
    if days is not None and days > 7 and (_ENOUGH.search(line) or _LESS.search(line)):
        return ContactWish(line[:300], days=days)
    if _LESS.search(line) and about_words:
        return ContactWish(line[:300], days=MONTH)
    return None


def _days(line: str) -> int | None:
    if found := _TIMES.search(line):
        count = _COUNT.get(found["count"].casefold()) or int(found["count"])
        return _SPAN[found["span"].casefold()] // max(count, 1)
    if found := _EVERY.search(line):
        word = (found["count"] or "one").casefold()
        return (_COUNT.get(word) or int(word)) * _SPAN[found["span"].casefold()]
    if found := _ADVERBS.search(line):
        return _ADVERB[found["word"].casefold()]
    return None


def _channel(line: str, following: str) -> ContactWish | None:
    refused = _refused(line)
    beside = refused or _refused(following)
    left = line
    for channel in refused:
        left = _REFUSES[channel].sub(" ", left)
    wanted = next((channel for channel, asks in _WANTS.items() if channel not in beside and asks.search(left)), "")
    if not wanted:
        return None
    if _PAPERS.search(line):
        return None
    standing = bool(_STANDING.search(line)) or bool(beside)
    if not standing or (_ONCE.search(line) and not beside):
        return None
    sentence = line if refused or not beside else f"{line} {following}"
    return ContactWish(sentence[:300], channel=wanted, refused=beside)


def _refused(line: str) -> tuple[str, ...]:
    return tuple(channel for channel, says in _REFUSES.items() if says.search(line))
