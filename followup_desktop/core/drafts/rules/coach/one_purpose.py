"""One message wants one thing: what else is wanted waits for its own message."""

from __future__ import annotations

import re

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice, Span
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "one_purpose"
REASON = "Two wishes in one message weaken both; the second reads as the real reason for writing."
BAD = "How is the pump? And would you leave us a review on Google?"
GOOD = "How is the pump?"

_REVIEW = phrases(
    r"(?:leave|write|post|give|put)(?: us)? (?:a|your|an honest|a short|two|two honest)? ?(?:[\w ]+ )?"
    "(?:review|testimonial)s?", "review us", "(?:five|5)[- ]stars?", "cinco estrellas",
    "(?:google|yelp|facebook|angi) review", r"a (?:quick|short|kind|good|nice|" "5-star|five-star|few) reviews?",
    "review (?:on|at) (?:google|yelp|facebook|angi)",
    r"(?:deje|dejar|dejaría|dejarnos|escrib\w+|haga)(?:nos)? (?:una|su) " "(?:reseña|opinión|valoración)",
    "(?:reseña|opinión) (?:en|de) (?:google|internet|facebook)",
)  # fmt: skip
_REFERRAL = phrases(
    r"(?:friends?|neighbou?rs?|family|anyone|someone|somebody|anybody)\b[^.?!\n]{0,40}\b(?:needs?|looking|wants?)\b"
    r"[^.?!\n]{0,50}\b(?:send|refer|tell|mention|pass|give|point|recommend)", "send them (?:our|my) way",
    r"(?:amig|vecin|conocid|familiar)\w+\b[^.?!\n]{0,30}\b(?:necesit|busc|quier)\w+\b[^.?!\n]{0,40}\b(?:mánde|recomiend|"
    r"díga|envíe|pase|dele|hable)\w*", "refer (?:us|me|a friend|someone)", "refer(?:ring)? us", "recommend (?:us|me)",
    "pass (?:on )?(?:my|our) (?:number|" "name)", r"give \w+ ?\w* ?\w* ?\w* ?(?:my|our) number", "recomiénde(?:nos|me)",
    "recomend(?:ar|aría)(?:nos|me)", r"(?:dé|dar|daría|pase|pasar)(?:le)? (?:a \w+ )?(?:mi|nuestro) número",
)  # fmt: skip
_OFFER = phrases(
    r"(?:i|we) can (?:also )?(?:add|fit|do|offer|install|clean)\b[^.?!\n]{0,60}(?:for|at) [$€£]\s?\d[\d.,]*",
    r"may i add\b[^.?!\n]{0,60}[$€£]\s?\d[\d.,]*", "we (?:now |also )offer", r"\d+ ?(?:%|percent) off",
    r"(?:a|an|our|the) (?:special (?:on|offer|price|deal)|(?:discount|promotion|sale)\b)", "on special",
    "upgrad(?:e|ing) (?:to|your)", "premium (?:plan|service)", "join our", "plan premium", "running a special",
    r"pued\w+ (?:añadir|hacer|poner|instalar)(?:le)?\b[^.?!\n]{0,60}(?:por (?:US)?[$]\s?\d[\d.,]*|por \d[\d.,]*\s?€)",
    "(?:ahora|también) ofrecemos", "con descuento", "(?:una|nuestra) (?:oferta|promoción)(?: en| de)?",
)  # fmt: skip
_SURVEY = phrases(
    r"(?:from )?[01] ?(?:\([^)]*\) ?)?(?:to|–|-) (?:5|10)", "rate us", r"(?:del?|de) [01] (?:\([^)]*\) )?al? (?:5|10)",
    "puntúe(?:nos)?", "valore nuestro",
)  # fmt: skip
_PAYMENT = phrases(
    "(?:your|the) (?:payment|invoice|bill|balance)[^.?!\n]{0,25}(?:is|are|remains?) (?:still )?(?:overdue|open|due|"
    "unpaid|outstanding)", "please pay", r"(?:invoice|bill|balance|payment)\b[^.?!\n]{0,20} past due",
    "(?:overdue|unpaid|outstanding) (?:invoice|balance|bill|payment)", "(?:factura|pago|saldo) pendientes?",
    "pendiente de pago", "(?:haga|realice) el pago",
)  # fmt: skip

_WISHES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a review", _REVIEW),
    ("a recommendation", _REFERRAL),
    ("an order", _OFFER),
    ("a rating", _SURVEY),
    ("a payment", _PAYMENT),
)
_MAY = {
    Purpose.REVIEW_REQUEST: {"a review"},
    Purpose.REFERRAL_REQUEST: {"a recommendation"},
    Purpose.REFERRAL_THANKS: {"a recommendation"},
    Purpose.CONTINUITY: {"an order"},
    Purpose.RENEWAL: {"an order"},
    Purpose.QUOTE_CHECK_IN: {"an order"},
    Purpose.INQUIRY_CHECK_IN: {"an order"},
    Purpose.CHECK_IN: {"a rating"},
    Purpose.USAGE_CHECK_IN: {"a rating"},
    Purpose.MOMENT_OF_TRUTH: {"a rating"},
    Purpose.ONBOARDING: {"a rating"},
    Purpose.ANSWER: {"a recommendation", "an order"},
    Purpose.PROMISE: {"an order"},
    Purpose.AD_HOC: {wish for wish, _ in _WISHES},
}
"""What a message may want, by what it is for; any other wish is a second purpose."""


def advise(message: Message) -> Advice:
    """Look for a wish that is not what the message is for."""
    wishes = [
        (wish, found) for wish, pattern in _WISHES for found in [pattern.search(message.own_words)] if found is not None
    ]
    may = _MAY.get(message.purpose, set())
    foreign = [each for each in wishes if each[0] not in may] or wishes[1:]
    if not foreign:
        return Advice(KIND, ok=True, text="One purpose")
    wish, found = foreign[0]
    text = f"Also wants {wish}: one message, one purpose; let that have its own day"
    return Advice(KIND, ok=False, text=text, where=Span("text", found.start(), found.end()))
