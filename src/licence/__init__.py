"""Decisions that rest on evidence: may this person practise, and why."""
