"""The command that says whether somebody may practise on a day, and why."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from attested.commands.answering import Answer, answer
from attested.commands.naming import Day, at_instant, meant
from attested.commands.opening import with_database
from attested.commands.telling import AsJson, console, document
from attested.local import Addresses
from foundation.clock import today
from foundation.wording import as_date
from licence.standing.deciding import decide_with_policy
from passport.policy.facts import policy_from_file

Who = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help="A national identifier, NUMBER@FORCE, a payroll or collar number, or a whole name.",
    ),
]
Known = Annotated[
    datetime | None,
    typer.Option(parser=at_instant, metavar="DATE", help="As known then: 2026-03-04 or 2026-03-04T09:30."),
]
Draft = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A draft of policy to decide by, as if it were in force."),
]


def decide(
    person: Who, on: Day = None, *, known: Known = None, policy: Draft = None, as_json: AsJson = False
) -> None:
    """Say whether somebody may practise on a day, and why. Nothing is written."""
    day = on or today()

    async def work(_addresses: Addresses) -> Answer:
        draft = await policy_from_file(policy) if policy else None
        who = await meant(person, day)
        decided = await decide_with_policy([who.id], day, known=known, policy=draft)
        return answer(who, decided[who.id], known)

    found = with_database(work)
    if as_json:
        document(found)
    else:
        _tell(found)


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
