"""What can go wrong when an offer is recorded?"""

from foundation.problems import InvalidError


class OfferAheadError(InvalidError):
    """An offer is recorded once it has been made, not before."""
