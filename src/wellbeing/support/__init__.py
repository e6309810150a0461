"""What support was offered to whom, and when: offered to everybody alike, and never weighed in any decision on them."""
