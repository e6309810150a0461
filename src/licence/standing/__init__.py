"""May this person practise on this day, and why: the rule, what it rests on, and its words."""
