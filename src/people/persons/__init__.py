"""Who is each person, under which name and numbers, and how are they found?"""
