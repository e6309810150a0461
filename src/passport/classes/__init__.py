"""Classes: who was on them, how each did, and the sheet by which a trainer signs for all of them at once."""
