"""Commands about files that owners bring along."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from followup_desktop.base.errors import Stale
from followup_desktop.commands.door import command
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.exchange import queries, records
from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.records import Imported
from followup_desktop.core.exchange.rules.matching import match
from followup_desktop.store.steps import StepRow, touched_since
from followup_desktop.store.store import Work


@command("import.apply", says="Imported")
def import_customers(work: Work, reading: FileReading, mapping: Mapping[str, str] | None = None) -> Imported:
    """Bring the customers of a file in, as its preview said; one undo takes all of it back."""
    plan = match(reading, queries.known(work.session))
    done = records.apply(work, reading, plan)
    if mapping:
        records.keep_choice(work, reading.header_key, mapping)
    work.undoable = bool(done.new or done.changed)
    work.says = f"Imported {reading.file_name}: {done.new} new, {done.changed} changed"
    return done


@command("import.undo", says="")
def undo_import(work: Work, key: int) -> None:
    """Take one import back, also when other things were done since, while its customers are as it left them."""
    _must_be_as_imported(work, key)
    records.undo_import(work, key)
    work.session.connection().execute(update(StepRow).where(StepRow.import_id == key).values(undone=True))
    work.says = "Import undone"


def _must_be_as_imported(work: Work, key: int) -> None:
    """Refuse where the owner has changed one of the import's customers since: that would be lost with them."""
    step = work.session.scalars(select(StepRow).where(StepRow.import_id == key)).first()
    touched = touched_since(work.session, step.id) if step is not None else set()
    mine = select(CustomerRow.name).where(CustomerRow.import_id == key, CustomerRow.id.in_(touched))
    name = work.session.scalars(mine.order_by(CustomerRow.sort_name)).first()
    if name is not None:
        raise Stale(f"{name} was changed since this import.", "Nothing was changed.", "Undo that first.")
