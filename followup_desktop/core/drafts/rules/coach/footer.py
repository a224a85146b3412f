"""A commercial mail carries the sender's postal address and a way out: without them it would be unlawful."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice, Instead
from followup_desktop.core.drafts.rules.footing import missing, with_footer
from followup_desktop.core.drafts.rules.wording import Message, language_of

KIND = "footer"
REASON = "The law asks it of every mail that offers or advertises: who sends it, from where, and how to have it end."
BAD = "I can add a second visit for $35. Shall I?"
GOOD = (
    "Shall I?\n\nBlue Heron Pools, 3 Ferry Lane, Marlow Bay, FL 32000\n"
    "If you would rather not get mails like this one, reply “stop”."
)

_SAYS = {"address": "your postal address", "way out": "a way out"}


def advise(message: Message) -> Advice | None:
    """Look below a commercial mail for what must stand there."""
    knows = message.knows
    if not knows.commercial or knows.channel != "email":
        return None
    lacking = missing(message.text, knows.postal_address)
    if not lacking:
        return Advice(KIND, ok=True, text="Footer there")
    if not knows.postal_address.strip():
        text = "This advertises: the law asks for your postal address below it. Put it into Settings, Business"
        return Advice(KIND, ok=False, text=text, must=True)
    text = f"This advertises: the law asks for {' and '.join(_SAYS[each] for each in lacking)} below it"
    sender, language = message.facts.text("business.name") or "", language_of(message.text) or message.language
    whole = with_footer(message.text, sender, knows.postal_address, language)
    return Advice(KIND, ok=False, text=text, must=True, instead=Instead("Add the footer", message.subject, whole))
