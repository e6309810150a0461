"""What stands on a passport, in which order, and in which words? Nothing is left to decide in a template."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.timeline import Timeline
from foundation.wording import as_date, as_sentence_case
from licence.passport_page.judged import OPTIONAL, Evidence, Item, Judging, Why, item
from licence.passport_page.picture import drawn
from licence.passport_page.powers import Power, powers
from licence.passport_page.story import Chapter, Pause, Transition, history, moved, pauses, said_then, since
from licence.passport_page.urgency import Act, acts, in_all
from licence.passport_page.words import cited, policy_in_words, title
from licence.standing.decisions import Decision, Finding, LicenceFacts, Reason, Standing, State
from licence.standing.policies import post_on
from licence.standing.voice import YOU, Voice, about
from licence.standing.words import reason
from passport.policy.rules import Duty, Effect, LicencePolicy

SETTLED = frozenset({State.MET, State.WAIVED})
RESTING = frozenset({Standing.PAUSED, Standing.SUSPENDED})

GROUPS: Mapping[Effect, tuple[str, str]] = {
    Effect.LICENCE_CORE: ("For the licence", "If one of these stays overdue, the licence lapses."),
    Effect.OPERATIONAL_STOP: (
        "For operational authorities",
        "If one of these runs out, the authority stops on the day. The licence goes on.",
    ),
    Effect.ROLE_GATE: ("For the role", "Work that needs one of these waits until it is met."),
    Effect.PROMOTION_GATE: ("For promotion", "Only promotion depends on these."),
    Effect.ADVISORY: ("Good practice", "Nothing depends on these."),
}
WITHOUT_LICENCE: Mapping[Effect, tuple[str, str]] = {
    **GROUPS,
    Effect.LICENCE_CORE: ("Asked of everybody in the role", ""),
    Effect.OPERATIONAL_STOP: (
        "For powers and equipment",
        "If one of these runs out, its use stops on the day.",
    ),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passport it is, and whether they are the one who reads it."""

    name: str
    national_id: str
    force: str | None
    is_reader: bool


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything that a passport is made of: who, the facts, the rule's decision, and what was kept of earlier ones."""

    holder: Holder
    facts: LicenceFacts
    policy: LicencePolicy
    decision: Decision
    evidence: tuple[Evidence, ...] = ()
    transitions: tuple[Transition, ...] = ()
    known: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer first: may they practise, since when, and why."""

    standing: Standing
    title: str
    reason: str
    since: str
    why: Why


@dataclass(frozen=True, slots=True)
class Group:
    """The requirements of one effect: those that want attention, and those that are met."""

    id: str
    title: str
    hint: str
    is_optional: bool
    open: tuple[Item, ...]
    met: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A passport as it is shown."""

    holder: Holder
    voice: Voice
    place: str
    on: date
    has_licence: bool
    answer: Answer
    conditions: tuple[str, ...]
    is_resting: bool
    todo: tuple[Act, ...]
    powers: tuple[Power, ...]
    groups: tuple[Group, ...]
    awaiting: tuple[Item, ...]
    forces: tuple[Item, ...]
    pauses: tuple[Pause, ...]
    moved: tuple[str, ...]
    timeline: Timeline | None
    history: tuple[Chapter, ...]
    said_then: str
    records: tuple[Evidence, ...]
    titles: Mapping[int, str]
    policy: str
    known: datetime | None

    @property
    def first(self) -> Act | None:
        """Return the most urgent thing to do."""
        return self.todo[0] if self.todo else None

    @property
    def others(self) -> tuple[Act, ...]:
        """Return what is to be done after it."""
        return self.todo[1:]

    @property
    def takes(self) -> str:
        """Say how long all that is to be done takes together."""
        return in_all(self.todo)


def view_of(passport: Passport, *, today: date) -> View:
    """Put a passport into words and in order."""
    decision, policy = passport.decision, passport.policy
    voice = YOU if passport.holder.is_reader else about(passport.holder.name)
    judging = Judging(decision.on, policy, _by_requirement(passport.evidence), voice)
    has_licence = all(one.reason is not Reason.NO_LICENCE_NEEDED for one in decision.because)
    items = _items(decision.findings, judging)
    return View(
        holder=passport.holder,
        voice=voice,
        place=_place(passport),
        on=decision.on,
        has_licence=has_licence,
        answer=_answer(passport, voice, today),
        conditions=decision.conditions,
        is_resting=decision.standing in RESTING,
        todo=acts(decision, judging),
        powers=powers(decision.authorities, judging),
        groups=_groups(items, GROUPS if has_licence else WITHOUT_LICENCE),
        awaiting=tuple(one for _, one in items if one.state is State.AWAITING_VERIFICATION),
        forces=_forces(decision.findings, judging),
        pauses=pauses(passport.facts, judging),
        moved=moved(decision, judging),
        timeline=drawn(passport.facts, decision.findings, judging),
        history=history(passport.transitions, judging),
        said_then=said_then(passport.transitions, decision, today=today),
        records=tuple(one for one in passport.evidence if one.completed_on <= decision.on),
        titles={number: asked.title for number, asked in policy.by_id.items()},
        policy=policy_in_words(policy),
        known=passport.known,
    )


def _by_requirement(evidence: Iterable[Evidence]) -> Mapping[int, Sequence[Evidence]]:
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for one in evidence:
        found[one.requirement_id].append(one)
    return found


def _place(passport: Passport) -> str:
    """Say where the holder serves on the day: rank or kind, unit, force."""
    post = post_on(passport.facts, passport.decision.on)
    if post is None:
        return "Not in post on this day"
    role = "PCSO" if post.kind == "pcso" else as_sentence_case(post.rank or post.kind)
    return ", ".join(filter(None, (role, post.unit, passport.holder.force)))


def _answer(passport: Passport, voice: Voice, today: date) -> Answer:
    decision, policy = passport.decision, passport.policy
    every = tuple(reason(one, policy, voice) for one in decision.because)
    from_day = since(decision, passport.transitions)
    return Answer(
        standing=decision.standing,
        title=title(decision, voice, today=today, is_then=passport.known is not None),
        reason=every[0] if every else "",
        since=_since(decision, from_day),
        why=Why(" ".join(every), cited(policy.terms.source, policy.terms.evidence_tag, policy), "/policy"),
    )


def _since(decision: Decision, from_day: date | None) -> str:
    """Say since when the standing has held, and through which day the licence runs."""
    held = f"{as_sentence_case(decision.standing)} since {as_date(from_day)}." if from_day else ""
    return " ".join(filter(None, (held, _runs(decision))))


def _runs(decision: Decision) -> str:
    """Say through which day the licence runs; in grace only if what is overdue is put right, lest two days be read."""
    if not decision.expires_on or not decision.may_practise or decision.expires_on < decision.on:
        return ""
    runs = f"licence runs until {as_date(decision.expires_on)}."
    return f"Once this is put right, the {runs}" if decision.standing is Standing.IN_GRACE else f"The {runs}"


def _items(findings: Iterable[Finding], judging: Judging) -> tuple[tuple[Effect, Item], ...]:
    """Put into words whatever concerns the person and is theirs to do, what falls due first first."""
    ordered = sorted(findings, key=lambda one: (one.due_on or date.max, one.requirement_id))
    return tuple(
        (one.effect, item(one, asked, judging))
        for one in ordered
        if one.state is not State.NOT_APPLICABLE
        and (asked := judging.policy.by_id.get(one.requirement_id)) is not None
        and asked.duty is Duty.PERSON
    )


def _groups(
    items: Iterable[tuple[Effect, Item]], names: Mapping[Effect, tuple[str, str]]
) -> tuple[Group, ...]:
    by_effect: defaultdict[Effect, list[Item]] = defaultdict(list)
    for effect, one in items:
        by_effect[effect].append(one)
    return tuple(
        Group(
            effect.replace(" ", "-"),
            *names[effect],
            is_optional=effect in OPTIONAL,
            open=tuple(one for one in by_effect[effect] if one.state not in SETTLED),
            met=tuple(one for one in by_effect[effect] if one.state in SETTLED),
        )
        for effect in Effect
        if by_effect[effect]
    )


def _forces(findings: Iterable[Finding], judging: Judging) -> tuple[Item, ...]:
    """Return what is the force's to do, and what it failed to provide: never the officer's failure."""
    return tuple(
        item(one, asked, judging)
        for one in findings
        if (asked := judging.policy.by_id.get(one.requirement_id)) is not None
        and (asked.duty is Duty.FORCE or one.state is State.FORCE_OVERDUE)
    )
