"""Which development conversations are due between a person and their supervisor, and what did the two agree?"""
