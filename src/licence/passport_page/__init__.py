"""A person's passport: may they practise, why, what is to be done next, and how did it come about?"""
