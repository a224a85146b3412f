"""The place called Insights."""
