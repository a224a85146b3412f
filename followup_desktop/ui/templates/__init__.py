"""The place called Templates."""
