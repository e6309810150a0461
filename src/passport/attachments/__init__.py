"""Files about a person, attached to evidence, to reflections or to examples: each room says to what, and who may see it."""
