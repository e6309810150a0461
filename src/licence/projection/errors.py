"""What can go wrong when everybody is decided about?"""


class ManyFailedError(RuntimeError):
    """So many licences could not be decided that the program must be at fault. Nothing of their chunk was kept."""


class HandLostError(RuntimeError):
    """A process of the sweep ended before its work did. What it had finished is kept; sweep again for the rest."""
