"""How are a case opened, a colleague put on it, an entry added, and an outcome reached?"""

from datetime import date

from asyncpg import CheckViolationError, Connection, ExclusionViolationError

from access.confidential import Asker
from access.walls import Wall, behind
from foundation.audit import Detail, Event
from foundation.clock import today
from foundation.problems import InvalidError
from licence.vetting.errors import (
    AgreedMeanwhileError,
    AlreadyProposedError,
    ConcludedError,
    NotAVettingOfficerError,
    NoTermError,
    ProposedOtherwiseError,
    SecondPersonError,
)
from licence.vetting.facts import Case, Proposal
from licence.vetting.reach import colleagues
from licence.vetting.rules import LONGEST_TEXT, Entry, Level, Outcome, valid_through
from passport.policy.facts import policy_for

PURPOSE = "vetting"


async def open_case(asker: Asker, *, person_id: int, force_id: int, level: Level, officer_id: int) -> int:
    """Open a case about a person, and propose who works on it; it opens to them once a second person has agreed.

    :raises NotAVettingOfficerError: the colleague is none, or may not deal with the person.
    """
    await _check_colleague(asker, officer_id, person_id)
    event = _event(asker, "vetting case opened", person_id, {"level": level, "officer": officer_id})
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        number = int(await connection.fetchval("SELECT nextval('vetting.case_number')"))
        await connection.execute(
            """INSERT INTO vetting.vetting_case (number, person_id, force_id, level, opened_on, opened_by)
               VALUES ($1, $2, $3, $4, $5, $6)""",
            number, person_id, force_id, level, today(), asker.person_id,
        )  # fmt: skip
        await _propose(
            connection, asker, number=number, person_id=person_id, force_id=force_id, officer_id=officer_id
        )
    return number


async def propose_colleague(asker: Asker, case: Case, *, officer_id: int) -> None:
    """Propose a colleague for a case.

    :raises NotAVettingOfficerError: they are none, or may not deal with the person.
    :raises AlreadyProposedError: they are on it already. :raises ConcludedError: it is over.
    """
    _check_open(case)
    await _check_colleague(asker, officer_id, case.person_id)
    event = _event(
        asker, "vetting officer proposed", case.person_id, {"case": case.number, "officer": officer_id}
    )
    try:
        async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
            await _propose(
                connection,
                asker,
                number=case.number,
                person_id=case.person_id,
                force_id=case.force_id,
                officer_id=officer_id,
            )
    except ExclusionViolationError:
        raise AlreadyProposedError from None


async def agree_to_colleague(asker: Asker, proposal: Proposal) -> None:
    """Agree, as the second person, that a colleague works on a case: of many who do at once, one has.

    :raises SecondPersonError: the asker proposed it, or is the colleague. :raises AgreedMeanwhileError: somebody has.
    """
    if asker.person_id in {proposal.opened_by, proposal.officer_id, proposal.person_id}:
        raise SecondPersonError
    detail: Detail = {"case": proposal.case_number, "officer": proposal.officer_id}
    event = _event(asker, "vetting officer agreed to", proposal.person_id, detail)
    try:
        async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
            agreed = await connection.fetchval(
                """UPDATE vetting.case_assignment SET agreed_by = $2, agreed_at = clock_timestamp()
                    WHERE id = $1 AND agreed_by IS NULL AND valid_until IS NULL RETURNING id""",
                proposal.id,
                asker.person_id,
            )
            if agreed is None:
                raise AgreedMeanwhileError
    except CheckViolationError:
        raise SecondPersonError from None


async def add_entry(asker: Asker, case: Case, *, kind: Entry, text: str) -> None:
    """Add to a case; what was added stays.

    :raises ConcludedError: the case is over. :raises InvalidError: nothing was written, or far too much.
    """
    _check_open(case)
    if not 0 < len(text) <= LONGEST_TEXT or "\0" in text:
        raise InvalidError(errors={"text": f"Enter up to {LONGEST_TEXT} characters"})
    event = _event(asker, "vetting case added to", case.person_id, {"case": case.number, "kind": kind})
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        await connection.execute(
            """INSERT INTO vetting.case_material (case_number, person_id, kind, text, recorded_by)
               VALUES ($1, $2, $3, $4, $5)""",
            case.number, case.person_id, kind, text, asker.person_id,
        )  # fmt: skip


async def conclude(asker: Asker, case: Case, *, outcome: Outcome) -> bool:
    """Conclude a case, and let the person know how; False where a second vetting officer on it has to agree first.

    :raises ConcludedError: it is over. :raises ProposedOtherwiseError: another outcome waits for agreement.
    :raises SecondPersonError: the asker proposed it themselves. :raises NoTermError: policy says not how long it holds.
    """
    _check_open(case)
    if case.proposed_outcome not in {None, outcome}:
        raise ProposedOtherwiseError
    if case.proposed_by == asker.person_id:
        raise SecondPersonError
    is_proposal = outcome.needs_a_second and case.proposed_outcome is None
    name = "vetting outcome proposed" if is_proposal else "vetting case concluded"
    until = await _until(case, outcome)
    event = _event(asker, name, case.person_id, {"case": case.number, "outcome": outcome})
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        if is_proposal:
            done = await connection.fetchval(_PROPOSED, case.number, outcome, asker.person_id)
        else:
            done = await connection.fetchval(_CONCLUDED, case.number, outcome, asker.person_id, today())
        if done is None:
            raise AgreedMeanwhileError
        if not is_proposal and outcome in {Outcome.GRANTED, Outcome.WITHDRAWN}:
            await connection.execute(_CLEARANCE, *_clearance(asker, case, outcome, until))
    return not is_proposal


async def take_back(asker: Asker, case: Case) -> None:
    """Take back the outcome that was proposed, whoever proposed it; the case goes on.

    :raises AgreedMeanwhileError: there is none any more.
    """
    event = _event(asker, "vetting outcome taken back", case.person_id, {"case": case.number})
    async with behind(Wall.VETTING, asker.identity, event, request_id=asker.request_id) as connection:
        done = await connection.fetchval(
            """UPDATE vetting.vetting_case SET proposed_outcome = NULL, proposed_by = NULL
                WHERE number = $1 AND outcome IS NULL AND proposed_outcome IS NOT NULL RETURNING number""",
            case.number,
        )
        if done is None:
            raise AgreedMeanwhileError


_PROPOSED = """
UPDATE vetting.vetting_case SET proposed_outcome = $2, proposed_by = $3
 WHERE number = $1 AND outcome IS NULL AND proposed_outcome IS NULL RETURNING number
"""
_CONCLUDED = """
UPDATE vetting.vetting_case SET outcome = $2, concluded_by = $3, concluded_on = $4, told_on = $4
 WHERE number = $1 AND outcome IS NULL AND proposed_by IS DISTINCT FROM $3
   AND coalesce(proposed_outcome, $2) = $2 RETURNING number
"""
_CLEARANCE = """
INSERT INTO vetting.clearance (person_id, force_id, case_number, level, valid_from, valid_until, status, recorded_by,
                               agreed_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def _until(case: Case, outcome: Outcome) -> date | None:
    """Return the last day of what is granted."""
    if outcome is not Outcome.GRANTED:
        return None
    until = valid_through(case.level, today(), (await policy_for(case.force_id, today())).stated)
    if until is None:
        raise NoTermError
    return until


def _clearance(asker: Asker, case: Case, outcome: Outcome, until: date | None) -> tuple[object, ...]:
    """Return the record of a clearance that was granted, or that was withdrawn and holds no longer."""
    status = "held" if outcome is Outcome.GRANTED else "withdrawn"
    about = (case.person_id, case.force_id, case.number, case.level, today(), until or today())
    return (*about, status, asker.person_id, case.proposed_by)


async def _propose(
    connection: Connection, asker: Asker, *, number: int, person_id: int, force_id: int, officer_id: int
) -> None:
    await connection.execute(
        """INSERT INTO vetting.case_assignment (case_number, person_id, force_id, officer_id, valid_from, opened_by)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        number, person_id, force_id, officer_id, today(), asker.person_id,
    )  # fmt: skip


async def _check_colleague(asker: Asker, officer_id: int, person_id: int) -> None:
    if officer_id not in await colleagues(asker, about=person_id, on=today()):
        raise NotAVettingOfficerError


def _check_open(case: Case) -> None:
    if not case.is_open:
        raise ConcludedError


def _event(asker: Asker, name: str, person_id: int, detail: Detail) -> Event:
    return Event(name, PURPOSE, person_id, detail, role=asker.identity.acts_as)
