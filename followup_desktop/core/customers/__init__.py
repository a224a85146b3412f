"""People, households, addresses, preferences."""
