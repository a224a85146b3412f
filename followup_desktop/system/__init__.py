"""The operating system: paths, keyring, autostart, opening things. Knows neither store nor mail."""
