"""Who uses the program, and the business it is used for."""
