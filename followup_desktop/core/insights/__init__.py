"""Knowing whether it works: a month's figures, what they support, and what they suggest."""
