"""Putting things right."""
