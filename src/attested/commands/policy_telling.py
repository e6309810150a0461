"""How do the policy commands speak to a person?"""

from dataclasses import dataclass
from datetime import date

from rich.table import Table

from attested.commands.telling import console, errors
from foundation.wording import as_count, as_date, as_sentence_case
from passport.policy.facts import ForceSetting, Version, VersionState
from passport.policy.faults import Fault
from passport.policy.rules import LicencePolicy
from passport.policy.schemas import PoliciesOut
from passport.policy.words import Sourced, policy_words


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the policy, or its faults. Nothing is known of a policy with faults."""

    number: int | None
    title: str | None
    digest: str | None
    requirements: int
    faults: tuple[Fault, ...]


def tell_policy(policy: LicencePolicy) -> None:
    """Print a policy in plain words."""
    words = policy_words(policy)
    _say(f"Policy {words.version}: {words.title}", style="bold")
    whose = f"As it stands for the force {words.force_code}" if words.force_code else "The national policy"
    _say(f"{whose}, from {as_date(words.in_force_from)}.")
    for group in words.effects:
        _say(f"\n{as_sentence_case(group.effect)}", style="bold underline")
        _say(group.meaning)
        for one in group.requirements:
            _say(f"\n{one.title} ({one.code})", style="bold")
            _say(" ".join((one.asks, *one.says)))
            _say(one.how_to_meet)
            _source(one.sourced)
    for heading, sayings in (("Terms", words.terms), ("Absence", words.absences)):
        _say(f"\n{heading}", style="bold underline")
        for saying in sayings:
            _say(saying.words)
            _source(saying.sourced)


def tell_version(version: Version) -> None:
    """Print what has become of a version."""
    match version.state:
        case VersionState.DRAFT:
            _say(
                f"Version {version.number} is a draft, handed in by {version.drafted_by}. It governs nobody yet."
            )
            _say(f"A second person approves it with: attested policy approve {version.number}")
            _say(f"Its digest is {version.digest}.")
        case VersionState.APPROVED if version.in_force_from:
            _say(
                f"Version {version.number} is in force from {as_date(version.in_force_from)},"
                f" approved by {version.approved_by}."
            )
        case _:
            _say(f"Version {version.number} has been withdrawn.")


def tell_versions(found: PoliciesOut, on: date) -> None:
    """Print every version and every setting of a force."""
    table = Table("Number", "Title", "State", "From", "Drafted by", "Approved by", title="Versions of policy")
    for one in found.versions:
        state = "in force" if one.is_in_force(on) else one.state
        begins = one.in_force_from.isoformat() if one.in_force_from else ""
        table.add_row(str(one.number), one.title, state, begins, one.drafted_by, one.approved_by or "")
    console.print(table)
    for setting in found.force_settings:
        tell_setting(setting)


def tell_setting(setting: ForceSetting) -> None:
    """Print what a force has set for itself."""
    until = f" through {as_date(setting.valid_until)}" if setting.valid_until else ", until further notice"
    _say(
        f"{setting.id}. {setting.force}: {setting.requirement} {setting.setting} is {setting.value}"
        f" from {as_date(setting.valid_from)}{until}. {setting.reason}"
    )


def tell_checked(checked: Checked, name: str) -> None:
    """Print what is wrong with a file, or that nothing is."""
    for fault in checked.faults:
        errors.print(
            f"{name}, line {fault.line}: {fault.words}", markup=False, highlight=False, soft_wrap=True
        )
    if checked.faults:
        errors.print(f"{as_count(len(checked.faults), 'fault')}. Nothing was changed.", style="bold red")
    else:
        _say(
            f"{name} is sound: version {checked.number}, {checked.title},"
            f" {as_count(checked.requirements, 'requirement')}."
        )


def _source(sourced: Sourced) -> None:
    _say(f"Source: {sourced.source} [{sourced.tag}: {sourced.evidence}].", style="dim")


def _say(words: str, *, style: str | None = None) -> None:
    console.print(words, style=style, markup=False, highlight=False)
