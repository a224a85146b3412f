"""Counting a month in the store, and the records behind each figure."""
