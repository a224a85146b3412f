"""What the queue decides: what is held, what leads, in which order, on which day, and why. Pure."""
