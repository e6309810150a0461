"""The files that forces hand in: taken in, judged line by line, looked at, and then kept or put aside."""
