"""Where does each person stand in the workforce, from a day to a day?"""
