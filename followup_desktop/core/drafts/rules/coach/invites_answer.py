"""The message leaves room for an answer, where one is hoped for, and never shuts the door."""

from __future__ import annotations

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "invites_answer"
REASON = "People answer when they are asked to, and when it is easy: a word, a number, a call."
BAD = "We are sure that you are happy with the pump."
GOOD = "Is the pump as quiet as you hoped? A yes or no is plenty."

_SHUT = phrases(
    "(?:please )?(?:do not|don['’]?t) (?:reply|answer|respond)(?: to (?:this|it))?", "no[- ]?reply",
    "no need to (?:reply|answer|respond) to this (?:automated|automatic)", "(?:is|are) not (?:monitored|read)",
    "automated (?:message|mail|email|e-mail)", "no (?:responda|conteste)(?: a este)?", "no se (?:lee|atiende|revisa)",
    "(?:correo|mensaje) automático",
)  # fmt: skip
_OPEN = phrases(
    "(?:write|mail|text|message|ring|call|tell|answer|reply to|show|send) (?:me|us)", "(?:write|reply|answer) (?:back|"
    "here|to this|to me|this)", "let (?:me|us) know", "(?:a|one) (?:yes|no|word|line|number)", "in reply", "reply",
    "say so", "(?:i|we) (?:would|['’]d) like to (?:hear|know)", "(?:ring|call) (?:me|us)", "my number is",
    r"(?:give|pass on) (?:\w+ ){0,4}my number", "one call away", "i want to know",
    r"(?:respónd|contést|escríb|llám|díg|dígan|mánd|cuént|aví)(?:ame|eme|enos|aselo|amelo|emelo|ganos|senos|seme)",
    "(?:respóndame|contésteme|escríbame|escríbamelo|llámeme|dígame|dígamelo|mándeme|cuénteme|avíseme|llámenos|díganos|"
    "avísenos|escríbanos)", "(?:responda|conteste) (?:a este|aquí|con)", "responda", "basta con",
    r"una (?:palabra|línea|llamada)(?: suya)?", "un (?:sí o un no|número)", "me gustaría (?:saber|oír)", "mi número",
)  # fmt: skip
_HOPED_FOR = frozenset(
    {
        Purpose.CHECK_IN, Purpose.USAGE_CHECK_IN, Purpose.RECOVERY_CHECK, Purpose.QUOTE_CHECK_IN,
        Purpose.INQUIRY_CHECK_IN, Purpose.QUOTE_CLOSING, Purpose.RENEWAL, Purpose.CONTINUITY, Purpose.ONBOARDING,
        Purpose.REVIEW_REQUEST, Purpose.REFERRAL_REQUEST, Purpose.MOMENT_OF_TRUTH, Purpose.AD_HOC,
    }
)  # fmt: skip
"""Purposes that hope for an answer; an apology or a notice may do without."""


def advise(message: Message) -> Advice | None:
    """Look for a question, or for words that open the door or shut it."""
    if where := message.find(_SHUT):
        text = f"“{message.said(where)}” shuts the door: a message of yours can always be answered"
        return Advice(KIND, ok=False, text=text, where=where)
    if message.purpose not in _HOPED_FOR or message.knows.channel == "card":
        return None
    if message.questions or _OPEN.search(message.body):
        return Advice(KIND, ok=True, text="Invites an answer")
    return Advice(KIND, ok=False, text="Leaves no room for an answer: ask one thing, or say how to reach you")
