"""What do the pages of one's own development show?"""

from collections.abc import Mapping, Sequence

from foundation.parts import Banner, Column, Link, SummaryRow
from foundation.wording import as_date, as_date_and_time, as_list, as_sentence_case
from passport.cpd.form import EntryForm
from passport.cpd.rules import Entry, Standing, Verification, Words
from passport.policy.rules import Profile
from passport.standards.book import frameworks, titles
from passport.standards.rules import Framework, Group
from people.persons.facts import NamedPerson

OWN_PATH = "/passport/cpd"
PATH = "/cpd"
OWN = Link("My development", OWN_PATH)
SHARED = Link("Development shared with you", PATH)
PASSPORT = Link("My passport", "/passport")
COLUMNS = tuple(Column(name) for name in ("What", "When", "How it stands"))
SHARED_COLUMNS = tuple(Column(name) for name in ("What", "By", "Shared", "How it stands"))
TAGS: Mapping[Standing, str] = {
    Standing.DRAFT: "govuk-tag--grey",
    Standing.SHARED: "govuk-tag--blue",
    Standing.VERIFIED: "govuk-tag--green",
    Standing.DISCARDED: "govuk-tag--grey",
}
WORDS: Mapping[Standing, str] = {Standing.DRAFT: "Only you see it", Standing.DISCARDED: "Put aside"}
QUESTIONS = (
    (
        "what",
        "What happened?",
        "What you did, read or took part in, and what came of it. Leave out names of the public.",
    ),
    ("so_what", "So what?", "Why it matters: what you learned, and what you would do differently."),
    ("now_what", "Now what?", "What you do with it from now on, and how you will know that it helped."),
)
DONE = {
    "kept": "Your entry has been kept. Only you see it.",
    "changed": "Your changes have been kept.",
    "shared": "Your entry is shared. They can read it now, and verify it.",
    "taken-back": "You have taken it back. They see it no more.",
    "added": "What you added has been kept.",
    "attached": "The file has been attached. It is as private as the entry.",
    "removed": "The file has been taken away.",
    "aside": "The entry is put aside. You can bring it back whenever you want.",
    "back": "The entry is back.",
    "verified": "You have verified the entry. Its author has been told.",
}


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def address(entry_id: int, rest: str = "") -> str:
    """Return where one's own entry, or something of it, is found."""
    return f"{OWN_PATH}/{entry_id}{rest}"


def tag_of(entry: Entry) -> tuple[str, str]:
    """Return how an entry stands in a few words, and the colour of its tag."""
    return WORDS.get(entry.standing, as_sentence_case(entry.standing)), TAGS[entry.standing]


def groups() -> Sequence[tuple[Framework, Group]]:
    """Return what an entry may be linked to, group by group."""
    return [(framework, group) for framework in frameworks() for group in framework.group]


def ticked(given: EntryForm, group: Group) -> list[dict[str, object]]:
    """Return the boxes of a group of standards."""
    return [
        {
            "name": f"standard-{one.code}",
            "id": f"standard-{one.code}",
            "value": "yes",
            "text": one.title,
            "checked": one.code in given.standards,
        }
        for one in group.standard
    ]


def profile_boxes(given: EntryForm, profiles: Sequence[Profile]) -> list[dict[str, object]]:
    """Return the boxes of the professional profiles."""
    return [
        {
            "name": f"profile-{one.name}",
            "id": f"profile-{place}",
            "value": "yes",
            "text": one.title,
            "checked": one.name in given.profiles,
        }
        for place, one in enumerate(profiles)
    ]


def summary_of(words: Words, profiles: Sequence[Profile]) -> Sequence[SummaryRow]:
    """Return what goes with a reflection, each with its heading."""
    named = {one.name: one.title for one in profiles}
    rows = (
        ("When", as_date(words.happened_on) if words.happened_on else "Not said yet"),
        ("Hours", f"{words.hours.normalize():f}" if words.hours is not None else ""),
        ("Standards", as_list(list(titles(words.standards))) if words.standards else ""),
        ("Role profiles", as_list([named.get(one, one) for one in words.profiles]) if words.profiles else ""),
    )
    return [SummaryRow(heading, value) for heading, value in rows if value]


def verified_by(entry: Entry, people: Mapping[int, NamedPerson]) -> Sequence[tuple[str, str]]:
    """Return who verified an entry, when, and what they said of it."""
    return [(_who(one, people), one.words or "") for one in entry.verifications]


def _who(one: Verification, people: Mapping[int, NamedPerson]) -> str:
    capacity = "supervisor" if one.as_supervisor else "colleague"
    return f"{people[one.verified_by].name}, {capacity}, {as_date_and_time(one.recorded_at)}"
