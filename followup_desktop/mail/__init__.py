"""Mail protocols: composing, IMAP, SMTP. Knows neither store nor system."""
