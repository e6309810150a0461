"""The command that says whether somebody may practise on a day, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from attested.commands.naming import Day, at_instant, meant
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.clock import today
from foundation.wording import as_date
from licence.standing.actions import Decided, decide_with_policy
from licence.standing.voice import about
from licence.standing.words import Told, authority_in_words, finding_in_words, sentences
from passport.policy.facts import policy_from_file
from people.persons.facts import NamedPerson


@dataclass(frozen=True, slots=True)
class JudgedRequirement:
    """One requirement as it was judged, by its code and in words."""

    code: str
    effect: str
    state: str
    due_on: date | None
    grace_ends_on: date | None
    met_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Power:
    """One operational authority, whether it is held, and in words."""

    name: str
    is_held: bool
    until: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole decision: its codes for a program, its sentences for people."""

    national_id: str
    name: str
    on: date
    known: datetime | None
    policy_version: int
    standing: str
    may_practise: bool
    reason_codes: tuple[str, ...]
    told: Told
    requirements: tuple[JudgedRequirement, ...]
    authorities: tuple[Power, ...]
    expires_on: date | None
    lapses_on: date | None
    next_change_on: date


def decide(
    person: Annotated[
        str,
        typer.Argument(
            help="A national identifier, NUMBER@FORCE, a payroll or collar number, or a whole name."
        ),
    ],
    on: Day = None,
    *,
    known: Annotated[
        datetime | None,
        typer.Option(
            parser=at_instant, metavar="DATE", help="As it was known then: 2026-03-04 or 2026-03-04T09:30."
        ),
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="A draft of policy to decide by, as if it were in force."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether somebody may practise on a day, and why. Nothing is written."""
    day = on or today()

    async def work(_addresses: Addresses) -> Answer:
        draft = await policy_from_file(policy) if policy else None
        who = await meant(person, day)
        decided = await decide_with_policy([who.id], day, known=known, policy=draft)
        return _answer(who, decided[who.id], known)

    answer = with_database(work)
    if as_json:
        document(answer)
    else:
        _tell(answer)


def _answer(who: NamedPerson, decided: Decided, known: datetime | None) -> Answer:
    decision, policy, voice = decided.decision, decided.policy, about(who.name)
    return Answer(
        national_id=who.national_id,
        name=who.name,
        on=decision.on,
        known=known,
        policy_version=decision.policy_version,
        standing=decision.standing,
        may_practise=decision.may_practise,
        reason_codes=tuple(one.reason for one in decision.because),
        told=sentences(decision, policy, voice),
        requirements=tuple(
            JudgedRequirement(
                code=policy.by_id[one.requirement_id].code,
                effect=one.effect,
                state=one.state,
                due_on=one.due_on,
                grace_ends_on=one.grace_ends_on,
                met_on=one.met_on,
                words=finding_in_words(one, policy),
            )
            for one in decision.findings
        ),
        authorities=tuple(
            Power(one.name, one.held, one.until, authority_in_words(one, policy, voice))
            for one in decision.authorities
        ),
        expires_on=decision.expires_on,
        lapses_on=decision.lapses_on,
        next_change_on=decision.next_change_on,
    )


def _tell(answer: Answer) -> None:
    known = f", as known on {as_date(answer.known)}" if answer.known else ""
    _say(f"{answer.name} ({answer.national_id}) on {as_date(answer.on)}{known}", style="bold")
    _say(answer.told.headline, style="green" if answer.may_practise else "red")
    for line in (*answer.told.reasons, *answer.told.conditions):
        _say(f"  {line}")
    for title, lines in (
        ("What is asked", [one.words for one in answer.requirements]),
        ("Authorities", [one.words for one in answer.authorities]),
        ("What to do next", answer.told.next_steps),
    ):
        if lines:
            _say(f"\n{title}", style="bold")
        for line in lines:
            _say(f"  {line}")
    _say(
        f"\nDecided by policy version {answer.policy_version}; nothing changes by itself before {as_date(answer.next_change_on)}."
    )


def _say(line: str, *, style: str | None = None) -> None:
    console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
