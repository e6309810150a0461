"""A person's due days in their own calendar, by an address that nobody can guess."""
