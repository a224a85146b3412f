"""Row 21: what the coach takes for one keystroke in a draft of 120 words, beside one pass over its text.

Everything the store lets it know is there: a year of weekly messages to a household of two, a plan of visits, prices,
private notes, the names of other customers. All of that is prepared once, when the card is opened; what that takes is
printed. Each keystroke is another text, as in typing, so that nothing is remembered from the one before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from followup_desktop.app import Program
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Draft, Knowledge, Outdated, Private, Said
from followup_desktop.core.drafts.rules.coach import advise
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.repeats import prepared
from tests.bench.pairing import Figure, Setting, milliseconds, p95, short, without_collector
from tests.core.drafts.known import facts

ROW = "21"
GOAL_MS = 16.0
WORDS, MESSAGES, KEYSTROKES = 120, 104, 400
TODAY = date(2026, 11, 23)
BODY = (
    "Luis saw to the pump on Tuesday and it ran twenty minutes without a drop. Chlorine was low, 0.4; he brought it to "
    "2.1, cleaned the skimmer and brushed the tiles at the deep end, where the sun does not reach after ten. It came "
    "to $180, and the warranty runs to November 2029; I have the papers. The old pump is gone. You use it every day, "
    "so you will know before we do whether it is right. The next visit is Tuesday 24 November, between 9 and 11, so "
    "there is time for whatever you notice. If it does anything it should not, ring me on 555-0142, mornings are best, "
    "and we will come and look at it. Is the timer set as you like it?"
)


def measure(setting: Setting) -> Sequence[Figure]:
    """Type the draft from its first word to its last, and look at every keystroke."""
    known, knows = facts(), _knowledge()
    opened = milliseconds(lambda: prepared(knows.before.messages))
    strokes = setting.pairs(KEYSTROKES)
    texts = [_typed(at, strokes) for at in range(strokes)]
    advise(texts[0], "The pump", known, Purpose.APOLOGY, "en", knows)
    taken, floor = [], []
    with without_collector():
        for text in texts:
            look = partial(advise, text, "The pump", known, Purpose.APOLOGY, "en", knows)
            taken.append(milliseconds(look))
            floor.append(milliseconds(partial(_counted, text)))
    beside = f"p50 {short(median(taken))}, p95 {short(p95(taken))} ms of {strokes}; one pass {short(p95(floor))} ms"
    return [
        Figure(ROW, f"coach on a keystroke, {WORDS} words, p95 / {GOAL_MS:.0f} ms", p95(taken) / GOAL_MS, 1.0, beside),
        Figure(ROW, f"preparing {MESSAGES} messages / {GOAL_MS:.0f} ms", opened / GOAL_MS, None, f"{short(opened)} ms"),
    ]


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _typed(at: int, strokes: int) -> str:
    """Return the whole draft with its last letters as they are at one keystroke: the longest text is typed into."""
    letters = f"{at:04}" if strokes > 1 else ""
    return f"Hi Grace,\n\n{BODY} {letters}\n\nDana\nBlue Heron Pools"


def _knowledge() -> Knowledge:
    """Return what a store would know of someone who has heard from us every week."""
    templates = [one for one in Program(Path("none")).templates if one.language == "en" and one.channel == "email"]
    said = [
        Said(TODAY - timedelta(days=7 * at // 2), "Tom" if at % 2 else "", "", compose(one, facts(rating=4)).text)
        for at in range(MESSAGES)
        for one in [templates[at % len(templates)]]
    ]
    return Knowledge(
        today=TODAY,
        visits=tuple(TODAY + timedelta(days=1 + 7 * week) for week in range(8)),
        outdated=(Outdated("$2,190", "the price of the heater", "$2,340"),),
        made=Draft("The pump", f"Hi Grace,\n\n{BODY}\n\nDana\nBlue Heron Pools"),
        before=prepared(said),
        private=(Private("how to get in", "Side gate, code 4821"), Private("from your notes", BODY[::-1])),
        others=frozenset(f"given family{number}" for number in range(50)),
        answers={"phone": "555-0100", "address": "18 Palm Ct", "day": "Tuesday"},
        reads="en",
    )
