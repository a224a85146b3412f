"""The place called Promises."""
