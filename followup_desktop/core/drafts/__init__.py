"""Templates, the facts they use, the draft they make together, and the coach beside it."""
