"""Waivers, deferrals and failures of the force: proposed by one person, agreed to by another, ended early with a reason."""
