"""Who supervises whom, from a day to a day?"""
