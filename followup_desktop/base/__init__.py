"""Clock, changes, errors, settings as data, words for dates and money."""
