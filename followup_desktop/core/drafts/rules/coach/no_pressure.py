"""No urgency that is not real: who feels pushed says no."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "no_pressure"
REASON = "Who feels pushed says no, and remembers it."
BAD = "This is your last chance."
GOOD = "No hurry, it holds until 12 December."

_PRESSURE = phrases(
    "last chance", "prices? (?:are )?(?:go|goes|going) up", r"lock (?:\w+ ){1,3}in",
    r"need to know (?:by|today|now|this)", r"(?:dígame|conteste|responda|decida|confirme)\w*(?: \w+)? hoy mismo",
    "pierde (?:el|la|su)", "suben los precios",
    r"only (?:have )?(?:\w+ )?(?:slots?|spots?|places?|openings?) (?:left|open)?",
    r"(?:slots?|spots?|places?|openings?) " r"(?:are )?(?:left|going|filling)", "book (?:today|now|it now)",
    "(?:i|we) need (?:your|an) (?:answer|decision|reply)", r"give (?:the|your|that) (?:slot|spot|place) (?:away|to)",
    r"(?:second|third|fourth|2nd|3rd) time (?:i|we|that)", "are you (?:ever )?going to (?:decide|answer|reply)",
    "slip (?:by|away)", "going fast", "running out", "while you (?:still )?can", "why have(?: you not|n['’]t you)",
    r"qued(?:an|a) (?:solo |sólo )?(?:\w+ )?(?:huecos?|plazas?|sitios?)", "decíd(?:ase|anse)",
    "necesit(?:o|amos) su (?:respuesta|decisión)", "(?:segunda|tercera|cuarta) vez que", "no lo deje (?:pasar|escapar)",
    "(?:se )?agot(?:a|an|e|en)", "act (?:now|fast|today)", "limited[- ]time", "while (?:supplies|stocks?|it) lasts?",
    "before it'?s? (?:is )?too late", "(?:do not|don'?t) (?:miss|wait)(?: out)?", "urgent(?:ly)?", "asap",
    "as soon as possible", "hurry up", "final (?:notice|reminder|call)", "(?:expires|ends) (?:soon|today|tonight)",
    "today only", r"only (?:today|\w+ (?:spots?|places?|slots?) left)",
    "you (?:must|need to|have to) (?:decide|act|book|sign|confirm|answer|reply)",
    "(?:still )?waiting (?:for|on) your (?:answer|reply|response)",
    "(?:you )?have(?: not|n'?t) (?:yet )?(?:answered|replied|responded)", "why have(?: not|n'?t) you",
    "i need (?:your answer|an answer|to know) (?:by|today|now)", "price (?:goes|will go) up", "book now",
    "respond immediately", "última oportunidad", "(?:no se lo|no lo) (?:pierda|deje pasar)", "d[eé]se prisa",
    "apresúrese", "urgente(?:mente)?", "solo (?:por )?hoy", "sólo (?:por )?hoy", "(?:por )?tiempo limitado",
    "oferta limitada", "plazas limitadas", "últim[oa]s (?:plazas|días|unidades)",
    "antes de que sea (?:demasiado )?tarde",
    "(?<!no )(?:debe|tiene que) (?:decidir|firmar|reservar|contestar|responder|confirmar)", "lo antes posible",
    "aproveche (?:ahora|ya|esta)", "reserve ya", "(?:todavía|aún) no (?:ha|me ha|nos ha) (?:contestado|respondido)",
    "(?:sigo|seguimos) esperando su respuesta", "el precio (?:sube|subirá)", "termina (?:hoy|pronto)",
)  # fmt: skip


def advise(message: Message) -> Advice:
    """Look for pushing."""
    if where := message.find(_PRESSURE):
        text = f"“{message.said(where)}” pushes: give them the date, and leave the choice to them"
        return Advice(KIND, ok=False, text=text, where=where)
    return Advice(KIND, ok=True, text="No pressure")
