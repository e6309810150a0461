"""What somebody sent when their session had ended: kept for a day, so that they can send it again."""
