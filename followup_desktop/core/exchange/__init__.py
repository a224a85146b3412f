"""Files that owners bring along, and what the program hands back: reading, comparing, taking over."""
