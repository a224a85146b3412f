"""Reading today's queue, and the customer list with what comes next for each."""
