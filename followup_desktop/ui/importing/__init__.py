"""The place called Importing."""
