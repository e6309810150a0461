"""Does every cell of the matrix hold over the real application: who asks, about whom, in which way?"""

import re
from collections.abc import AsyncIterator

import pytest
from httpx2 import AsyncClient, Response

from access.matrix import Kind, Route, Stance, Way
from access.predicates import Relation
from foundation.requests import Watched
from tests.access.matrix.asking import (
    OF_A_PERSON,
    absent,
    likeness,
    may_enter,
    permission_of,
    routes_of,
    stances_of,
    stated,
    told,
    verdicts,
)
from tests.access.matrix.routing import answered, strays
from tests.access.matrix.world import Asker, Subject, World, asking

pytestmark = [pytest.mark.anyio, pytest.mark.sweeping]
# Asks for the purpose before anything, and names nobody.
ASKS_WHY = "/purpose"
# Tells who looked at whom, which is what it is for.
TELLS_WHO = "/privacy/readings/"
# One of the role profiles that policy speaks of.
OF_A_ROLE, A_ROLE = re.compile(r"(?<=/profiles/)\{\w+\}"), "roads-policing"
HOW_MANY = {Stance.FORMER: 3}
LOOKING = (Way.READ, Way.LIST, Way.SEARCH, Way.EXPORT, Way.PDF)


async def looks(
    app: Watched, made: World, *ways: Way
) -> AsyncIterator[tuple[Asker, AsyncClient, Kind, Route]]:
    """Walk everybody who asks with every route to one person's record."""
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in routes_of(*ways):
                if OF_A_PERSON in route.path:
                    yield asker, client, kind, route


async def ask(client: AsyncClient, route: Route, national_id: str) -> Response:
    path = OF_A_ROLE.sub(A_ROLE, route.path.replace(OF_A_PERSON, national_id))
    return await client.get(path, params=stated(route.path))


async def test_a_record_opens_to_whom_the_matrix_says_and_is_absent_to_the_rest(
    app: Watched, made: World
) -> None:
    wrong, opened, shut = [], 0, 0
    async for asker, client, kind, route in looks(app, made, Way.READ, Way.LIST, Way.EXPORT):
        missing = likeness(await ask(client, route, made.absent), made.absent)
        for one in made.subjects if route.is_for_programs else one_of_each(made, asker):
            answer = await ask(client, route, one.national_id)
            is_due = verdicts(made, asker, kind, permission_of(route), one)
            opened, shut = opened + bool(is_due), shut + (not is_due)
            if not (
                is_told(made, asker, answer, route, one)
                if is_due
                else likeness(answer, one.national_id) == missing
            ):
                wrong.append((asker.label, asker.stances[one.id].value, route.path, answer.status_code))
    assert wrong == []
    assert min(opened, shut) > 100


def one_of_each(made: World, asker: Asker) -> list[Subject]:
    """Return somebody of each stance, and everybody at an end of a line: programs are asked about the rest."""
    return [
        made.about(one)
        for stance, them in stances_of(asker).items()
        for one in them[: HOW_MANY.get(stance, 1)]
    ]


def is_told(made: World, asker: Asker, answer: Response, route: Route, one: Subject) -> bool:
    """Say whether an answer tells of this person and else only of the asker and of who wrote a note."""
    others = {made.about(asker.id).name} | (
        {made.about(made.giver).name} if one.id == made.treated else set()
    )
    if answer.status_code != 200 or (
        told(made, answer) - {one.name, *others} and TELLS_WHO not in route.path
    ):
        return False
    if not route.is_for_programs:
        return one.name in answer.text or route.path.endswith(ASKS_WHY)
    return strays(answered(f"GET {route.path}"), answer.json()) == []


async def test_a_printed_record_opens_to_the_same(app: Watched, made: World) -> None:
    """Printing takes long: every refusal is asked for, and of what opens one record of each relation."""
    wrong, printed = [], set[tuple[str, Relation]]()
    async for asker, client, kind, route in looks(app, made, Way.PDF):
        missing = likeness(await ask(client, route, made.absent), made.absent)
        for one in made.subjects:
            relations = set(verdicts(made, asker, kind, permission_of(route), one))
            if not relations:
                is_right = likeness(await ask(client, route, one.national_id), one.national_id) == missing
            elif new := {(route.path, relation) for relation in relations} - printed:
                printed |= new
                answer = await ask(client, route, one.national_id)
                is_right = answer.content.startswith(b"%PDF") and one.national_id in str(answer.headers)
            else:
                continue
            if not is_right:
                wrong.append((asker.label, asker.stances[one.id].value, route.path))
    assert wrong == []
    assert {relation for _, relation in printed} >= {Relation.SELF, Relation.MY_REPORTS, Relation.MY_FORCE}


async def test_a_door_that_is_shut_looks_like_no_door_at_all(app: Watched, made: World) -> None:
    wrong, shut = [], 0
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in routes_of(*LOOKING):
                if "{" in route.path or may_enter(asker, kind, permission_of(route)):
                    continue
                shut += 1
                if likeness(await client.get(route.path)) != likeness(await absent(client, route)):
                    wrong.append((asker.label, route.path))
    assert wrong == []
    assert shut > 50


def test_everybody_there_is_stands_to_whoever_asks_in_a_known_way(made: World) -> None:
    """The accident: a relation that no cell is ever asked about."""
    for asker in made.askers:
        assert asker.stances.keys() == {one.id for one in made.subjects}
    stances = {stance for asker in made.askers for stance in asker.stances.values()}
    assert stances == set(Stance)
