"""An invented business with a year behind it, to try everything without risk."""
