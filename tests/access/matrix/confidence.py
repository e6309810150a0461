"""Who may hear which secret, by the contract alone?"""

from collections.abc import Mapping

from access.matrix import Stance, matrix
from access.predicates import Relation
from access.roles import Role
from tests.access.matrix.secrets import Secret
from tests.access.matrix.world import HEARD, Asker, Subject, World

# To whom each is told, beyond the person it is about: and notes and cases only of those whom one treats or deals with.
TOLD: Mapping[str, frozenset[Role]] = {
    "Event": frozenset({Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR}),
    "Note": frozenset({Role.OCCUPATIONAL_HEALTH}),
    "Case": frozenset({Role.VETTING_OFFICER}),
    "Thought": frozenset(),
}
OWN = frozenset({"Event", "Thought"})


def overheard(made: World, reaches: frozenset[Stance] | None = None) -> list[tuple[str, Secret, str]]:
    """Return what anybody was told that is not for them, and how they stand to whom it is about."""
    named = {one.name: one for one in made.subjects}
    return sorted(
        (asker.label, secret, asker.stances[named[secret.about].id].value)
        for asker, secrets in HEARD.items()
        for secret in secrets
        if not may_hear(made, asker, secret.of, named[secret.about], reaches)
    )


def may_hear(
    made: World, asker: Asker, of: str, one: Subject, reaches: frozenset[Stance] | None = None
) -> bool:
    """Say whether a secret of a kind about somebody may be told to whoever asks."""
    stance = asker.stances[one.id]
    if stance is Stance.ONESELF:
        return of in OWN
    within = reaches or matrix().reaches[Relation.MY_FORCE].reaches
    if stance not in within or not asker.roles & TOLD[of]:
        return False
    return of == "Event" or one.id == made.treated
