"""What was last decided of everybody: kept for lists, refreshed by change and by night, told in notices."""
