"""Whole programs that the benches start as processes of their own: windows and reports."""
