"""An invented business to try everything with."""
