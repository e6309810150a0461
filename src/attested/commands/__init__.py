"""The commands of `attested`, one to a file: each parses, calls an action and tells what came of it."""
