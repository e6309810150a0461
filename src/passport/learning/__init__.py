"""Evidence of learning: recorded once, corrected by a later record, and taken from the forces' learning systems."""
