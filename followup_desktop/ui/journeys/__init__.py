"""The place called Journeys."""
