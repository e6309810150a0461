"""How does a page become a document: printable, tagged for those who hear it, and blind to everything around it?"""
