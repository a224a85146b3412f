"""The database: opening, two doors, undo, migrations, backups, search."""
