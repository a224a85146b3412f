"""What was promised and when to be reminded."""
