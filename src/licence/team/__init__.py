"""My team: who may do what today, and whose skills lapse when."""
