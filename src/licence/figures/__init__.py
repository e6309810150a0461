"""How many hold which standing, force by force, told so that no number points at anybody."""
