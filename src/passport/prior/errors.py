"""What can stand in the way of claiming earlier learning, or of judging a claim?"""

from foundation.problems import ConflictError, InvalidError


class AlreadyClaimedError(ConflictError):
    """You have claimed this already, and it waits for an assessor."""


class ClaimDecidedError(ConflictError):
    """This claim has been decided in the meantime."""


class OwnClaimError(ConflictError):
    """Nobody judges their own claim. Another assessor does."""


class NoSuchRequirementError(InvalidError):
    """Select what you have met by it."""


class NotPastError(InvalidError):
    """The day lies in the future, or before the learning."""


class ReasonNeededError(InvalidError):
    """Say why: the person has to understand it."""


class NoForceError(ConflictError):
    """You serve in no force today: there is nobody to judge a claim."""
