"""A thousand messages through everything that can go wrong: `python -m tests.outbox 1000`."""
