"""The frameworks by which development is described and judged: the CVF and the leadership standards, as data."""
