"""How long is what kept, and who agrees before it goes?"""
