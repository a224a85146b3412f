"""The place called Listening."""
