"""What has each person been told, once, and have they read it?"""
