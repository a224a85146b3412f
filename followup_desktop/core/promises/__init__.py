"""What was promised, to whom, and when to be reminded."""
