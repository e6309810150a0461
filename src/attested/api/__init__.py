"""The API as a whole: how it is described to programs and to people, and what it refuses."""
