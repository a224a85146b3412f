"""Events: what happened to a customer; everything else writes into it."""
