"""The place called Customers."""
