"""Finding the servers of a mail address: what is asked, in which order, and what came of it."""
