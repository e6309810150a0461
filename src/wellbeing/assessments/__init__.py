"""Which wellbeing assessments does the force owe?"""
