"""Decisions about what customers tell us."""
