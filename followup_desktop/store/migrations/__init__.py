"""Migrations: what each format of the store looks like, and how to get there."""
