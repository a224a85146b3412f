"""Permission per channel, suppression, quiet hours, weekly limit."""
