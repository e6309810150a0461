"""What comes due, for a team and for a force, and how it is spread over the months."""
