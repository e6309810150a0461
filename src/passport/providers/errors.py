"""What can stand in the way of a provider, its licences, and an answer to a doubt?"""

from foundation.problems import ConflictError, InvalidError


class NamedAlreadyError(ConflictError):
    """Your force has a provider of this name."""


class LicensedAlreadyError(ConflictError):
    """On some of these days the provider is licensed for this already."""


class EndedAlreadyError(ConflictError):
    """This licence ends on that day already, or before."""


class NotInDoubtError(ConflictError):
    """This is not in doubt any more: somebody has answered, or it was corrected."""


class BackwardsError(InvalidError):
    """The last day lies before the first."""


class NoSuchRequirementError(InvalidError):
    """Select what the provider may deliver."""


class ReasonNeededError(InvalidError):
    """Say why: whoever reads the record later has to understand it."""
