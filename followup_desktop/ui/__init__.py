"""The window, tray and notifications. Qt lives here and nowhere else."""
