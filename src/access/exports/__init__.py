"""What left as a file: every export with its filter and hash, and a second person for many rows."""
