"""Pathways: what somebody would need for a role, and what of it they have already, by the rule that judges the licence."""
