"""Care, apart from every decision: its own schema, its own database role."""
