"""When is a person away, and why?"""
