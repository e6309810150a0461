"""Whom does a list, a search, a filter or a file tell of? Over-broad lists are how personnel records leak."""

from collections.abc import Iterator

import pytest
from httpx2 import AsyncClient

from access.matrix import Kind, Route, Way
from access.predicates import Relation
from foundation.database import fetch
from foundation.requests import Watched
from tests.access.matrix.asking import may_enter, permission_of, routes_of, shown, told, verdicts
from tests.access.matrix.routing import component, operations
from tests.access.matrix.world import Asker, Subject, World, asking

pytestmark = pytest.mark.anyio
# What a list asks for besides filters, where it answers nothing without.
WHO_NEEDS = {"requirement": "PPST", "by": "due"}
NEEDS = {
    "/jobs/list": {"state": "dead"},
    "/planning/people": WHO_NEEDS,
    "/api/v1/planning/demand/people": WHO_NEEDS,
}
# Lists that hold no people by how they stand to whoever asks; each has tests of its own beside its room.
OTHERWISE = {
    "/policies": "about nobody",
    "/api/v1/policies": "about nobody",
    "/policy/what-ifs": "about nobody",
    "/api/v1/what-ifs": "about nobody",
    "/policy/settings": "about nobody",
    "/api/v1/policy-settings": "about nobody",
    "/policy/what-ifs/people": "lists whom one what-if names, which an address without its number does not",
    "/policy/what-ifs/people.csv": "the same as a file",
    "/api/v1/what-ifs/{what_if_id}/people": "the same for programs",
    "/api/v1/what-ifs/{what_if_id}/people.csv": "the same for programs, as a file",
    "/policy/drafts": "about nobody",
    "/api/v1/policy-drafts": "about nobody",
    "/jobs/list": "about nobody",
    "/api/v1/jobs": "about nobody",
    "/imports": "a file is of a force as a whole",
    "/api/v1/imports": "a file is of a force as a whole",
    "/verification": "lists what waits to be verified",
    "/verification/person": "leads to one person",
    "/api/v1/verification": "lists what waits to be verified",
    "/inbox": "a notice stays with whoever received it, even after the line has ended",
    "/api/v1/notices": "a notice stays with whoever received it, even after the line has ended",
    "/statements": "lists accounts and activities, and nobody who is known",
    "/api/v1/statements": "lists accounts and activities, and nobody who is known",
    "/waivers": "a waiver is listed once one was proposed, and there is none here",
    "/api/v1/waivers": "a waiver is listed once one was proposed, and there is none here",
    "/earlier-learning": "a claim is listed once one was made, and there is none here",
    "/api/v1/earlier-learning": "a claim is listed once one was made, and there is none here",
    "/passport/earlier-learning": "a claim is listed once one was made, and there is none here",
    "/api/v1/me/earlier-learning": "a claim is listed once one was made, and there is none here",
    "/providers": "a provider is of a force as a whole, and nothing is in doubt here",
    "/api/v1/providers": "a provider is of a force as a whole, and nothing is in doubt here",
    "/api/v1/doubts": "a provider is of a force as a whole, and nothing is in doubt here",
    "/classes": "a class is of a force as a whole, and its list names nobody who was on it",
    "/api/v1/classes": "a class is of a force as a whole, and its list names nobody who was on it",
    "/roles": "a role is listed for the force it is for, whoever holds it",
    "/api/v1/roles": "a role is listed for the force it is for, whoever holds it",
    "/passport/leadership/examples": "lists one's own",
    "/api/v1/me/leadership/examples": "lists one's own",
    "/leadership": "lists who offered something to be judged",
    "/api/v1/leadership": "lists who offered something to be judged",
    "/passport/cpd": "lists one's own",
    "/api/v1/me/cpd": "lists one's own",
    "/vetting": "a case is listed for those it is assigned to",
    "/api/v1/vetting/cases": "a case is listed for those it is assigned to",
    "/privacy": "lists who looked unusually often",
    "/api/v1/privacy/alerts": "lists who looked unusually often",
    "/glass": "lists what one opened oneself",
    "/api/v1/glass": "lists what one opened oneself",
    "/privacy/glass": "lists what others opened",
    "/api/v1/privacy/glass": "lists what others opened",
    "/exports": "lists what left the force, and who took it",
    "/api/v1/exports": "lists what left the force, and who took it",
    "/planning": "figures, and nobody's name",
    "/api/v1/planning/demand": "figures, and nobody's name",
    "/planning/demand.csv": "figures, and nobody's name",
    "/api/v1/planning/demand.csv": "figures, and nobody's name",
    "/national/figures.csv": "figures, and nobody's name",
    "/api/v1/figures.csv": "figures, and nobody's name",
}


def expected(made: World, asker: Asker, kind: Kind, route: Route) -> set[str]:
    """Return whom a list is due to tell of: not oneself, whose own record has doors of its own."""
    permission = permission_of(route)
    return {
        one.name
        for one in made.subjects
        if verdicts(made, asker, kind, permission, one).keys() - {Relation.SELF}
    }


def open_to(asker: Asker, *ways: Way) -> Iterator[tuple[Kind, Route]]:
    """Walk the lists of people that somebody may open at all."""
    return (
        (kind, route)
        for kind, route in routes_of(*ways)
        if "{" not in route.path
        and route.path not in OTHERWISE
        and may_enter(asker, kind, permission_of(route))
    )


async def test_a_list_tells_of_everyone_within_reach_and_of_nobody_else(app: Watched, made: World) -> None:
    wrong, reached = [], 0
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in open_to(asker, Way.LIST, Way.EXPORT):
                answer = await client.get(route.path, params=NEEDS.get(route.path, {}))
                is_told, is_due = told(made, answer), expected(made, asker, kind, route)
                assert answer.status_code == (200 if is_due else answer.status_code), (
                    route.path,
                    answer.text,
                )
                reached += len(is_due)
                if is_told != is_due:
                    wrong.append((asker.label, route.path, told_as(made, asker, is_told ^ is_due)))
    assert wrong == []
    assert reached > 100


def told_as(made: World, asker: Asker, names: set[str]) -> list[str]:
    return sorted({asker.stances[one.id].value for one in made.subjects if one.name in names})


async def test_no_filter_and_no_order_tells_of_anybody_out_of_reach(app: Watched, made: World) -> None:
    wrong = []
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in open_to(asker, Way.LIST):
                within = expected(made, asker, kind, route)
                for name, value in await asked_for(route):
                    answer = await client.get(route.path, params={name: value})
                    if told(made, answer) - within:
                        wrong.append((asker.label, route.path, name, value))
    assert wrong == []


async def asked_for(route: Route) -> list[tuple[str, str]]:
    """Return every value of every filter that the API's document knows of the list."""
    twin = route.path if route.is_for_programs else f"/api/v1{route.path}"
    operation = operations().get(f"GET {twin}", {"parameters": []})
    units = [str(row["id"]) for row in await fetch("SELECT id FROM people.unit")]
    found = []
    for parameter in operation.get("parameters", []):
        values = choices(parameter["schema"])
        found += [
            (parameter["name"], value) for value in values or (units if parameter["name"] == "unit" else [])
        ]
    return found


def choices(schema: object) -> list[str]:
    """Return the words that a parameter may be, at whatever depth its schema says so."""
    if isinstance(schema, list):
        return [word for one in schema for word in choices(one)]
    if not isinstance(schema, dict):
        return []
    if "$ref" in schema:
        return choices(dict(component(str(schema["$ref"]).rpartition("/")[2])))
    return [str(word) for word in schema.get("enum", [])] or choices(list(schema.values()))


async def test_a_search_finds_everyone_within_reach_and_nobody_else(app: Watched, made: World) -> None:
    wrong = []
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in open_to(asker, Way.SEARCH):
                within = expected(made, asker, kind, route)
                wrong += [
                    (asker.label, asker.stances[one.id].value, route.path)
                    for one in made.subjects
                    if await found(client, route, one) != (one.name in within)
                ]
    assert wrong == []


async def found(client: AsyncClient, route: Route, one: Subject) -> bool:
    """Say whether a search by somebody's whole number leads to their name."""
    answer = await client.get(route.path, params={"q": one.national_id})
    assert answer.status_code == 200
    return one.name in shown(answer)


async def test_a_file_has_the_columns_that_the_matrix_lists(app: Watched, made: World) -> None:
    for asker in made.askers:
        async with asking(app, asker) as client:
            for kind, route in open_to(asker, Way.EXPORT):
                if "what-ifs" in route.path:
                    continue  # its columns are looked at beside its room, where there is a what-if
                answer = await client.get(route.path)
                columns = answer.text.splitlines()[0].lstrip("\ufeff").split(",")
                assert frozenset(columns) == kind.shapes[route.path.rpartition("/")[2]]
