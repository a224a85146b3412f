"""Nothing in it reads as mass mail: no phrases, no praise of ourselves, no exclamation marks."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "not_mass_mail"
REASON = "A phrase that stands in every newsletter makes the whole message look like one."
BAD = "Thank you for choosing us."
GOOD = "Luis fitted the new pump this morning; the old one is gone."

_STOCK = phrases(
    "(?:we )?(?:truly )?(?:value|appreciate) (?:you as a customer|your business|your patronage|you)",
    "(?:valued|loyal|esteemed|awesome|amazing) (?:customer|client)s?",
    r"(?:we|i)(?:['’]re|['’]m| are| am) (?:\w+ )?(?:excited|thrilled|proud|pleased|delighted|committed|dedicated)",
    "newsletter", "further questions", "trusted (?:partner|provider|name)", "to all (?:of )?our", "happy holidays",
    "always here (?:to|for)", "here for you", "anything you need",
    "(?:top|number one|our|nuestra) (?:priority|prioridad)", "a su (?:entera )?servicio", "felices fiestas",
    "a todos nuestros", "(?:socio|aliado) de confianza", "contact (?:us|our \\w+)",
    r"(?:it['’]s|it is) (?:our|my|a) (?:pleasure|privilege|" "honou?r)", "(?:pleasure )?to serve you",
    "state[- ]of[- ]the[- ]art", "your satisfaction", "we love our customers", "check out our",
    "visit our (?:website|page|site)", "(?:follow|like) us on", "stay tuned", "(?:es|será|ha sido) un (?:placer|honor)",
    "client[ea]s? fiel(?:es)?", "fiel(?:es)? client[ea]s?", "boletín", "tenemos el (?:gusto|placer|agrado)",
    "(?:nueva|amplia) gama", "visite nuestra", "síganos", "póngase en contacto",
    "dear (?:customer|client|friend|sir|neighbou?r)s?", "(?:please )?(?:do not|don'?t) hesitate",
    "at your earliest convenience", "as per", "(?:look|looking) forward to (?:serving|hearing|working|doing)",
    "thank you for (?:choosing|your (?:business|continued|loyalty|patronage))",
    "we (?:strive|pride ourselves|are (?:proud|committed|dedicated|thrilled|excited))", "rest assured",
    "hope (?:this|that this)? ?(?:email|e-mail|message|note|mail)? ?finds you(?: well)?",
    "hope you(?: are|'re) (?:doing )?well", "touch(?:ing)? base", "(?:just )?checking in", "(?:just )?following up",
    "just (?:a quick|wanted to|reaching out)", "reach(?:ing)? out",
    "(?:exclusive|special|amazing|great) (?:offer|deal|discount)s?", "click (?:here|below)", "unfortunately",
    "(?:top|best)[- ](?:quality|in class|notch)", "(?:world|first)[- ]class", "customer satisfaction is",
    "(?:any|all your) (?:questions|concerns|needs)", "feel free to", "please be advised", "to whom it may concern",
    "estimad[oa]s? (?:cliente|amig[oa]|señor|vecin[oa])s?", "valoramos", "su confianza", "no dude en",
    "a la mayor brevedad", "gracias por (?:elegirnos|confiar|preferirnos|su (?:preferencia|confianza|fidelidad))",
    "espero que (?:este|el|se|esté|al recibir)", "nos (?:enorgullece|complace|esforzamos)",
    "(?:quedamos|quedo|estamos) a su (?:entera )?disposición", "ofertas? (?:exclusiva|especial)e?s?", "haga clic",
    "pulse aquí", "lamentablemente", "cualquier (?:duda|consulta)", "nuestros (?:valiosos|apreciados) clientes",
    "la mejor calidad", "reciba un cordial", "sin otro particular", "solo quería", "un breve seguimiento",
    "somos líderes",
)  # fmt: skip
_SHOUT = re.compile(r"[!¡]|\b[A-ZÁÉÍÓÚÑ]{5,}\s+[A-ZÁÉÍÓÚÑ]{3,}\b")


def advise(message: Message) -> Advice:
    """Look for stock phrases, in the text and in the subject."""
    if where := message.find(_STOCK):
        text = f"“{message.said(where)}” reads as mass mail: say it as you would at the gate"
        return Advice(KIND, ok=False, text=text, where=where)
    if where := message.find(_SHOUT):
        text = (
            "An exclamation mark reads as mass mail" if len(message.said(where)) == 1 else "Capitals read as mass mail"
        )
        return Advice(KIND, ok=False, text=text, where=where)
    return Advice(KIND, ok=True, text="Not mass mail")
