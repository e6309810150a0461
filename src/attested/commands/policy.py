"""The commands that read, check, load, approve and withdraw policy, and what a force sets for itself."""

import sys
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from attested.commands.naming import somebody
from attested.commands.opening import with_database
from attested.commands.policy_telling import (
    Checked,
    tell_checked,
    tell_policy,
    tell_setting,
    tell_version,
    tell_versions,
)
from attested.commands.telling import AsJson, console, document
from attested.commands.what_if import what_if
from foundation.audit import Actor
from foundation.clock import today
from licence.whatif.approving import approve_with_what_if
from passport.policy import actions, overriding
from passport.policy.document import shipped_text
from passport.policy.facts import policy_for, policy_of_draft, source_of
from passport.policy.faults import PolicyFaultsError
from passport.policy.rules import Overridable
from passport.policy.schemas import policies_out, policy_out
from passport.policy.toml import decoded, digest_of, parse
from people.forces.facts import force_with_code

T = TypeVar("T")
policy = typer.Typer(
    help="What is asked of whom: read it, check it, draft it, approve it.", no_args_is_help=True
)

policy.command("what-if")(what_if)

File = Annotated[Path, typer.Argument(help="A policy file, in TOML.", exists=True, dir_okay=False)]
Number = Annotated[int, typer.Argument(help="The number of the version.")]
By = Annotated[str, typer.Option("--by", parser=somebody, metavar="NAME", help="Who does it, by name.")]
ProposedBy = Annotated[
    str, typer.Option("--proposed-by", parser=somebody, metavar="NAME", help="Who proposed it, by name.")
]
ApprovedBy = Annotated[
    str,
    typer.Option("--approved-by", parser=somebody, metavar="NAME", help="Who approves it: a second person."),
]
A_DAY = ["%Y-%m-%d"]


@policy.command()
def show(
    number: Annotated[
        int | None, typer.Argument(help="A version; without one, the version that is in force.")
    ] = None,
    *,
    force: Annotated[
        str | None, typer.Option(help="As it stands for a force, by its code or short name.")
    ] = None,
    on: Annotated[datetime | None, typer.Option(formats=A_DAY, help="The day; without one, today.")] = None,
    source: Annotated[bool, typer.Option("--source", help="Print the file as it was loaded.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print what policy asks, in plain words, with the source of everything."""
    day = on.date() if on else today()

    async def work() -> None:
        if source:
            chosen = number or (await policy_for(None, day)).version
            sys.stdout.write(await source_of(chosen))
            return
        force_id = (await force_with_code(force, day)).id if force else None
        found = (
            await policy_for(force_id, day)
            if number is None
            else await policy_of_draft(number, on=day, force_id=force_id)
        )
        document(policy_out(found)) if as_json else tell_policy(found)

    _run(work)


@policy.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List every version, and what forces have set for themselves."""
    found = _run(policies_out)
    document(found) if as_json else tell_versions(found, today())


@policy.command()
def check(file: File, *, as_json: AsJson = False) -> None:
    """Say what is wrong with a policy file, line by line, without a database and without changing anything."""
    try:
        text = decoded(file.read_bytes())
        draft = parse(text)
        checked = Checked(draft.number, draft.title, digest_of(text), len(draft.requirements), ())
    except PolicyFaultsError as failure:
        checked = Checked(None, None, None, 0, failure.faults)
    document(checked) if as_json else tell_checked(checked, file.name)
    if checked.faults:
        raise typer.Exit(1)


@policy.command()
def load(file: File, *, by: By, as_json: AsJson = False) -> None:
    """Keep a policy file as a draft. The same file again changes nothing; a broken one neither."""
    text = decoded(file.read_bytes())
    loaded = _run(lambda: actions.load(actor=_person(by), text=text))
    if as_json:
        document(loaded)
    elif loaded.is_new:
        tell_version(loaded.version)
    else:
        console.print(
            f"Version {loaded.version.number} was loaded before, word for word. Nothing has changed."
        )


@policy.command()
def approve(
    number: Number,
    *,
    by: By,
    start: Annotated[
        datetime, typer.Option("--from", formats=A_DAY, help="The first day on which it is in force.")
    ],
    digest: Annotated[
        str | None,
        typer.Option(help="The digest, or its beginning, of the text that was read: refuses any other."),
    ] = None,
    what_if_id: Annotated[
        int | None,
        typer.Option("--what-if", help="The number of the what-if it rests on; without one, the latest."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Approve a draft, from today or a later day, resting on a what-if for that day. Whoever wrote any of it cannot."""
    approved = _run(
        lambda: approve_with_what_if(
            actor=_person(by), number=number, on=start.date(), what_if_id=what_if_id, digest=digest
        )
    )
    document(approved) if as_json else tell_version(approved)


@policy.command()
def withdraw(
    number: Number,
    *,
    by: By,
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: AsJson = False,
) -> None:
    """Take back a draft, or an approved version before its day."""
    withdrawn = _run(lambda: actions.withdraw(actor=_person(by), number=number, reason=reason))
    document(withdrawn) if as_json else tell_version(withdrawn)


@policy.command("set-up")
def set_up(
    file: Annotated[
        Path | None,
        typer.Argument(help="The first version; without one, the shipped one.", exists=True, dir_okay=False),
    ] = None,
    *,
    start: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=A_DAY, help="Its first day; without one, the day the file is meant for."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put the first version in force on a new database, for past days too. Safe to run again."""
    text = decoded(file.read_bytes()) if file else shipped_text()
    loaded = _run(lambda: actions.set_up(text=text, on=_day(start)))
    document(loaded) if as_json else tell_version(loaded.version)


@policy.command()
def override(  # noqa: PLR0913 - each is an option of the command line
    force: Annotated[str, typer.Argument(help="The force, by its code or short name.")],
    requirement: Annotated[str, typer.Argument(help="The requirement's code, such as JRFT.")],
    setting: Annotated[Overridable, typer.Argument(help="What the force sets for itself.")],
    value: Annotated[str, typer.Argument(help="What it sets it to.")],
    *,
    reason: Annotated[str, typer.Option(help="Why.")],
    start: Annotated[datetime, typer.Option("--from", formats=A_DAY, help="The first day, today or later.")],
    until: Annotated[
        datetime | None, typer.Option(formats=A_DAY, help="The last day; without one, further notice.")
    ] = None,
    proposed_by: ProposedBy,
    approved_by: ApprovedBy,
    as_json: AsJson = False,
) -> None:
    """Let a force set for itself what policy lets it."""
    new = overriding.NewSetting(force, requirement.upper(), setting, value, reason, start.date(), _day(until))
    kept = _run(lambda: overriding.override(actor=_person(approved_by), proposed_by=proposed_by, new=new))
    document(kept) if as_json else tell_setting(kept)


@policy.command("end-override")
def end_override(
    number: Annotated[
        int, typer.Argument(help="The number of the setting, as `attested policy list` has it.")
    ],
    *,
    last_day: Annotated[datetime, typer.Option(formats=A_DAY, help="The last day, today or later.")],
    proposed_by: ProposedBy,
    approved_by: ApprovedBy,
    as_json: AsJson = False,
) -> None:
    """End what a force has set for itself; the national value holds again."""
    ended = _run(
        lambda: overriding.end_override(
            actor=_person(approved_by), proposed_by=proposed_by, number=number, last_day=last_day.date()
        )
    )
    document(ended) if as_json else tell_setting(ended)


def _person(name: str) -> Actor:
    return Actor(person_id=None, name=" ".join(name.split()))


def _day(chosen: datetime | None) -> date | None:
    return chosen.date() if chosen else None


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    return with_database(lambda _addresses: work())
