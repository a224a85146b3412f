"""Search as you type: names and addresses, and the whole history (SQLite's FTS5)."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

WHAT = {
    "customer_search": ("customers", ("name", "company", "email", "phone", "street", "city", "notes")),
    "history_search": ("events", ("note", "about")),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, (table, columns) in WHAT.items():
        listed = ", ".join(columns)
        new = ", ".join(f"new.{c}" for c in columns)
        old = ", ".join(f"old.{c}" for c in columns)
        changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
        filled = " OR ".join(f"new.{c} <> ''" for c in columns)
        was_filled = " OR ".join(f"old.{c} <> ''" for c in columns)
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='{table}', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4 5 6')"
        )
        add = f"INSERT INTO {name}(rowid, {listed}) VALUES (new.id, {new});"
        drop = f"INSERT INTO {name}({name}, rowid, {listed}) VALUES ('delete', old.id, {old});"
        op.execute(f"CREATE TRIGGER {name}_added AFTER INSERT ON {table} WHEN {filled} BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {name}_gone AFTER DELETE ON {table} WHEN {was_filled} BEGIN {drop} END")
        op.execute(
            f"CREATE TRIGGER {name}_left AFTER UPDATE ON {table} WHEN ({changed}) AND ({was_filled}) BEGIN {drop} END"
        )
        op.execute(
            f"CREATE TRIGGER {name}_came AFTER UPDATE ON {table} WHEN ({changed}) AND ({filled}) BEGIN {add} END"
        )


def downgrade() -> None:
    for name in WHAT:
        for part in ("added", "gone", "left", "came"):
            op.execute(f"DROP TRIGGER IF EXISTS {name}_{part}")
        op.execute(f"DROP TABLE IF EXISTS {name}")
