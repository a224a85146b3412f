"""The place called Recovery."""
