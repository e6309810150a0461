"""What can be wrong with giving, agreeing to or ending a role?"""

from foundation.problems import ConflictError, InvalidError


class OwnRoleError(InvalidError):
    """Nobody gives a role to themselves, nor agrees to one of their own. Ask a colleague."""


class RoleOutOfReachError(InvalidError):
    """You cannot give this role. A force lead gives the roles of their own force; operators give the others."""


class UnitOfAnotherForceError(InvalidError):
    """This unit belongs to another force."""


class BackwardsRoleError(InvalidError):
    """The last day cannot be before the first."""


class NoReasonError(InvalidError):
    """Say why, in a sentence: whoever reads the list later should understand it."""


class RoleHeldError(ConflictError):
    """This person already holds this role for some of these days. End that grant first, or choose other days."""


class NotAwaitingApprovalError(ConflictError):
    """This role does not wait for anybody's agreement any more. Somebody may have answered already."""


class SecondPersonError(InvalidError):
    """Whoever gave a role cannot be the one who agrees to it."""


class RoleEndedError(ConflictError):
    """This role has ended already."""
