"""Pieces of pages that know the values of the core and are shown in more than one place."""
