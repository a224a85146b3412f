"""Bringing customers in from a file."""
