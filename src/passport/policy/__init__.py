"""What does policy ask, since when, in whose version, and how does a force differ?"""
