"""Earlier learning: claimed by the person, accepted or declined by an assessor who is somebody else."""
