"""What can go wrong when people decide on licences?"""

from foundation.problems import ConflictError, InvalidError


class OwnLicenceError(ConflictError):
    """Nobody decides on their own licence, nor agrees to a decision on it."""


class SameTwiceError(ConflictError):
    """A decision needs a second person to agree to it."""


class ConditionError(InvalidError):
    """A restriction, and the lifting of one, names its condition; no other decision does."""


class ReasonsError(InvalidError):
    """Give the reasons for the decision."""


class UnknownPersonError(InvalidError):
    """There is nobody of this description."""
