"""Do the tables of a policy file agree with one another, and with what policing allows?"""

from collections.abc import Iterator, Mapping, Sequence

from passport.policy.faults import Wrong, near, quoted
from passport.policy.places import Path
from passport.policy.reading import LINKS, Reading
from passport.policy.rules import Anchor, Duty, Effect, Overridable
from passport.policy.shape import RequirementTable, TermTable, ValidityTable
from passport.policy.terms import LICENCE_TERMS, TERMS, Unit

SHORTEST_MONTH = 28
FORCE_EFFECTS = frozenset({Effect.LICENCE_CORE, Effect.ADVISORY})


def wrong_in(reading: Reading) -> Iterator[Wrong]:
    """Say everything that does not agree."""
    yield from _terms(reading)
    yield from _absences(reading)
    yield from _codes(reading)
    for place, asked in reading.requirements.items():
        path: Path = ("requirement", place)
        yield from _ranks(asked, path)
        if asked.validity is not None:
            yield from _validity(asked.validity, (*path, "validity"))
        yield from _effect(asked, path)
        yield from _hours(asked, path)
        yield from _settings(asked, path)
    yield from _links(reading)
    yield from _cycles(reading, "prerequisites", "needs itself")
    yield from _cycles(reading, "satisfied_by", "would be higher than itself")


def _terms(reading: Reading) -> Iterator[Wrong]:
    for name in LICENCE_TERMS:
        if name not in reading.named_terms:
            yield Wrong(("terms",), f"the term {quoted(name)} is missing: it is written [terms.{name}]")
    for name in sorted(reading.named_terms - TERMS.keys()):
        yield Wrong(("terms", name), f"the term {quoted(name)} is not known; {near(name, TERMS)}")
    for name, term in reading.terms.items():
        if name in TERMS:
            yield from _unit(term, TERMS[name], ("terms", name))


def _unit(term: TermTable, unit: Unit, path: Path) -> Iterator[Wrong]:
    given = [one for one in Unit if getattr(term, one) is not None]
    if unit not in given:
        yield Wrong(path, f"`{unit}` is missing: {quoted(path[-1])} is counted in it")
    for other in given:
        if other is not unit:
            yield Wrong((*path, other), f"`{other}` does not fit: {quoted(path[-1])} is counted in `{unit}`")
    rungs = term.days_before or []
    if len(set(rungs)) < len(rungs):
        yield Wrong((*path, Unit.DAYS_BEFORE), "the same number of days stands here twice")


def _absences(reading: Reading) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, absence in reading.absences.items():
        if absence.kind in seen:
            yield Wrong(("absence", place, "kind"), f"{quoted(absence.kind)} has been given before")
        seen.add(absence.kind)


def _codes(reading: Reading) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, code in reading.codes.items():
        if code in seen:
            yield Wrong(("requirement", place, "code"), f"the code {quoted(code)} has been given before")
        seen.add(code)


def _ranks(asked: RequirementTable, path: Path) -> Iterator[Wrong]:
    lowest, highest = asked.applies_to.lowest_rank, asked.applies_to.highest_rank
    if lowest is not None and highest is not None and lowest.order > highest.order:
        words = f"{quoted(lowest)} is above the highest rank, {quoted(highest)}"
        yield Wrong((*path, "applies_to", "lowest_rank"), words)


def _validity(validity: ValidityTable, path: Path) -> Iterator[Wrong]:
    is_anniversary = validity.anchor is Anchor.ANNIVERSARY
    if (validity.fixed_day is not None) is not (validity.anchor is Anchor.FIXED_DATE):
        yield Wrong((*path, "fixed_day"), "the anchor “fixed date” and a `fixed_day` belong together")
    if is_anniversary and not validity.renewal_window_days:
        yield Wrong(
            (*path, "renewal_window_days"), "an anniversary needs the days in which it can be renewed"
        )
    for key in ("renewal_window_days", "minimum_gap_days"):
        if getattr(validity, key) and not is_anniversary:
            yield Wrong((*path, key), f"`{key}` serves the anchor “anniversary” only")
        if getattr(validity, key) >= validity.months * SHORTEST_MONTH:
            yield Wrong((*path, key), f"`{key}` is as long as the validity itself")


def _effect(asked: RequirementTable, path: Path) -> Iterator[Wrong]:
    is_stop = asked.effect is Effect.OPERATIONAL_STOP
    if is_stop and asked.authority is None:
        yield Wrong(
            (*path, "authority"), "an operational stop names the authority that it stops: `authority`"
        )
    if not is_stop and asked.authority is not None:
        yield Wrong(
            (*path, "authority"), f"only an operational stop has an authority; this is {quoted(asked.effect)}"
        )
    if is_stop and asked.grace_days:
        yield Wrong((*path, "grace_days"), "an operational stop has no grace: the power stops on its day")
    if asked.duty is Duty.FORCE and asked.effect not in FORCE_EFFECTS:
        words = "what is the force's duty can stop no power and close no door to the officer"
        yield Wrong((*path, "effect"), words)


def _hours(asked: RequirementTable, path: Path) -> Iterator[Wrong]:
    """Let hours be added up only where each of them ends on a day of its own, and where a person does them."""
    if asked.hours_in_all is None:
        return
    here = (*path, "hours_in_all")
    if asked.validity is not None and asked.validity.anchor is Anchor.ANNIVERSARY:
        yield Wrong(here, "`hours_in_all` cannot keep an anniversary: each time holds from its own day")
    if asked.duty is Duty.FORCE:
        yield Wrong(here, "`hours_in_all` does not fit: what a force offers takes no hours of the officer")
    if asked.initial_hours is not None:
        words = (
            "`initial_hours` does not go with `hours_in_all`: the hours count, however many times they take"
        )
        yield Wrong((*path, "initial_hours"), words)


def _settings(asked: RequirementTable, path: Path) -> Iterator[Wrong]:
    if Overridable.LEVEL in asked.forces_may_set and asked.level is None:
        yield Wrong((*path, "forces_may_set"), "forces may set `level`, but the requirement has none")
    if Overridable.VALIDITY_MONTHS in asked.forces_may_set and asked.validity is None:
        yield Wrong((*path, "forces_may_set"), "forces may set `validity_months`, but it holds for good")
    if Overridable.GRACE_DAYS in asked.forces_may_set and asked.effect is Effect.OPERATIONAL_STOP:
        yield Wrong((*path, "forces_may_set"), "an operational stop has no grace that forces could set")


def _links(reading: Reading) -> Iterator[Wrong]:
    known = set(reading.codes.values())
    duties = {one.code: one.duty for one in reading.requirements.values()}
    added_up = {one.code for one in reading.requirements.values() if one.hours_in_all is not None}
    for (place, key), names in reading.links.items():
        for item, name in enumerate(names):
            if key == "profiles" and name not in reading.profiles:
                words = (
                    f"the role profile {quoted(name)} is not in [profiles]; {near(name, reading.profiles)}"
                )
                yield Wrong(("requirement", place, "applies_to", key, item), words)
            elif key in LINKS and name not in known:
                words = f"there is no requirement {quoted(name)}; {near(name, known)}"
                yield Wrong(("requirement", place, key, item), words)
            elif key in LINKS and duties.get(name) is Duty.FORCE is not duties.get(
                reading.codes.get(place, "")
            ):
                words = f"{quoted(name)} is the force's duty, so nothing of the officer's can hang on it"
                yield Wrong(("requirement", place, key, item), words)
            elif key == "satisfied_by" and name in added_up and reading.codes.get(place, "") not in added_up:
                words = f"{quoted(name)} adds up hours: one part of it cannot meet what is met at one time"
                yield Wrong(("requirement", place, key, item), words)


def _is_the_persons(place: int, reading: Reading) -> bool:
    asked = reading.requirements.get(place)
    return asked is not None and asked.duty is Duty.PERSON


def _cycles(reading: Reading, key: str, words: str) -> Iterator[Wrong]:
    leads_to = {code: reading.links[place, key] for place, code in reading.codes.items()}
    for place, code in reading.codes.items():
        circle = _circle(code, leads_to)
        if circle and circle[1] in reading.links[place, key]:
            yield Wrong(("requirement", place, key), f"{code} {words}: {' → '.join(circle)}")


def _circle(code: str, leads_to: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the shortest way from a code back to itself, or nothing."""
    waiting: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop(0)
        for following in leads_to.get(way[-1], ()):
            if following == code:
                return (*way, code)
            if following not in seen:
                seen.add(following)
                waiting.append((*way, following))
    return ()
