"""What customers own, and the agreements they have with us: when each runs out."""
