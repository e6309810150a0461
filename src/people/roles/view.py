"""How do the pages about roles put what they show?"""

from access.identity import Grant
from foundation.parts import Banner, Column, Link, SummaryRow, Tone
from foundation.wording import as_date, as_date_and_time, as_sentence_case
from people.roles.facts import GrantedRole
from people.roles.rules import State

ROLES = Link("Roles", "/roles")
COLUMNS = tuple(Column(text) for text in ("Person", "Role", "For", "From", "To", "How it stands"))
TONES = {
    State.HELD: Tone.GOOD,
    State.AWAITING: Tone.SOON,
    State.TO_COME: Tone.PLAIN,
    State.OVER: Tone.ASIDE,
    State.ENDED: Tone.ASIDE,
}
TAGS = {Tone.GOOD: "govuk-tag--green", Tone.SOON: "govuk-tag--yellow", Tone.PLAIN: "govuk-tag--blue"}
DONE = {
    "given": "The role is given.",
    "waiting": "The role is written down. It counts once a second person has agreed.",
    "agreed": "The role counts from now.",
    "ended": "The role has ended.",
}


def tag(state: State) -> str:
    """Return the colour of a state's tag."""
    return TAGS.get(TONES[state], "govuk-tag--grey")


def held_for(granted: GrantedRole) -> str:
    """Say for whom a role is held: a unit, a force, or everywhere."""
    if granted.force is None:
        return "Every force"
    return f"{granted.unit}, {granted.force}" if granted.unit else granted.force


def acted_for(grant: Grant, forces: dict[int, str], units: dict[int, str]) -> str:
    """Say for whom one of one's own roles is held."""
    if grant.force_id is None:
        return "every force"
    force = forces.get(grant.force_id, "a force that is no more")
    return f"{units[grant.unit_id]}, {force}" if grant.unit_id in units else force


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def rows(granted: GrantedRole) -> tuple[SummaryRow, ...]:
    """Return the particulars of a grant, each with its heading."""
    told = (
        ("Person", f"{granted.name}, {granted.national_id}"),
        ("Role", as_sentence_case(granted.role)),
        ("For", held_for(granted)),
        ("First day", as_date(granted.since)),
        ("Last day", as_date(granted.until) if granted.until else "Open"),
        ("Why", granted.reason or "Not said"),
        ("Given by", f"{granted.granted_by or 'The first start'}, {as_date_and_time(granted.granted_at)}"),
        ("Agreed to by", granted.approved_by or ""),
        ("Ended by", f"{granted.ended_by}, {as_date_and_time(granted.ended_at)}" if granted.ended_at else ""),
    )
    return tuple(SummaryRow(heading, words) for heading, words in told if words)
