"""Who is in the workforce, where, under whom, and when they were away."""
