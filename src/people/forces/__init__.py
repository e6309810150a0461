"""Which forces are there, under which names, and which of them became which?"""
