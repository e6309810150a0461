"""What can stand in the way of keeping a file, or of giving it back?"""

from foundation.problems import BusyError, InvalidError, NotFoundError


class EmptyFileError(InvalidError):
    """The file is empty. Select another."""


class FileTooLargeError(InvalidError):
    """The file is too large."""


class UnknownKindError(InvalidError):
    """The file is not a PDF, JPEG, PNG, WebP or HEIC, whatever its name says. Save it as one of these and select it again."""


class VirusFoundError(InvalidError):
    """The file was not kept, because something harmful was found in it. Tell your IT department."""


class NotScannedError(BusyError):
    """The file could not be checked for viruses, so it was not kept. Nothing else was changed; try again in a moment."""


class StoreUnreachableError(BusyError):
    """Attached files cannot be reached at the moment. Nothing was changed; try again in a moment."""


class ContentGoneError(NotFoundError):
    """The content of this file is kept no longer."""


class DamagedError(RuntimeError):
    """What is kept under a hash has another one: the store has been changed behind our back, or is broken."""
