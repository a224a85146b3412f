"""An apology holds no reason, no defence and no “but”: whoever explains is not listening yet."""

from __future__ import annotations

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "no_excuses"
REASON = "Whoever explains is not listening yet; a reason inside an apology is heard as a defence."
BAD = "I am sorry, but we were very busy."
GOOD = "I am sorry; you plan around us."

_OWNED = r" (?:i|we) (?:forgot|skipped|missed|overlooked|left|broke|did not|didn['’]t|made|rushed|never)\b"
"""What we did or left undone ourselves is no excuse."""

_EXCUSE = phrases(
    "unfortunately", "due to", rf"because(?! you| of you|{_OWNED})",
    "(?:beyond|outside|out of) (?:our|my) control",
    "any inconvenience", "however", r"(?:sorry|apologi[sz]e)[^.?!\n]*\bbut", "sorry (?:if|that) you (?:feel|felt)",
    "sorry if", "as you know", "you (?:should|could) have", "(?:our|company) policy", "short[- ]staffed", "broke down",
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
    "porque(?! usted| (?:olvid|no (?:fui|vine|llam|revis)|me salt|dej|romp))",
    r"sorry (?:that )?you (?:were|are|got) (?:upset|unhappy|disappointed|angry|offended|annoyed|bothered)",
    r"(?:out|off|called in) sick", "under-?staffed", "short of people", "let us down", "failed us", "no choice",
    "nothing (?:we|i) could (?:do|have done)", "could not have known", "(?:made|makes) it impossible",
    r"(?:weather|rain|storm|truck|van|car|supplier|office|software|system|computer|phone|technician|driver|helper|guy|"
    r"man|employee|colleague|staff|crew)\b[^.?!\n]{0,30}\b(?:broke|failed|crashed|was (?:sick|ill|new|off|down|late)|"
    r"did not know|didn['’]t know|went down|forgot|got lost|overslept|mixed (?:it )?up|misread|is new)",
    r"you (?:did not|didn['’]t|never|forgot to|failed to|had not|hadn['’]t) (?:tell|told|mention|mentioned|say|said|"
    r"let|answer|open|lock|warn|call|called|leave|left|pay)", "glitch(?:es)?",
    "(?:overbooked|double-booked|swamped|hectic)", "(?:has|have) been (?:chaos|chaotic|crazy|a mess)",
    "(?:quit|resigned)", "behind schedule", "technical (?:problem|issue|" "difficult)\\w*",
    r"(?:had|have) (?:a|an|some) (?:problem|issue|emergency|breakdown)s?",
    r"usted no (?:nos |me )?(?:avisó|dijo|llamó|mencionó|abrió|contestó|pagó)",
    "problemas? (?:técnicos?|con el|con la|de " "personal)", r"fallo (?:de|del|en) \w+", "desbordad[oa]s",
    "mucho trabajo", "un caos", "dejó la empresa", "es que", "nos (?:falló|fallaron|dejó tirad[oa]s)",
    "(?:estaba|estuvo) (?:enferm[oa]|de baja)", "no (?:pudimos|pude) (?:evitarlo|hacer nada|hacer más)",
    "(?:hizo|hacía) imposible",
    r"(?:lluvia|tormenta|proveedor|furgoneta|camión|coche|sistema|ordenador|técnico|chico|empleado|compañero)\b"
    r"[^.?!\n]{0,30}\b(?:falló|se averió|se rompió|no sabía|no conocía|no funcionó|se equivocó|se perdió|olvidó)",
)  # fmt: skip

_SORRY = phrases(
    "(?:i|we)(?: am|['’]m| are|['’]re) (?:so |very |truly |really )?sorry (?:for|about|that (?:i|we)|i|we)",
    "(?:i|we)(?: do| sincerely| want to| would like to)? apologi[sz]e", "my apologies", "our apologies",
    "(?:my|our) (?:fault|mistake)", "(?:lo |le )?(?:siento|sentimos) (?:mucho|que|haber|lo|la|el)",
    "(?:le )?(?:pido|pedimos|pedirle) (?:perdón|disculpas)", "mis disculpas", "nuestras disculpas",
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
    return (
        message.purpose in (Purpose.APOLOGY, Purpose.RECOVERY_CHECK)
        or unhappy
        or bool(_SORRY.search(message.own_words))
    )
