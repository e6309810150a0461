"""Which policy do these tests rule by? A small one: each effect once, whole years, so that days are easily followed."""

from datetime import date

from foundation.database import execute, fetch_one
from passport.policy.toml import digest_of, parse

FIRST_DAY = date(2020, 1, 1)

_TERM = """
[terms.{name}]
title = "As tested"
{unit}
source = "the tests"
tag = "A"
"""
_REQUIREMENT = """
[[requirement]]
code = "{code}"
title = "{title} training"
effect = "{effect}"
how_to_meet = "Book the {name} day with your training unit."
source = "the tests"
tag = "A"
grace_days = {grace_days}
initial_days = 30
{more}
[requirement.applies_to]
kinds = ["officer", "special constable"]
{profiles}
[requirement.validity]
months = {months}
"""
ADDS_UP = """
[[requirement]]
code = "PIP-HOURS"
title = "Investigators’ training"
effect = "licence core"
how_to_meet = "Book hours."
hours_in_all = 12
grace_days = 28
source = "the tests"
tag = "A"
[requirement.validity]
months = 12
"""
_ABSENCES = """
[[absence]]
kind = "parental"
source = "the tests"
tag = "A"

[[absence]]
kind = "long-term sickness"
counts_after_days = 28
source = "the tests"
tag = "A"

[profiles]
taser = "Carries a conducted energy device"
"""
_TERMS = {
    "licence_cycle": "months = 60",
    "grace": "days = 28",
    "probation": "months = 24",
    "renewal_window": "days = 180",
    "notices": "days_before = [90, 30, 7]",
}


def ruling(version: int = 1, *, safety_months: int = 12) -> str:
    """Return a policy as its file has it."""
    return "".join(
        [
            f'number = {version}\ntitle = "As tested {version}"\nbegins_on = {FIRST_DAY}\n',
            *(_TERM.format(name=name, unit=unit) for name, unit in _TERMS.items()),
            _ABSENCES,
            _asked("SAFETY", "licence core", months=safety_months, grace_days=28),
            _asked("CED", "operational stop", more='authority = "CED"', profiles='profiles = ["taser"]'),
            _asked("TALK", "advisory"),
            _asked("CHECK", "licence core", more='duty = "force"'),
        ]
    )


def _asked(
    code: str, effect: str, *, months: int = 12, grace_days: int = 0, more: str = "", profiles: str = ""
) -> str:
    return _REQUIREMENT.format(
        code=code,
        title=code.capitalize(),
        name=code.lower(),
        effect=effect,
        months=months,
        grace_days=grace_days,
        more=more,
        profiles=profiles,
    )


async def in_force(text: str, *, since: date = FIRST_DAY) -> None:
    """Put a policy into force from a day, past or to come, as if it had been approved in its time."""
    draft = parse(text)
    for code in draft.codes:
        await fetch_one(
            """INSERT INTO passport.requirement (code)
               SELECT $1 WHERE NOT EXISTS (SELECT FROM passport.requirement WHERE code = $1)""",
            code,
        )
    await execute(
        """INSERT INTO passport.requirement_in_hours (requirement_id)
           SELECT id FROM passport.requirement WHERE code = ANY($1) ON CONFLICT DO NOTHING""",
        list(draft.in_hours),
    )
    await fetch_one(
        """INSERT INTO passport.policy_version
                  (number, title, state, in_force_from, source, digest, drafted_by, approved_by, approved_at)
           VALUES ($1, $2, 'approved', $3, $4, $5, 'Dora', 'Dev', clock_timestamp())""",
        draft.number, draft.title, since, text, digest_of(text),
    )  # fmt: skip
