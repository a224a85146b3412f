"""Routes, stops and a day's visits."""
