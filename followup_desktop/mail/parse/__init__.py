"""Pure readers of mail: no network, no store."""
