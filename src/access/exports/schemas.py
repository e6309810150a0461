"""What does a program send that asks for an export?"""

from typing import Annotated

import msgspec

from foundation.forms import SAID


class WhatFor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an export is for: a colleague decides by this."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=SAID)]
