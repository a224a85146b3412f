"""Everything that can be set, section by section."""
