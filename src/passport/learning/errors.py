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


class NothingWaitsError(ConflictError):
    """This no longer waits to be verified: it has been verified, declined, corrected or withdrawn in the meantime."""


class CorrectedSinceError(ConflictError):
    """It has been corrected since you read it. Read what it says now, then verify that."""


class OtherFilesError(ConflictError):
    """The files beside it are not those that you read: one was attached or taken away since. Look at them as they are now, then verify."""


class NotYourVerificationError(ConflictError):
    """You did not verify this, or something has been recorded since, so there is nothing for you to take back."""


class NotYourWordsError(ConflictError):
    """You did not write this yourself. Ask your supervisor, or learning and development, to put it right."""


class CannotSayAgainError(ConflictError):
    """Only what you recorded, and what was declined or withdrawn, can be recorded once more."""


class BeforeServiceError(InvalidError):
    """Nothing is recorded here of the time before somebody joined."""


class VerifiedWithItError(ConflictError):
    """This has been verified with the files as they are. Ask your supervisor, or learning and development."""
