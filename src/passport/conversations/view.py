"""How do the pages of conversations put what they show?"""

from collections.abc import Sequence
from datetime import date

from foundation.parts import Banner, Column, Link
from foundation.wording import as_date, as_distance, as_sentence_case
from passport.conversations.form import BY, AnswerForm, TalkForm, box
from passport.conversations.framework import IN_SHORT, framework
from passport.conversations.preparing import Sort
from passport.conversations.reading import Talk
from passport.conversations.rules import Entry, Next, Part, Stance, State
from passport.conversations.shelf import Action, Draft, Written

MINE, TEAM, REACH = "/passport/conversations", "/team/conversations", "/conversations"
PASSPORT, MY_TEAM = Link("My passport", "/passport"), Link("My team", "/team")
MY_CONVERSATIONS, TEAMS = Link("My conversations", MINE), Link("Conversations of my team", TEAM)
MEMBERS = tuple(Column(name) for name in ("Name", "Last held", "Next due", "How it stands", "What to do"))
DUE = tuple(Column(name) for name in ("Name", "Unit", "Last held", "Next due", "How it stands"))
LINES = tuple(Column(name) for name in ("Held on", "With", "How it stands"))
TAGS = {
    State.OVERDUE: ("Overdue", "govuk-tag--red"),
    State.DUE: ("In time", "govuk-tag--green"),
    State.PAUSED: ("Paused while away", "govuk-tag--grey"),
    State.NOT_ASKED: ("Not asked for", "govuk-tag--grey"),
}
SORTS = {
    Sort.OVERDUE: ("Overdue", "govuk-tag--red"),
    Sort.DUE: ("Due soon", "govuk-tag--yellow"),
    Sort.LEARNT: ("Shared with you", "govuk-tag--blue"),
}
STANCES = [
    {"value": Stance.AGREES.value, "text": "I have read it, and it is how I see it"},
    {"value": Stance.DIFFERS.value, "text": "I have read it, and see some of it differently"},
]
SIGNED = {
    Stance.AGREES: "Signed: it is how they see it",
    Stance.DIFFERS: "Signed: they see some of it differently",
}
OWN_SIGNED = {
    Stance.AGREES: "You signed: it is how you see it",
    Stance.DIFFERS: "You signed, and see some of it differently",
}
DONE = {
    "saved": "Saved. Nobody but you can see it.",
    "discarded": "What you had written is gone.",
    "shared": "Shared. From now on neither of you can change it, and either can add to it.",
    "answered": "You signed. From now on neither of you can change it, and either can add to it.",
    "added": "What you wrote has been added to the conversation.",
    "agreed": "Added to what was agreed.",
    "ticked": "Done, and ticked off.",
    "unticked": "Open again.",
    "opened": "They can read it now. You can take that back at any time.",
    "shut": "They can read it no longer.",
}
PERSON, THE_TWO = "/people/{national_id}/conversation", (Part.OFFICER, Part.SUPERVISOR)


def banner(done: str) -> Banner | None:
    """Tell what has just been done."""
    return Banner(DONE[done], succeeded=True) if done in DONE else None


def prepare(national_id: str) -> str:
    """Return where a conversation with somebody is prepared, held and shared."""
    return PERSON.format(national_id=national_id)


def of_person(national_id: str) -> str:
    """Return where the conversations of a report are."""
    return f"{prepare(national_id)}s"


def talk(number: int) -> str:
    """Return where a conversation is."""
    return f"/conversations/{number}"


def sentence(next_one: Next | None, on: date, *, own: bool) -> str:
    """Say in a sentence when the next conversation is due."""
    whose = "Your next conversation" if own else "The next conversation"
    if next_one is None or next_one.state is State.NOT_ASKED:
        return f"{whose} has no due day."
    if next_one.state is State.PAUSED:
        return f"{whose} waits: days of long absence are not counted."
    if next_one.due_on is None:
        return f"{whose} has no due day yet."
    was = "was due" if next_one.state is State.OVERDUE else "is due by"
    return f"{whose} {was} {as_date(next_one.due_on)}, {as_distance(next_one.due_on, on)}."


def by_whom(written: Written, of: Talk) -> str:
    """Say who wrote an entry, as the reader knows them."""
    if written.author_id == of.reader_id:
        return "You"
    return of.people[written.author_id].name


def topic(written: Written) -> str:
    """Return the heading of what was said under a topic."""
    return framework().titles.get(written.topic, as_sentence_case(written.topic))


def words_of(of: Talk) -> Sequence[Written]:
    """Return what was shared, topic by topic."""
    return [one for one in of.entries if one.kind is Entry.WORDS]


def title(of: Talk) -> str:
    """Return the heading of a conversation: with whom it was, as the reader knows them."""
    other = of.held.supervisor_id if of.part is Part.OFFICER else of.held.person_id
    return f"Conversation with {of.people[other].name}"


def back(of: Talk) -> Link:
    """Return where the reader came from."""
    if of.part is Part.OFFICER:
        return MY_CONVERSATIONS
    person = of.people[of.held.person_id]
    return Link(person.name, of_person(person.national_id))


def other_answer(of: Talk, given: AnswerForm) -> str:
    """Return what another window has saved of an answer, where it is not what was typed here."""
    saved = of.draft.content.words.get(IN_SHORT, "")
    return saved if given.version != of.draft.version and saved != given.text else ""


def additions_of(of: Talk) -> Sequence[Written]:
    """Return what was added since."""
    return [one for one in of.entries if one.kind is Entry.ADDITION]


def to_do(action: Action, *, reader: str, officer: str = "") -> str:
    """Say for whom something is to do, and by when; `officer` names the person to whoever supervises them."""
    part = Part(reader)  # a template names the part by its word
    other = "Your supervisor" if part is Part.OFFICER else officer
    who = "You" if action.falls_to is part else other
    return f"{who}, by {as_date(action.due_on)}"


def is_late(action: Action, on: date) -> bool:
    """Say whether something agreed is open after its day."""
    return action.is_open and action.due_on < on


def by_options(chosen: str) -> list[dict[str, object]]:
    """Return by when something may be agreed to be done; a day that was kept stays to be chosen."""
    options = dict(BY)
    if chosen not in options:
        options = {chosen: as_date(date.fromisoformat(chosen)), **options}
    return [{"value": value, "text": text, "selected": value == chosen} for value, text in options.items()]


def who_options(chosen: str, name: str) -> list[dict[str, object]]:
    """Return for whom something may be to do."""
    names = {Part.OFFICER: name, Part.SUPERVISOR: "Me"}
    return [
        {"value": part.value, "text": text, "selected": part.value == chosen} for part, text in names.items()
    ]


def own_who_options() -> list[dict[str, object]]:
    """Return for whom something may be to do, for the person themselves."""
    return [
        {"value": Part.OFFICER.value, "text": "Me"},
        {"value": Part.SUPERVISOR.value, "text": "My supervisor"},
    ]


def differing(given: TalkForm, stored: Draft) -> dict[str, str]:
    """Return what another window has saved where it is not what was typed here, by the box it belongs to."""
    saved = stored.content.words
    return {box(code): text for code, text in saved.items() if text and text != given.words.get(code, "")}


def topics() -> Sequence[tuple[str, str, str]]:
    """Return each topic with its title and its prompt."""
    return [(one.code, one.title, one.prompt) for one in framework().topics]
