"""What the message says is attached, is attached."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "attachment"
REASON = "“Attached” with nothing attached costs both of you another mail."
BAD = "Attached is the care sheet for the pump."
GOOD = "I will send you the care sheet tomorrow."

_ENCLOSED = phrases(
    "(?:see|find)(?: it| them)? (?:attached|enclosed)", "(?:i|we)(?: have|['’]ve| am|['’]m| are|['’]re)? (?:attached|"
    r"enclosed|attach|enclose|attaching|enclosing)(?! (?:to you|last|yesterday|earlier|before|in my|on \w+day))",
    r"\((?:attached|enclosed)\)", "pfa", "(?:attached|enclosed) (?:is|are|you will|you['’]ll|" "please|herewith)",
    r"(?:the|my|our|a) (?:attached|enclosed) (?:file|pdf|sheet|quote|price|list|invoice|photo|"
    r"picture|document|papers?|care|letter)\w*", "in the attachment", "as an attachment",
    r"(?:you will|please|you can) find [^.?!\n]{0,40}" r"(?:attached|enclosed)",
    r"(?:is|are) (?:attached|enclosed)(?: (?:to|with) this (?:mail|message|e-?mail))?"
    r"(?= as\b|[.,;:\n]| to this| with this|$)", "attachments? (?:below|to this)", "(?:le |les )?adjunt(?:o|amos)",
    "se adjuntan?", r"(?:envío|mando|remito|enviamos|mandamos) adjunt[oa]s?",
    "adjunt[oa]s? (?:encontrará|tiene|va|van|le)", "(?:va|van) adjunt[oa]s?",
    "(?:en el|archivo|documento|fichero)s? adjuntos?", "(?:le|les) anex(?:o|amos)", "en el anexo",
)  # fmt: skip


def advise(message: Message) -> Advice | None:
    """Look for words that promise an enclosure."""
    where = message.find(_ENCLOSED)
    if where is None:
        return None
    if message.knows.enclosures:
        return Advice(KIND, ok=True, text="Attached, as it says")
    text = f"Says “{message.said(where)}”, and nothing is attached"
    return Advice(KIND, ok=False, text=text, where=where)
