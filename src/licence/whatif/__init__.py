"""Who would stand otherwise if a draft of policy were in force?"""
