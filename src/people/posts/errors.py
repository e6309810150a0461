"""What can stand in the way of a post?"""

from foundation.problems import ConflictError, InvalidError, NotFoundError


class NoPostError(NotFoundError):
    """This person holds no post on that day."""


class ForceNotInBeingError(ConflictError):
    """That force does not exist throughout those days."""


class UnitOfAnotherForceError(InvalidError):
    """That unit belongs to another force."""


class OutsideThePostError(ConflictError):
    """These days reach outside the post that they are to change."""
