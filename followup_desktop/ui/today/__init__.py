"""The place called Today."""
