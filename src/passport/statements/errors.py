"""What can a learning system, or whoever answers for one, be told?"""

from uuid import UUID

from foundation.problems import ConflictError, InvalidError, Problem


class StatementConflictError(ConflictError):
    """Another statement is kept under an id of what was sent. Nothing of it has been kept."""

    def __init__(self, statement_id: UUID) -> None:
        super().__init__(
            f"Another statement is kept under {statement_id}. Nothing of what was sent has been kept."
        )


class TooManyStatementsError(Problem):
    """More statements were sent than are kept at once."""

    status = 413
    title = "Send fewer at once"

    def __init__(self, sent: int, most: int) -> None:
        super().__init__(
            f"{sent:,} statements were sent, and at most {most:,} are kept at once. Nothing was kept."
        )


class AttachmentsError(Problem):
    """Files are not taken here: send statements as application/json, with the address of an attachment, not the attachment."""

    status = 415
    title = "Send statements without files"


class VersionError(InvalidError):
    """Send the header X-Experience-API-Version with 1.0.3 or 2.0.0."""


class AlreadyMappedError(ConflictError):
    """This verb of this activity is mapped already. End that mapping first."""


class AlreadyNamedError(ConflictError):
    """This account is known to be somebody’s already."""


class OwnAccountError(ConflictError):
    """Nobody says of themselves that an account is theirs. Ask a colleague."""


class NothingToAnswerError(ConflictError):
    """Somebody has answered this in the meantime."""


class NoSuchRequirementError(InvalidError):
    """No version of policy asks for this."""
