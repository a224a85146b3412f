"""Today's cards: gather, hold, order, reasons."""
