"""Journeys, their touchpoints, and the follow-ups that come of them."""
