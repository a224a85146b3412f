"""The place called Campaigns."""
