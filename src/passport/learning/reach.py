"""Whose records may the person asking open, and what may they do with one?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access.facts import subjects
from access.guard import let_see
from access.identity import NOBODY, Identity
from access.permission_map import may_see
from access.permissions import Permission
from access.readings.looks import Look
from foundation.problems import ConflictError, NotFoundError
from passport.learning import rules
from passport.learning.chains import Chain, chain_of, person_of
from passport.learning.errors import (
    CannotSayAgainError,
    CorrectedSinceError,
    NothingWaitsError,
    NotYourVerificationError,
    NotYourWordsError,
    OwnEntryError,
    OwnEvidenceError,
    SupersededError,
    VerifiedWithItError,
)
from people.persons.facts import NamedPerson, PersonNotFoundError, person_with_national_id, persons

READ, RECORD, VERIFY = Permission.EVIDENCE_READ, Permission.EVIDENCE_RECORD, Permission.EVIDENCE_VERIFY
Rule = Callable[[int, Sequence[rules.Said]], bool]


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that somebody may see, who the people in it are, and whether they may deal with whom it is about."""

    chain: Chain
    people: Mapping[int, NamedPerson]
    reader_id: int
    may_record: bool
    may_verify: bool

    @property
    def person(self) -> NamedPerson:
        """Return whom it is about."""
        return self.people[self.chain.person_id]

    @property
    def is_own(self) -> bool:
        """Say whether it is about whoever reads it."""
        return self.reader_id == self.chain.person_id

    def allows(self, rule: Rule) -> bool:
        """Say whether a rule of what may be done with a record lets the reader do it."""
        reaches = self.may_verify if rule in _VERIFYING else self.may_record
        return reaches and rule(self.reader_id, self.chain.said)


_VERIFYING = (rules.may_verify, rules.may_decline, rules.may_take_back)


async def opened(reader: Identity, evidence_id: int, *, on: date, look: Look | None) -> Opened:
    """Return a record by the number of any of its links, once it is written down that somebody else looks.

    :raises NotFoundError: there is none, or it is out of reach: the one looks exactly like the other.
    :raises NotRecordedError: that they look cannot be written down.
    """
    person_id = await person_of(evidence_id) or NOBODY  # asked alike, so that no clock tells
    await let_see(reader, READ, person_id, on=on, look=look)
    chain = await chain_of(evidence_id)
    if chain is None:
        raise NotFoundError
    subject = (await subjects([person_id], on))[person_id]
    return Opened(
        chain,
        await persons(sorted(chain.people)),
        reader.person_id,
        may_see(reader, RECORD, subject),
        may_see(reader, VERIFY, subject),
    )


async def changing(reader: Identity, evidence_id: int, rule: Rule, *, on: date) -> Opened:
    """Return a record with which somebody is about to do something that a rule allows.

    :raises NotFoundError: they may not see it, or never do such a thing with the records of this person.
    :raises ConflictError: it is theirs to do with other records of the person; why not with this is said.
    """
    found = await opened(reader, evidence_id, on=on, look=None)
    is_of_role = found.may_verify if rule in _VERIFYING else found.may_record
    if not is_of_role and not found.is_own:
        raise NotFoundError
    if not found.allows(rule):
        raise _refusal(found, rule)
    return found


async def verifying(reader: Identity, evidence_id: int, *, on: date) -> Opened:
    """Return a record that somebody is about to verify: what they have read, by the number of its link.

    :raises NotFoundError: they may not see it, or never verify anything of this person.
    :raises ConflictError: it is not for them to verify, or says something else since.
    """
    found = await changing(reader, evidence_id, rules.may_verify, on=on)
    if not rules.is_as_read(evidence_id, found.chain.said):
        raise CorrectedSinceError
    return found


async def filing(reader: Identity, evidence_id: int, *, on: date) -> Opened:
    """Return a record to which somebody is about to attach a file, or from which they take one.

    The person themselves may while what they wrote waits: what was verified with a file beside it keeps the file.

    :raises NotFoundError: they may not see it, or never record anything for this person.
    :raises ConflictError: it no longer stands, or it is not for its person to change.
    """
    found = await changing(reader, evidence_id, rules.may_change, on=on)
    if found.is_own and found.chain.state is not rules.State.AWAITING:
        raise VerifiedWithItError
    return found


def _refusal(found: Opened, rule: Rule) -> ConflictError:
    """Say why somebody may not do with this record what they may do with others."""
    last = found.chain.last
    if rule in _VERIFYING and found.is_own:
        return OwnEvidenceError()
    if rule is rules.may_take_back:
        return NotYourVerificationError()
    if rule in {rules.may_verify, rules.may_decline}:
        waits = found.chain.state is rules.State.AWAITING
        return OwnEntryError() if waits else NothingWaitsError()
    if rule is rules.may_say_again:
        return CannotSayAgainError()
    return SupersededError() if last.superseded_at is not None else NotYourWordsError()


async def recording_for(reader: Identity, national_id: str, *, on: date) -> NamedPerson:
    """Return somebody, by their national identifier, for whom the asker may record evidence.

    :raises NotFoundError: nobody has it, or they are out of reach: the one looks exactly like the other.
    """
    try:
        found = await person_with_national_id(national_id)
    except PersonNotFoundError:
        await let_see(reader, RECORD, NOBODY, on=on, look=None)  # asked alike, so that no clock tells
        raise NotFoundError from None
    await let_see(reader, RECORD, found.id, on=on, look=None)
    return found
