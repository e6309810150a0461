"""What can be answered about evidence that is in doubt?"""

from enum import StrEnum

LONGEST_REASON = 500
LONGEST_NAME = 100


class Answer(StrEnum):
    """What becomes of evidence that a provider delivered without a licence."""

    CONFIRMED = "confirmed"
    """It was as it should be: nothing is in doubt any more."""

    TRAIN_AGAIN = "train again"
    """It stands until they have been trained again, and stays in doubt until then."""

    WITHDRAWN = "withdrawn"
    """It is withdrawn: it met nothing."""
