"""Who may leave, and why."""
