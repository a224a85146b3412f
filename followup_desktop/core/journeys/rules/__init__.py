"""What journeys decide: reading their files, and planning follow-ups."""
