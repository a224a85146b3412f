"""The last thing but the name says what comes next: who does what, or the one question."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "next_step"
REASON = "A message that ends in the air leaves both sides waiting for the other."
BAD = "We came on Tuesday. The water was low."
GOOD = "We came on Tuesday. Luis will be there tomorrow before ten."

_STEP = phrases(
    "(?:ring|call|text|write|tell|answer|reply|send|let|show|give|say) (?:me|us|to me|to us|here|with|by|it)",
    "(?:answer|reply to) this mail", "reply", "(?:i|we)(?:'ll| will| shall| can| would)",
    "(?:is|are) (?:back|with you|there|yours)", "(?:next visit|we start) ", "a (?:yes or no|number|word|line)",
    "one (?:word|line|call)", "no hurry", "see you", "nos vemos", "hasta el", "holler", "shout", "back (?:on|in|at)",
    r"el día \d+ \w+", "pas(?:a|an|amos|aré)", "(?:somebody|someone|i|we) (?:comes?|calls?|tells?|writes?)", r"call \d",
    "write back", "(?:will|comes|come) (?:be|to you|by|there)", "nothing to do", "it will be so", "on us", "my number",
    "ring",
    "(?:llámeme|dígame|dígamelo|escríbame|escríbamelo|responda|respóndame|mándeme|avíseme|conteste|llame|llámenos|díganos)",
    "le (?:llamo|aviso|escribo|mando|atenderé|llamaré|avisaré|escribiré)", "(?:voy|vamos|va|volvemos|pasamos|paso)",
    "(?:un sí o un no|un número|una palabra|una línea)", "no hay prisa", "próxima visita", "mi número",
    "no tiene que hacer nada", "me ayuda", "lo sabrá", "será", "estará", "(?:de|por) (?:nuestra|mi) cuenta",
)  # fmt: skip
_BARE_ENDING = phrases(
    "(?:thanks|thank you|thx)(?: again| so much| very much)?", "(?:best|kind|warm) (?:regards|wishes)",
    r"have a (?:great|nice|good) \w+", "(?:muchas )?gracias(?: de nuevo| otra vez)?",
    "(?:un )?(?:cordial )?saludos?(?: cordiales)?", r"que tenga (?:un )?(?:buen|feliz) \w+",
)  # fmt: skip


def advise(message: Message) -> Advice | None:
    """Look at the last two sentences, leaving out a bare thank-you or greeting; a card wants nothing."""
    if message.knows.channel == "card":
        return None
    ending = [sentence for sentence in message.sentences if not _is_bare(sentence.text)][-2:]
    if any("?" in sentence.text or _STEP.search(sentence.text) for sentence in ending):
        return Advice(KIND, ok=True, text="Clear next step")
    where = ending[-1].where if ending else None
    return Advice(
        KIND, ok=False, text="Ends without a next step: say who does what by when, or ask one thing", where=where
    )


def _is_bare(sentence: str) -> bool:
    return bool(_BARE_ENDING.fullmatch(re.sub(r"[.!,…]+$", "", sentence).strip()))
