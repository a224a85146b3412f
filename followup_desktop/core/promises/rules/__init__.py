"""What a line means, what is asked about it, and where a promise stands."""

from followup_desktop.core.promises.rules.finding import FoundPromise, Reader, find_promises, promise_in
from followup_desktop.core.promises.rules.line import Dated, dated, understand
from followup_desktop.core.promises.rules.moving import Later, later_choices
from followup_desktop.core.promises.rules.names import NameIndex
from followup_desktop.core.promises.rules.settling import (
    due_at,
    group_of,
    is_late,
    remind_at,
    settled_as,
    when_words,
)
from followup_desktop.core.promises.rules.telling import Part, PartKind, parts, problem, questions, shown

__all__ = [
    "Dated",
    "FoundPromise",
    "Later",
    "NameIndex",
    "Part",
    "PartKind",
    "Reader",
    "dated",
    "due_at",
    "find_promises",
    "group_of",
    "is_late",
    "later_choices",
    "parts",
    "problem",
    "promise_in",
    "questions",
    "remind_at",
    "settled_as",
    "shown",
    "understand",
    "when_words",
]
