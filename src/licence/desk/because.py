"""In which words does the desk's list say why a licence stands as it does?"""

from collections.abc import Mapping
from datetime import date

import msgspec

from foundation.wording import as_sentence_case
from licence.standing.decisions import Because, Reason
from licence.standing.voice import about
from licence.standing.words import reason
from passport.policy.errors import NoPolicyInForceError
from passport.policy.facts import policies_on
from passport.policy.rules import LicencePolicy


class Said(msgspec.Struct):
    """One reason as it is kept beside a standing."""

    reason: Reason
    requirement: str | None = None
    since: date | None = None
    until: date | None = None


_KEPT: msgspec.json.Decoder[list[Said]] = msgspec.json.Decoder(list[Said])


async def policies_today(on: date) -> Mapping[int, LicencePolicy]:
    """Return the policy of every force, by which reasons are told; none before any is in force."""
    try:
        return await policies_on(on)
    except NoPolicyInForceError:
        return {}


def why(kept: str, policy: LicencePolicy | None, name: str) -> str:
    """Tell the first reason, which is the worst, in a sentence or two."""
    said = _KEPT.decode(kept)
    if not said:
        return ""
    first = said[0]
    if policy is None:
        return f"{as_sentence_case(first.reason)}."
    asked = next((one.id for one in policy.requirements if one.code == first.requirement), None)
    return reason(Because(first.reason, asked, first.since, first.until), policy, about(name))
