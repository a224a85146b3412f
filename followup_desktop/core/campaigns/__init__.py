"""Campaigns: one topic to one segment, each message still drafted and read on its own."""
