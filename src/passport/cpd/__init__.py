"""Continuing professional development: reflections that are one's own until shared, and then verified by another."""
