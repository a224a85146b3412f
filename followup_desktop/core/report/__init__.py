"""The monthly report: the same figures to read, to show and to work with."""
