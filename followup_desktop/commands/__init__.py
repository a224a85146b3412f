"""The verbs of the program: one function, one transaction, one undo step, one palette entry."""
