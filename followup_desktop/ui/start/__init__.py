"""The place called Start."""
