"""The same commands without a window, for scripts and for checking."""
