"""What is held on whoever asks, who judges what of it may be given, and by when?"""
