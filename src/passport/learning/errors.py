"""What can stand in the way of recording evidence?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class EvidenceNotFoundError(NotFoundError):
    """There is no such evidence."""


class SupersededError(ConflictError):
    """This evidence has been corrected or withdrawn in the meantime."""


class AlreadyEvidencedError(ConflictError):
    """This is already recorded for the same person, requirement and day."""


class UnknownRequirementError(NotFoundError):
    """No version of policy asks for this."""


class CompletedLaterError(InvalidError):
    """Nothing can be completed on a day that has not come."""


class ReasonMissingError(InvalidError):
    """Say why: whoever reads the record later has to understand it."""


class OwnEvidenceError(ConflictError):
    """Nobody verifies their own evidence. Ask your supervisor or the training department."""


class OwnEntryError(ConflictError):
    """You entered this yourself, so somebody else has to verify it."""


class AlreadyVerifiedError(ConflictError):
    """This evidence is already verified."""
