"""What does the matrix expect of a question, and how is a refusal told from an absence?"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from httpx2 import AsyncClient, Response

from access.matrix import Kind, Route, Stance, Verdict, Way, matrix
from access.permissions import Permission
from access.predicates import Relation
from tests.access.matrix.routing import door
from tests.access.matrix.world import Asker, Subject, World

# What has to be stated before somebody's care or case is shown at all.
PURPOSES = {"care": "the routine check", "vetting": "renewing a clearance"}
OF_A_PERSON = "{national_id}"
CONTENT = re.compile(r"<main.*</main>", re.DOTALL)
TOKEN = re.compile(r"[0-9a-f]{64,}")
OF_THE_MOMENT = frozenset({"date", "set-cookie", "x-request-id"})


def routes_of(*ways: Way) -> Iterator[tuple[Kind, Route]]:
    """Walk the routes that lead to something in one of these ways."""
    return ((kind, route) for kind, route in matrix().routes() if route.way in ways and route.method == "GET")


def permission_of(route: Route) -> Permission:
    return door(f"{route.method} {route.path}").permission


def may_enter(asker: Asker, kind: Kind, permission: Permission) -> bool:
    """Say whether the matrix names a role of theirs at all."""
    return any(
        cell.permission is permission and (cell.role is None or cell.role in asker.roles)
        for cell in kind.cells
    )


def verdicts(
    made: World, asker: Asker, kind: Kind, permission: Permission, one: Subject
) -> dict[Relation, Verdict]:
    """Return how much the matrix lets somebody see of somebody through a permission; empty is nothing at all."""
    return {
        cell.relation: cell.verdict
        for cell in kind.cells
        if cell.permission is permission
        and cell.role in asker.roles
        and asker.stances[one.id] in matrix().reaches[cell.relation].reaches
        and (cell.relation is not Relation.MY_FORCE or asker.bound_to in {None, made.units.get(one.id)})
    }


def likeness(answer: Response, *told: str) -> tuple[int, str, Mapping[str, str]]:
    """Return an answer without what differs from one moment to the next, nor what was asked for."""
    text = TOKEN.sub("…", answer.text)
    for word in (answer.headers["x-request-id"], *told):
        text = text.replace(word, "…")
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_MOMENT}
    return answer.status_code, text, headers


async def absent(client: AsyncClient, route: Route) -> Response:
    """Ask for what does not exist, in the same room: where one is shows in the doors that a page has."""
    return await client.get(f"{route.path}-no-such-thing")


def stances_of(asker: Asker) -> Mapping[Stance, list[int]]:
    """Return everybody by how they stand to somebody."""
    by_stance = sorted(asker.stances.items(), key=lambda item: (item[1], item[0]))
    return {stance: [one for one, _ in them] for stance, them in groupby(by_stance, key=lambda item: item[1])}


def shown(answer: Response) -> str:
    """Return what an answer tells: of a page its own content, without the name of whoever is signed in."""
    content = CONTENT.search(answer.text)
    return content[0] if content else answer.text


def told(made: World, answer: Response) -> set[str]:
    """Return the names of everybody that an answer speaks of."""
    return {one.name for one in made.subjects if one.is_told_in(shown(answer))}


def stated(path: str) -> dict[str, str]:
    """Return what has to be said beside an address for it to answer at all."""
    room = path.removeprefix("/api/v1").split("/")[1]
    return {"purpose": PURPOSES[room]} if room in PURPOSES else {}
