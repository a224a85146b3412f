"""Threads and the outbox."""
