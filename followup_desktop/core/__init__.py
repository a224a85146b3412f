"""What the program knows about following up, one package per subject."""
