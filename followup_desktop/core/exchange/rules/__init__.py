"""Reading files that owners bring along, and comparing them with what is known; pure, nothing is executed."""
