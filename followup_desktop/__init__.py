"""Followup Desktop: who is waiting to hear from you today, and why."""

__version__ = "0.1.0"
