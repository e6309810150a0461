"""What an open pane of glass lets somebody see, and nothing else."""
