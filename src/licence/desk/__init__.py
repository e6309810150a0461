"""The licensing desk: a force's licences, counted, listed, found and taken away as a file."""
