"""What can stand in the way of a force's own setting?"""

from foundation.problems import ConflictError, NotFoundError


class NoSuchProposalError(NotFoundError):
    """There is no such proposal within reach."""


class AnsweredError(ConflictError):
    """Somebody has answered this proposal already, or it was taken back."""


class OwnProposalError(ConflictError):
    """A second person approves: whoever proposed it cannot."""


class AlreadyProposedError(ConflictError):
    """The same is proposed already, and waits for an answer."""
