"""The kinds of contact a good business makes: one table of properties, no behaviour."""
