"""The first sentence says what happened, with its day or its name."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, Sentence, phrases, stands_in

KIND = "names_what_happened"
REASON = "Whoever reads the first sentence wants to know what this is about; what happened, with its day, says it."
BAD = "I hope this finds you well."
GOOD = "Luis fitted the new pump this morning."

_DAY = phrases(
    "(?:mon|tues|wednes|thurs|fri|satur|sun)days?", "yesterday", "today", "this (?:morning|afternoon|evening|week)",
    "last (?:week|month|year|night|time)", r"(?:two|three|four|a few|\d+) (?:days|weeks|months) ago", "a week ago",
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|september|"
    "october|november|december)",
    r"(?:january|february|march|april|june|july|august|september|october|november|december)(?: \d{1,2})?", "lunes",
    "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "ayer", "hoy", "anoche",
    "esta (?:mañana|tarde|noche|semana)", "la semana pasada", "el (?:mes|año) pasado",
    r"hace \w+ (?:días|semanas|meses)",
    r"\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)",
    "(?:desde|en) (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)",
)  # fmt: skip
_ABOUT_THEM = phrases(
    "(?:your|the|our) (?:visit|quote|price|repair|pool|pump|call|mail|message|order|booking|rating|"
    "agreement|year|inquiry)",
    "(?:you|we) (?:told|asked|wrote|booked|bought|rated|missed|fixed|gave|rang|ordered|agreed|have had)",
    r"(?:we|i|\w+) (?:finished|fitted|installed|repaired|replaced|cleaned|fixed|serviced|changed|saw to|set up)",
    r"(?:has|have|\w+['’]s) been (?:\w+ )?(?:for )?(?:a|two|three|four|\d+) (?:days?|weeks?|months?)",
    r"llevan? (?:ya )?(?:una?|dos|tres|\d+) (?:días?|semanas?|mes(?:es)?)",
    "(?:terminamos|pusimos|instalamos|arreglamos|limpiamos|cambiamos|fuimos|estuvimos|revisamos)",
    "came to us because of you", "i (?:promised|said|made you)",
    "(?:su|la|el|nuestro|nuestra) (?:visita|presupuesto|precio|reparación|piscina|bomba|llamada|correo|"
    "mensaje|pedido|cita|nota|contrato|consulta)", r"usted (?:nos|me) \w+", "usted (?:reservó|compró|pidió|tiene)",
    "(?:le|les) (?:prometí|dije|hice)", "vino a nosotros por usted",
)  # fmt: skip
_WISHED = "wanted|hoped|noticed|wished|decided|loved|used|needed|figured"
_DID = re.compile(
    rf"(?!(?:We|I) (?:just )?(?:{_WISHED}))(?:We|I|[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+) (?:\w+ )?(?!need|feed|bed|red|shed|seed)"
    r"\w{3,}ed\b|[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ (?:le |lo |la |ya )?\w{3,}ó\b"
)
"""Someone did something: “Mara trimmed the hedge”, “Mara recortó el seto”."""
_EMPTY_OPENING = phrases(
    "i hope", "we hope", "how are you", "it(?:['’]s| is| has) been a (?:while|long time)", "we miss you",
    "(?:fall|autumn|spring|summer|winter) is (?:here|coming|around)", "¿?cómo está", "quería (?:saber|saludar)",
    "hoping", "hope (?:all|you|this)", "just (?:a|wanted|checking|reaching)", "i (?:just )?wanted to",
    "i am (?:writing|reaching)", "i'm (?:writing|reaching|just)", "my name is", "what (?:lovely|hot|cold) weather",
    "espero que", "esperamos que", "solo quería", "sólo quería", "le escribo para", "me pongo en contacto",
    "mi nombre es",
)  # fmt: skip


def advise(message: Message) -> Advice:
    """Look for the day or the thing itself in the first sentence, or in a short first one and the next."""
    if not message.sentences:
        return Advice(KIND, ok=False, text="Says nothing yet: begin with what happened, and on which day")
    first = message.sentences[0]
    if _EMPTY_OPENING.match(first.text):
        return Advice(
            KIND, ok=False, text=f"Begins with a phrase: begin with what happened{_hint(message)}", where=first.where
        )
    opening = message.sentences[: 2 if len(first.text.split()) < 6 else 1]
    if any(_tells(sentence, message) for sentence in opening):
        return Advice(KIND, ok=True, text="Names what happened")
    return Advice(KIND, ok=False, text=f"Say first what happened, and on which day{_hint(message)}", where=first.where)


def _tells(sentence: Sentence, message: Message) -> bool:
    said = sentence.text.casefold()
    told = _DAY.search(said) or _ABOUT_THEM.search(said) or _DID.match(sentence.text)
    return bool(told) or any(stands_in(fact, said) for fact in message.used)


def _hint(message: Message) -> str:
    """Offer the words for it, where they are known."""
    for key in ("event.day", "message.day", "visit.day"):
        if words := message.facts.text(key):
            return f", such as “{words}”"
    return ""
