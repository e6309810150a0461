"""What does a force propose to set for itself within policy, and who agrees?"""
