"""How does the audit prove that no line of it was changed, taken away or slipped in? Told in docs/audit.md."""
