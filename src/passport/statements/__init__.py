"""Statements of learning systems (xAPI): taken as they come, kept, and turned into evidence where a mapping says so."""
