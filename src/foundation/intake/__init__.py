"""Files that forces hand in: read whatever they hold, judged line by line, and kept whole or not at all."""
