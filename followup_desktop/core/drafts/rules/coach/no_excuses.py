"""An apology holds no reason, no defence and no “but”: whoever explains is not listening yet."""

from __future__ import annotations

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "no_excuses"
REASON = "Whoever explains is not listening yet; a reason inside an apology is heard as a defence."
BAD = "I am sorry, but we were very busy."
GOOD = "I am sorry; you plan around us."

_EXCUSE = phrases(
    "unfortunately", "due to", "because",
    "(?:beyond|outside|out of) (?:our|my) control", "any inconvenience", "however",
    r"(?:sorry|apologi[sz]e)[^.?!\n]*\bbut", "sorry (?:if|that) you (?:feel|felt)", "sorry if", "as you know",
    "you (?:should|could) have", "(?:our|company) policy", "short[- ]staffed", "broke down",
    "(?:a )?misunderstanding", "in our defen[cs]e", "to be fair", "we do(?: try)? our best", "not our fault",
    "(?:was|were) not (?:our|my) (?:fault|doing)", "technically",
    "(?:we|i) (?:were|was|have been) (?:very |so |really )?busy", "it happens", "these things happen",
    "nobody is perfect", "traffic", "lamentablemente", "desafortunadamente", "debido a", "a causa de", "por culpa de",
    "ajen[oa]s? a nuestra voluntad", "fuera de nuestr[oa] (?:control|alcance)",
    "(?:cualquier|las|posibles) (?:inconveniente|inconvenientes|molestia|molestias)", "sin embargo",
    r"(?:siento|sentimos|disculp\w+|perdón|perdone)[^.?!\n]*\bpero", "si se (?:ha sentido|sintió|siente)",
    "como (?:usted )?(?:ya )?sabe", "(?:usted )?(?:debería|debió|podría) haber", "(?:nuestra )?política de",
    "malentendido", "falta de personal", "se (?:nos )?(?:averió|rompió|estropeó)", "no (?:es|fue) culpa nuestra",
    "hacemos lo que podemos", "estas cosas pasan", "nadie es perfecto", "hemos estado muy ocupados", "tráfico",
    "porque",
)  # fmt: skip


def advise(message: Message) -> Advice | None:
    """Look for reasons and defence, where we apologise."""
    if not _apologises(message):
        return None
    if where := message.find(_EXCUSE):
        text = f"“{message.said(where)}” reads as an excuse: say what happened, that you are sorry, and what comes next"
        return Advice(KIND, ok=False, text=text, where=where)
    return Advice(KIND, ok=True, text="No excuses")


def _apologises(message: Message) -> bool:
    score = message.facts.text("rating.score") or ""
    unhappy = message.purpose is Purpose.ANSWER and score.isdigit() and int(score) <= 3
    return message.purpose in (Purpose.APOLOGY, Purpose.RECOVERY_CHECK) or unhappy
