"""What a force's personnel system says of its people: read, compared with what is recorded, and kept."""
