"""What did somebody answer when proposing a dispensation, and what is missing from it?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from foundation.date_entry import DateEntry, date_entry_of, limited, read_date_entry
from foundation.forms import typed
from foundation.parts import FieldError
from passport.waivers.rules import LONGEST_AGO, LONGEST_DEFERRAL, LONGEST_REASON, Kind

BOXES = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """The answers as given, so that nobody types them twice."""

    who: str
    asks: str
    sort: Kind | None
    why: str
    needed: str
    since: DateEntry
    until: DateEntry

    def errors(self, codes: Collection[str]) -> tuple[FieldError, ...]:
        """Return what is missing or wrong, in the order of the questions."""
        is_unending = self.sort is Kind.DEFERRAL and self.until.is_empty
        found = (
            (not self.who, "Enter the number of the person", "who"),
            (self.asks not in codes, "Select what they are dispensed from", "asks"),
            (self.sort is None, "Select what is proposed", "sort"),
            (not self.why, "Enter why, for whoever reads it later", "why"),
            (
                len(self.why) > LONGEST_REASON,
                f"The reason must be {LONGEST_REASON} characters or fewer",
                "why",
            ),
            (
                len(self.needed) > LONGEST_REASON,
                f"What is needed must be {LONGEST_REASON} characters or fewer",
                "needed",
            ),
            (self.since.error is not None, self.since.error or "", f"since-{(*self.since.wrong, 'day')[0]}"),
            (is_unending, "Enter the last day of the deferral", "until-day"),
            (self.until.error is not None, self.until.error or "", f"until-{(*self.until.wrong, 'day')[0]}"),
        )
        return tuple(FieldError(text, field) for is_wrong, text, field in found if is_wrong)


def blank(on: date) -> ProposalForm:
    """Return the form before anybody has answered: from today."""
    return ProposalForm("", "", None, "", "", date_entry_of(on), DateEntry())


def read(answers: Mapping[str, object], on: date) -> ProposalForm:
    """Return what was answered."""
    since = _entry(answers, "since", "first day")
    if since.is_empty:
        since = replace(since, error="Enter the first day", wrong=BOXES)
    since = limited(since, name="first day", earliest=on - LONGEST_AGO)
    sort = next((one for one in Kind if one == typed(answers, "sort")), None)
    latest = since.meant + LONGEST_DEFERRAL if since.meant and sort is Kind.DEFERRAL else None
    until = _entry(answers, "until", "last day")
    return ProposalForm(
        who=typed(answers, "who"),
        asks=typed(answers, "asks"),
        sort=sort,
        why=typed(answers, "why"),
        needed=typed(answers, "needed"),
        since=since,
        until=limited(until, name="last day", earliest=since.meant, latest=latest),
    )


def _entry(answers: Mapping[str, object], name: str, called: str) -> DateEntry:
    return read_date_entry(*(typed(answers, f"{name}-{box}") for box in BOXES), name=called)
