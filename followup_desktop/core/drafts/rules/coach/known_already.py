"""Never ask what we already know: it says that nobody looked."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "known_already"
REASON = "Asking what they have told you before says that nobody kept it."
BAD = "What is your phone number?"
GOOD = "May I ring you tomorrow morning?"

_GET = (
    r"(?:what(?:['’]s| is)|\b(?:get|have|send|give|tell|remind|share|confirm)\b[^.?!]{0,25}?)"
    r" (?:your|the|a|a good|the best)"
)
_DA = (
    r"(?:cuál es|(?:me|nos) (?:puede |podría )?(?:dar?|daría|manda|mandar|pasa|pasar|dice|decir|confirma|confirmar)) su"
)
"""How one asks for something that stands in a record."""

_ASKED: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "phone",
        "their number",
        phrases(
            rf"{_GET} (?:(?:phone|mobile|cell|telephone)(?: phone)? )?number(?! to\b)",
            "(?:which|what) number (?:(?:can|may|should|do) (?:we|i)|is|would be)", rf"{_DA} (?:número|teléfono|móvil)",
            "a qué número",
        ),
    ),
    (
        "email",
        "their address",
        phrases(
            rf"{_GET} (?:e-?mail|mail)(?: address)?", "(?:which|what) (?:e-?mail|mail) address",
            rf"{_DA} (?:correo|e-?mail)",
        ),
    ),
    (
        "address",
        "where they live",
        phrases(
            rf"{_GET} (?:(?:street|home|house|service|postal) )?address",
            "where (?:do you live|is (?:your|the) (?:house|pool|place))", rf"{_DA} (?:dirección|domicilio)",
            "dónde (?:vive|está su)",
        ),
    ),
    (
        "name",
        "their name",
        phrases(rf"{_GET} (?:full |first |last )?name", "cómo se llama", rf"{_DA} (?:nombre|apellido)"),
    ),
    (
        "day",
        "their day",
        phrases(
            "(?:which|what) day (?:do|does|are|is) (?:we|he|she|luis|your (?:visit|service))",
            r"(?:which|what) day (?:do|does) \w+ come", "qué día (?:vamos|pasamos|va|es su visita|le toca)",
        ),
    ),
    (
        "last_visit",
        "when you were there",
        phrases(
            "when (?:were we|was (?:our|your|the)) last(?: visit| with you| there)?", "when did we last",
            "when was (?:our|your|the) last visit", "cuándo (?:fuimos|estuvimos|fue nuestra visita|fue la última)",
        ),
    ),
    (
        "visit_next",
        "the next visit",
        phrases("when (?:is|are) (?:your|our|the|we) next(?: visit| due| coming)?", "cuándo es (?:su|la) próxima"),
    ),
    (
        "equipment",
        "what they have",
        phrases(
            r"(?:what|which)(?: kind| make| model| type| sort)?(?: of)? (?:\w+ )?(?:pump|heater|filter|robot|equipment|"
            r"system|cover|cell) do you (?:have|own|use)", r"qué (?:tipo de |marca de |modelo de )?(?:bomba|calentador|"
            r"filtro|robot|equipo|sistema) tiene",
        ),
    ),
    (
        "since",
        "since when they are with you",
        phrases(
            "(?:how long|since when|how many (?:years|months)) have you been (?:with us|a customer)",
            "desde cuándo (?:está|es cliente)", "cuántos? (?:tiempo |años |meses )?lleva con nosotros",
        ),
    ),
    (
        "referral",
        "who sent them",
        phrases(
            "how did you (?:hear|find out|learn) (?:about|of) us", "how did you find us", "who (?:sent|referred) you",
            "cómo nos (?:conoció|encontró)", "quién le habló de nosotros",
        ),
    ),
    (
        "complaint",
        "what went wrong",
        phrases(
            r"(?:tell (?:me|us)|say|remind (?:me|us)) (?:again )?what (?:went|was) wrong",
            "what was it that went wrong",
            "(?:nos|me) (?:repite|dice otra vez|recuerda) (?:qué|lo que) (?:salió|fue) mal",
        ),
    ),
    (
        "quote",
        "what the quote is for",
        phrases(
            "what (?:was it )?(?:did )?you want(?:ed)? (?:a|the) (?:quote|price) for", "what (?:was|is) the quote for",
            "para qué (?:quería|era|pidió) el (?:presupuesto|precio)",
        ),
    ),
    (
        "technician",
        "who comes to them",
        phrases("who (?:usually )?comes to you", "quién va (?:normalmente )?a su casa", "quién le atiende"),
    ),
    (
        "rating",
        "their rating",
        phrases(
            r"(?:how would you|would you|can you) rate (?:us|it|the)", r"how satisfied (?:are|were) you",
            r"qué nota (?:nos )?(?:pone|daría)", "cómo nos (?:puntuaría|valora|valoraría)",
        ),
    ),
)  # fmt: skip
"""By topic: what would be asked, and how people ask it."""


def advise(message: Message) -> Advice | None:
    """Look through our questions for one whose answer stands in the record."""
    for sentence in message.questions:
        for topic, what, pattern in _ASKED:
            answer = message.knows.answers.get(topic)
            if answer and pattern.search(sentence.text):
                text = f"Asks {what}, and you know it: “{answer}”"
                return Advice(KIND, ok=False, text=text, where=sentence.where)
    return Advice(KIND, ok=True, text="Asks nothing you know") if message.questions else None
