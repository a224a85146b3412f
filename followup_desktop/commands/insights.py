"""Commands about the month: what changes in the next one, and whether it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_desktop.base.wording import month_words
from followup_desktop.commands.door import command
from followup_desktop.core.insights.rules import month_after
from followup_desktop.core.insights.rules.plans import changes_key, done_key, tidied
from followup_desktop.core.operators import queries, records
from followup_desktop.store.store import Work


@command("insights.plan", says="Noted")
def plan_changes(work: Work, month: date, lines: Sequence[str]) -> list[str]:
    """Keep what the report of `month` says will change in the month after it; return the lines as kept."""
    kept = tidied(lines)
    records.set_setting(work, changes_key(month), kept)
    work.says = f"What changes in {month_words(month_after(month), year=False)}: noted"
    return kept


@command("insights.done", says="Noted")
def mark_change(work: Work, month: date, text: str, *, done: bool) -> None:
    """Say whether a change that the report of `month` announced was made."""
    made = [line for line in queries.settings(work.session).get(done_key(month), ()) if line != text]
    records.set_setting(work, done_key(month), [*made, text] if done else made)
    work.says = "Marked as done" if done else "Marked as not done"
