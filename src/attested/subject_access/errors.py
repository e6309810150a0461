"""What can stand in the way of asking for what is held on one, or of judging it?"""

from foundation.problems import ConflictError, InvalidError


class AskedAlreadyError(ConflictError):
    """You have asked already, and it is not complete yet. It is brought to you as soon as it is."""


class NotReadyError(ConflictError):
    """It is still being gathered. Come back in a minute."""


class JudgedAlreadyError(ConflictError):
    """Somebody has judged this already."""


class ChangedError(ConflictError):
    """Something was added to this record while you looked. Look through it once more."""


class ExtendedAlreadyError(ConflictError):
    """This request has been extended already, was answered, or its day has passed."""


class NoPurposeError(InvalidError):
    """Say what you open it for: nothing is shown without it."""


class NotJudgedWholeError(InvalidError):
    """Every item needs an answer; whatever is withheld needs a ground that fits and a reason."""
