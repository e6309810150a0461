"""How is a believable force, or a believable nation, made up from a number? Nobody in it exists."""
