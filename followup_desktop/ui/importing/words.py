"""The sentences of an import. Pure."""

from __future__ import annotations

from followup_desktop.base.wording import count_words, list_words, number_words
from followup_desktop.ui.importing.looking import Brought, Preview

NOTHING_YET = "Nothing is changed until you press Import, and one click undoes the whole import."


def subtitle(preview: Preview) -> str:
    """Return what stands beside the title: "customers.csv · 214 rows · all columns recognised"."""
    parts = [preview.path.name, count_words(preview.rows, "row", "rows")]
    if preview.has_columns:
        extra = sum(column.field is None and column.filled > 0 for column in preview.columns)
        kept = count_words(extra, "column kept as it is", "columns kept as they are")
        parts.append(kept if extra else "all columns recognised")
    return " · ".join(parts)


def summary(preview: Preview) -> str:
    """Return the counts in bold: "206 new, 5 already here, 3 to look at."."""
    counts = [(preview.new, "new"), (preview.changed, "to change"), (preview.unchanged, "already here")]
    said = [f"{number_words(count)} {what}" for count, what in counts if count]
    if preview.problems:
        said.append(f"{number_words(len(preview.problems))} to look at")
    return f"{', '.join(said) or 'No customers'}."


def households(preview: Preview) -> str:
    """Say who comes under one roof, or nothing."""
    if not preview.households:
        return ""
    roofs = count_words(preview.households, "household", "households")
    return f"Customers who share a service address come under one roof: {roofs}. They stay customers of their own."


def import_words(preview: Preview) -> str:
    """Return the words of the button that imports."""
    if not preview.to_import:
        return "Nothing to import"
    return f"Import {count_words(preview.to_import, 'customer', 'customers')}"


def done_words(brought: Brought) -> str:
    """Say what an import did: "206 customers are new, 5 were changed and 3 were here already."."""
    counts = (
        (brought.new, "is new", "are new"),
        (brought.changed, "was changed", "were changed"),
        (brought.unchanged, "was here already", "were here already"),
    )
    said = [(count, one if count == 1 else many) for count, one, many in counts if count]
    first = [f"{count_words(count, 'customer', 'customers')} {did}" for count, did in said[:1]]
    return (
        f"{list_words([*first, *(f'{number_words(count)} {did}' for count, did in said[1:])]) or 'Nothing was in it'}."
    )
