"""The privacy officer: who looked at whose record in the force, who looked at unusually many, and names held back."""
