"""What do the pages about pathways show?"""

from collections.abc import Sequence

from foundation.parts import Column, Link, SummaryRow
from foundation.wording import as_count, as_date, as_list, as_sentence_case
from licence.passport_page.judged import as_hours
from licence.pathways.reach import Whose
from licence.pathways.reading import Ways, slug
from licence.pathways.rules import Have, Pathway, Step
from licence.standing.words import hours_in_words
from passport.policy.rules import LicencePolicy, Profile
from passport.policy.words import who

PATH = "/passport/profiles"
ALL = Link("What would I need for a role?", PATH)
PASSPORT = Link("My passport", "/passport")
TAGS = {
    Have.HELD: ("Held", "govuk-tag--green"),
    Have.WAIVED: ("Waived", "govuk-tag--grey"),
    Have.AWAITING: ("Awaits verification", "govuk-tag--yellow"),
    Have.TO_RENEW: ("To renew", "govuk-tag--orange"),
    Have.TO_DO: ("To do", "govuk-tag--blue"),
}


def all_of(whose: Whose) -> Link:
    """Return where somebody's pathways are listed."""
    return ALL if whose.national_id is None else Link(title(whose), f"/people/{whose.national_id}/profiles")


def passport_of(whose: Whose) -> Link:
    """Return the passport that the pathways are worked out from."""
    if whose.national_id is None:
        return PASSPORT
    return Link(f"Passport of {whose.voice.subject}", f"/people/{whose.national_id}/passport")


def title(whose: Whose) -> str:
    """Ask the question of the page of oneself, or of somebody."""
    return ALL.text if whose.voice.is_own else f"What would {whose.voice.subject} need for a role?"


def columns(whose: Whose) -> Sequence[Column]:
    """Return the headings of the list."""
    return [Column(name) for name in ("Role", has(whose), "Still to do")]


def has(whose: Whose) -> str:
    """You have, or they have."""
    return "You have" if whose.voice.is_own else "They have"


def address(profile: Profile, whose: Whose) -> str:
    """Return where the pathway to a profile is found."""
    return f"{all_of(whose).href}/{slug(profile)}"


def is_mine(one: Pathway, ways: Ways) -> bool:
    """Say whether the person’s post has the profile already."""
    return one.profile.name in ways.held


def had(one: Pathway) -> str:
    """Say how much of a pathway somebody has."""
    return f"{one.had} of {len(one.asked)}" if one.asked else "Nothing is asked"


def to_do(one: Pathway) -> str:
    """Say what is still to do, in at least the hours that policy says."""
    left = len(one.asked) - one.had
    if not left:
        return "Nothing"
    hours = f", at least {as_hours(one.hours)}" if one.hours else ""
    return f"{as_count(left, 'requirement')}{hours}"


def facts_of(one: Step, policy: LicencePolicy) -> Sequence[SummaryRow]:
    """Return what is to be known of a step, each with its heading."""
    titles = {asked.id: asked.title for asked in policy.requirements}
    by = (
        ""
        if one.met_by in {None, one.requirement.id}
        else f", by {titles.get(one.met_by or 0, 'a higher one')}"
    )
    rows = (
        ("Met", f"On {as_date(one.met_on)}{by}" if one.met_on else ""),
        (_until(one), as_date(one.valid_until) if one.valid_until else ""),
        ("First", as_list([titles[number] for number in one.first]) if one.first else ""),
        ("How", "" if one.have in {Have.HELD, Have.WAIVED} else one.requirement.how_to_meet),
        ("Hours", hours_in_words(one.total) if one.total else ""),
        ("Takes", as_hours(one.hours) if one.hours and one.have is not Have.HELD else ""),
        ("It also gives", as_list([titles[number] for number in one.also_gives]) if one.also_gives else ""),
        ("Power", as_sentence_case(one.requirement.authority or "")),
    )
    return [SummaryRow(heading, words) for heading, words in rows if words]


def not_open(one: Step, policy: LicencePolicy) -> str:
    """Say of whom a step is asked, where that is not the person at their rank."""
    return who(one.requirement.applies_to, {each.name: each.title for each in policy.profiles})


def _until(one: Step) -> str:
    return "Valid until" if one.have is Have.HELD else "Was valid until"
