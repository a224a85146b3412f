"""The place called Routes."""
