"""In which words are people told about their licences?"""

from foundation.wording import as_count, as_date
from licence.projection.notices import Tidings
from passport.policy.rules import Effect, Requirement
from people.notices.rules import NewNotice, Rung


def worded(one: Tidings, name: str) -> NewNotice:
    """Return a notice that the person and their supervisor read alike: who, what, by when, and how to meet it."""
    headline, *body = _ABOUT.get(one.rung, _due)(one, name)
    body.append(f"This follows from policy version {one.policy.version}, “{one.policy.title}”.")
    return NewNotice(
        person_id=one.person_id,
        matter=one.matter,
        due_on=one.due_on,
        rung=one.rung,
        headline=headline,
        body="\n\n".join(line for line in body if line),
    )


def _due(one: Tidings, name: str) -> list[str]:
    day = as_date(one.due_on)
    if one.asked is None:
        return [
            f"{name}: the licence to practise is to be renewed by {day}",
            f"The licence runs through {day}. {_licence_grace(one)}",
            "To renew it, every requirement of the licence has to be met; then ask your force’s licensing desk.",
        ]
    return [
        f"{name}: {one.asked.title} is due by {day}",
        f"{one.asked.title} holds through {day}. {_consequence(one.asked)}",
        _how(one.asked),
    ]


def _lapsed(one: Tidings, name: str) -> list[str]:
    day = as_date(one.due_on)
    return [
        f"{name}: the licence to practise lapsed on {day}",
        f"From {day} {name} may not practise. A date has passed: that says nothing about conduct.",
        "How to meet it: the passport names what is missing, and the force’s licensing desk helps to put it right.",
    ]


def _stopped(one: Tidings, name: str) -> list[str]:
    day, title = as_date(one.due_on), one.asked.title if one.asked else one.matter
    return [
        f"{name}: {_power(one.authority)} stopped on {day}",
        f"{title} is no longer met. From {day} {name} may not use this authority; the rest of the licence goes on.",
        _how(one.asked),
    ]


def _reinstated(one: Tidings, name: str) -> list[str]:
    day = as_date(one.due_on)
    return [
        f"{name}: the licence to practise stands again from {day}",
        f"What was missing has been met and recorded. {name} may practise from {day}.",
    ]


_ABOUT = {Rung.LAPSED: _lapsed, Rung.STOPPED: _stopped, Rung.REINSTATED: _reinstated}


def _licence_grace(one: Tidings) -> str:
    days = one.policy.terms.grace_days
    return (
        f"After that there are {as_count(days, 'day')} of grace, then it lapses."
        if days
        else "After that it lapses."
    )


def _consequence(asked: Requirement) -> str:
    if asked.effect is Effect.OPERATIONAL_STOP:
        return f"After that {_power(asked.authority)} stops at once, whatever the licence’s grace."
    if asked.effect is Effect.ROLE_GATE:
        return "After that the role that needs it may not be carried out."
    if asked.grace_days:
        return f"After that there are {as_count(asked.grace_days, 'day')} of grace, then the licence lapses."
    return "After that the licence lapses."


def _how(asked: Requirement | None) -> str:
    return f"How to meet it: {asked.how_to_meet}" if asked and asked.how_to_meet else ""


def _power(authority: str | None) -> str:
    return f"the authority “{authority}”" if authority else "an authority"
