"""What is the least that a policy file must say, and how is it broken in one place?"""

from passport.policy.faults import Fault, PolicyFaultsError
from passport.policy.toml import parse

SOUND = """\
number = 7
title = "As tested"
begins_on = 2026-01-01

[terms.licence_cycle]
title = "A licence is granted for"
months = 60
source = "tested, paragraph 1"
tag = "A"
[terms.grace]
title = "Grace lasts"
days = 28
source = "tested, paragraph 2"
tag = "A"
[terms.probation]
title = "Probation lasts"
months = 24
source = "tested, paragraph 3"
tag = "V"
[terms.renewal_window]
title = "It can be renewed ahead by"
days = 180
source = "tested, paragraph 4"
tag = "A"
[terms.notices]
title = "People are told ahead by"
days_before = [30, 90, 7]
source = "tested, paragraph 5"
tag = "A"

[[absence]]
kind = "long-term sickness"
counts_after_days = 28
source = "tested, paragraph 6"
tag = "V"

[profiles]
taser = "Conducted energy device carrier"

[[requirement]]
code = "SAFETY"
title = "Safety training"
effect = "licence core"
how_to_meet = "Book a day."
level = "5.4"
grace_days = 28
forces_may_set = ["level", "grace_days", "validity_months"]
source = "tested, paragraph 7"
tag = "V"
[requirement.applies_to]
kinds = ["officer"]
lowest_rank = "constable"
highest_rank = "inspector"
[requirement.validity]
months = 12
anchor = "anniversary"
renewal_window_days = 60
minimum_gap_days = 240

[[requirement]]
code = "CED"
title = "Conducted energy device"
effect = "operational stop"
authority = "conducted energy device"
how_to_meet = "Book a refresher."
prerequisites = ["SAFETY"]
satisfied_by = ["CED-TRAINER"]
source = "tested, paragraph 8"
tag = "V"
applies_to = { profiles = ["taser"] }
[requirement.validity]
months = 24
anchor = "fixed date"
fixed_day = "31 March"

[[requirement]]
code = "CED-TRAINER"
title = "Conducted energy device trainer"
effect = "advisory"
how_to_meet = "Train."
source = "tested, paragraph 9"
tag = "K"

[[requirement]]
code = "CHECK"
title = "Wellbeing check offered"
effect = "licence core"
duty = "force"
how_to_meet = "Your force offers it."
source = "tested, paragraph 10"
tag = "A"
"""


def with_change(old: str, new: str, text: str = SOUND) -> str:
    """Return a file with one thing said differently; it must be there to be changed, and only once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def numbered(number: int, text: str = SOUND) -> str:
    """Return the file as another version."""
    return with_change("number = 7", f"number = {number}", text)


def faults_of(text: str) -> tuple[Fault, ...]:
    """Return what is wrong with a file; nothing, where it is sound."""
    try:
        parse(text)
    except PolicyFaultsError as failure:
        return failure.faults
    return ()


def line_of(words: str, text: str) -> int:
    """Return the line on which words stand, which must be there once."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    assert len(lines) == 1, f"{words!r} is on the lines {lines}"
    return lines[0]
