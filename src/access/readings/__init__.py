"""Who looked at whose record: written down before it is shown, and told to the person it is about."""
