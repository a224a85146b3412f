"""Segments: saved filters over what is known of customers."""
