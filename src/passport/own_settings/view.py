"""How do the pages of a force's own settings put what they show?"""

from collections.abc import Sequence

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_date_and_time, as_sentence_case
from passport.own_settings.facts import MaySet, Proposal
from passport.own_settings.form import key
from passport.policy.phrases import SETTINGS

PATH = "/policy/settings"
ALL = Link("Own settings", PATH)
HOLDING = tuple(Column(text) for text in ("Requirement", "What", "Value", "From", "Until", "Change"))
PROPOSED = tuple(Column(text) for text in ("Requirement", "What", "Value", "Proposed by", "How it stands"))
TAGS = {"proposed": "govuk-tag--yellow", "approved": "govuk-tag--green"}
STATES = {"proposed": "Waits for a second person"}
DONE = {
    "proposed": "It is proposed. It holds once a second person, the force’s lead, has approved it.",
    "approved": "It is approved, and holds from its day.",
    "refused": "The proposal is refused.",
    "taken-back": "The proposal is taken back.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def what(setting: str) -> str:
    """Return what a setting is called."""
    return next((as_sentence_case(words) for each, words in SETTINGS.items() if each == setting), setting)


def state(proposal: Proposal) -> tuple[str, str]:
    """Say what became of a proposal, and in which colour."""
    words = STATES.get(proposal.state, as_sentence_case(proposal.state))
    return words, TAGS.get(proposal.state, "govuk-tag--grey")


def title(proposal: Proposal) -> str:
    """Return what the page of a proposal is called."""
    if proposal.kind == "end":
        return f"End {what(proposal.setting).lower()} of {proposal.requirement}"
    return f"Set {what(proposal.setting).lower()} of {proposal.requirement} to {proposal.value}"


def particulars(proposal: Proposal) -> Sequence[SummaryRow]:
    """Return everything there is to know of a proposal."""
    rows = [
        ("Force", proposal.force),
        ("Requirement", proposal.requirement),
        ("What", what(proposal.setting)),
        ("Value", proposal.value),
        ("From", as_date(proposal.valid_from)),
        ("Until", as_date(proposal.valid_until) if proposal.valid_until else "Further notice"),
        ("Why", proposal.reason),
        ("Proposed by", f"{proposal.proposed_by}, {as_date_and_time(proposal.proposed_at)}"),
    ]
    if proposal.answered_at:
        rows.append(("Answered by", f"{proposal.answered_by}, {as_date_and_time(proposal.answered_at)}"))
    if proposal.answer:
        rows.append(("Answer", proposal.answer))
    return [SummaryRow(*row) for row in rows]


def options(choices: Sequence[MaySet], chosen: str) -> list[dict[str, object]]:
    """Return what may be set, to select from."""
    offered = [
        {
            "value": key(one),
            "text": f"{one.title} ({one.requirement}): {what(one.setting).lower()}, nationally {one.national}",
            "selected": key(one) == chosen,
        }
        for one in choices
    ]
    return [{"value": "", "text": "Select what is set"}, *offered]
