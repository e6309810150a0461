"""What can go wrong on the way through an identity provider, in words for the person who stands there?"""

from foundation.problems import Problem


class SignInProblem(Problem):
    """You have not been signed in."""

    status = 400
    title = "You have not been signed in"
    what_next = "Start again. If it happens again, tell your force's IT service desk."


class StaleAttemptError(SignInProblem):
    """This sign-in was begun in another browser, has been used already, or took longer than 10 minutes."""

    title = "Start signing in again"
    what_next = "Nothing is wrong with your account. Start again from here."


class RefusedByProviderError(SignInProblem):
    """Your force's sign-in service did not let you in, or you turned back there."""

    status = 403
    title = "You were not signed in"
    what_next = "Start again when you are ready, or ask your force's IT service desk."


class UntrustworthyError(SignInProblem):
    """What came back from the sign-in service could not be trusted, so nobody has been signed in."""

    status = 403
    title = "You have not been signed in, to be safe"
    what_next = "It has been recorded. Start again; if it happens again, tell your force's IT service desk."


class OtherPersonError(SignInProblem):
    """The sign-in service named somebody other than the person signed in here."""

    status = 403
    title = "That was somebody else"
    what_next = "Sign out, and sign in again as yourself."


class NotStrongEnoughError(SignInProblem):
    """The sign-in service did not ask you for the proof that health and vetting records need."""

    status = 403
    title = "A stronger proof is needed"
    what_next = "Try again with the second step your force has given you, such as an app or a security key."


class NotLinkedError(SignInProblem):
    """Your force's sign-in service knows you, but nobody has said yet which record here is yours."""

    status = 403
    title = "Your account is not linked to a record yet"
    what_next = (
        "Give the reference below to your force's IT service desk. Whoever runs this service then links it."
    )

    def __init__(self, subject: str) -> None:
        self.subject = subject
        super().__init__()


class ProviderAwayError(SignInProblem):
    """Your force's sign-in service cannot be reached at the moment."""

    status = 503
    title = "Signing in is not possible at the moment"
    what_next = (
        "Try again in a few minutes. Whoever is signed in already can go on working until their session ends."
    )


class TokenRefusedError(Exception):
    """A token is not what it must be; the reason is for the log, never for whoever sent it."""
