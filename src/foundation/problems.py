"""What can go wrong that a person can understand, and how is it told to a program (RFC 9457)?"""

from collections.abc import Mapping


class Problem(Exception):
    """Something the caller asked for cannot be done."""

    status: int = 400
    title: str = "That cannot be done"

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        super().__init__(self.detail)

    @property
    def headers(self) -> Mapping[str, str]:
        """Return what HTTP asks to be said beside this very problem."""
        return {}

    @property
    def kind(self) -> str:
        """Return the last part of the problem's address, such as `not-found`."""
        name = type(self).__name__.removesuffix("Error")
        return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


class NotFoundError(Problem):
    """There is nothing here that you may see."""

    status = 404
    title = "Not found"


class ConflictError(Problem):
    """Something has changed in the meantime, or stands in the way."""

    status = 409
    title = "That conflicts with what is recorded"


class InvalidError(Problem):
    """What was sent cannot be understood."""

    status = 400
    title = "Check what you entered"

    def __init__(self, detail: str | None = None, *, errors: dict[str, str] | None = None) -> None:
        self.errors = errors or {}
        super().__init__(detail or "; ".join(self.errors.values()) or None)


class TokenMissingError(Problem):
    """The token against forged requests is missing, or is not the one that the cookie holds. Nothing was changed."""

    status = 403
    title = "Send the token with it"


class TooManyTriesError(Problem):
    """That was tried too often. Nothing was changed; wait, then try again."""

    status = 429
    title = "Too many tries"

    def __init__(self, seconds: int = 60) -> None:
        self.seconds = seconds
        super().__init__()

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": str(self.seconds)}


class BusyError(Problem):
    """The service is busy. Nothing was changed; try again in a moment."""

    status = 503
    title = "Try again in a moment"
