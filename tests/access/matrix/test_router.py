"""Are the router, the API's document and the matrix the same, as sets? The accident: a door that nobody thought about."""

from collections import Counter

from access.matrix import Way, matrix
from access.permission_map import PERMISSION_MAP, WITHOUT_SIGNING_IN
from access.permissions import Permission
from access.predicates import Relation
from access.roles import Role
from access.written import WRITTEN, document
from tests.access.matrix.routing import answered, component, door, doors, operations, shapes_in

# Doors that are still to come; the set may only shrink.
WITHOUT_A_ROUTE_YET = frozenset(
    {
        Permission.EXPORT_APPROVE, Permission.EXPORT_READ,
    }
)  # fmt: skip
WRITES_WHILE_READING = {
    "POST /passport/earlier-learning/new": "claiming for oneself is what the permission is for",
    "POST /passport/earlier-learning/{claim_id}/withdrawal": "and taking the claim back",
    "POST /api/v1/me/earlier-learning": "the same, for programs",
    "POST /api/v1/me/earlier-learning/{claim_id}/withdrawal": "the same, for programs",
    "POST /inbox/{delivery_id}/read": "that one has read one's own notice is the whole change",
    "POST /inbox/read": "the same, for all of them",
    "POST /api/v1/notices/{delivery_id}/read": "the same, for programs",
    "POST /passport/care/offers/{offered_on}": "one's own answer to an offer of support",
    "POST /api/v1/me/care/offers/{offered_on}": "the same, for programs",
    "POST /passport/my-data": "asking for one's own copy is what the permission is for",
    "POST /api/v1/me/data": "the same, for programs",
    "POST /passport/calendar": "one's own address is what the permission is for",
    "POST /api/v1/me/calendar": "the same, for programs",
    "POST /passport/calendar/end": "one's own address, ended",
    "POST /api/v1/me/calendar/end": "the same, for programs",
    "POST /passport/care/events": "what one attended, added by oneself",
    "POST /api/v1/me/care/events": "the same, for programs",
}
CARERS = frozenset({Role.OFFICER, Role.OCCUPATIONAL_HEALTH, Role.WELLBEING_COORDINATOR})


def in_the_matrix() -> list[str]:
    return [f"{route.method} {route.path}" for _, route in matrix().routes()]


def test_every_route_stands_in_the_matrix_under_one_kind() -> None:
    listed = Counter(in_the_matrix())
    assert sorted({door.address for door in doors()} - listed.keys()) == [], (
        "give each its kind of data in access/matrix.toml"
    )
    assert sorted(listed.keys() - {door.address for door in doors()}) == [], "the router has these no more"
    assert [address for address, times in listed.items() if times > 1] == []


def test_every_route_asks_for_a_permission_that_shows_its_kind() -> None:
    strange = [
        (route.path, door(f"{route.method} {route.path}").permission.value, kind.name)
        for kind, route in matrix().routes()
        if door(f"{route.method} {route.path}").permission not in kind.permissions
    ]
    assert strange == []


def test_every_permission_shows_something_and_is_asked_for_somewhere() -> None:
    shown = {permission for kind in matrix().kinds for permission in kind.permissions}
    assert set(Permission) - shown == set(), "say in access/matrix.toml what it shows"
    asked = {door.permission for door in doors()}
    assert set(Permission) - asked <= WITHOUT_A_ROUTE_YET


def test_the_document_of_the_api_has_the_same_routes() -> None:
    listed = {
        address for address in in_the_matrix() if "/api/v1/" in address and "/api/v1/schema" not in address
    }
    assert set(operations()) == listed


def test_an_answer_holds_the_fields_that_its_kind_lists_and_no_others() -> None:
    """The accident: a field added to a class, and so told to every program."""
    kept = {name: fields for kind in matrix().kinds for name, fields in kind.shapes.items()}
    wrong = {
        f"{address}: {name}": sorted(frozenset(component(name)["properties"]) ^ kept.get(name, frozenset()))
        for address in operations()
        for name in shapes_in(answered(address))
        if frozenset(component(name)["properties"]) != kept.get(name)
    }
    assert wrong == {}


def test_a_shape_is_listed_once_and_is_answered_somewhere() -> None:
    listed = Counter(name for kind in matrix().kinds for name in kind.shapes)
    answers = {name for address in operations() for name in shapes_in(answered(address))}
    files = {name for name in listed if name.endswith(".csv")}
    assert set(listed) - files == answers
    assert max(listed.values()) == 1


def test_whatever_changes_something_is_no_mere_reading() -> None:
    """The accident: a door for readers through which something can be written."""
    writing = {
        door.address: door.permission.value
        for door in doors()
        if door.method not in {"GET", "HEAD"} and door.says_it_reads
    }
    assert writing.keys() == WRITES_WHILE_READING.keys(), writing


def test_what_changes_something_is_listed_as_a_write_and_nothing_else_is() -> None:
    changing = {door.address for door in doors() if door.method not in {"GET", "HEAD"}}
    writes = {f"{route.method} {route.path}" for _, route in matrix().routes() if route.way is Way.WRITE}
    assert changing <= writes
    assert {address for address in writes - changing if not address.startswith("GET /")} == set()


def test_every_stance_that_a_relation_reaches_is_told_for_every_relation() -> None:
    assert set(matrix().reaches) == set(Relation)


def test_care_is_for_those_who_give_it_and_the_person_alone() -> None:
    care = [kind for kind in matrix().kinds if kind.name.startswith("Care")]
    assert len(care) == 3
    assert {cell.role for kind in care for cell in kind.cells} <= CARERS
    assert all(
        cell.role is not Role.OFFICER or cell.relation is Relation.SELF for k in care for cell in k.cells
    )


def test_a_vetting_case_is_for_vetting_officers_alone() -> None:
    (case,) = (kind for kind in matrix().kinds if kind.name == "Vetting: the case")
    assert {cell.role for cell in case.cells} == {Role.VETTING_OFFICER}


def test_a_role_that_opens_what_is_confidential_opens_nothing_of_the_desk() -> None:
    """The accident: health or vetting reaches whoever decides about a licence, through one role that holds both."""
    confidential = {p for kind in matrix().kinds if kind.is_confidential for p in kind.permissions}
    for role in (role for role in Role if role.is_confidential):
        held = {permission for permission, grants in PERMISSION_MAP.items() if role in dict(grants)}
        assert held & confidential
        assert not held & {
            Permission.PASSPORT_READ,
            Permission.DESK_READ,
            Permission.TEAM_READ,
            Permission.DESK_EXPORT,
        }


def test_a_system_hands_in_files_and_statements_and_asks_who_it_is_and_nothing_else() -> None:
    """The accident: a key kept in a script somewhere opens people's records."""
    for role in (role for role in Role if role.is_machine):
        held = {permission for permission, grants in PERMISSION_MAP.items() if role in dict(grants)}
        sent = {Permission.STATEMENT_SEND} if role is Role.LEARNING_FEED else set()
        assert held <= {Permission.WHO_AM_I, Permission.INTAKE_READ, Permission.INTAKE_WRITE} | sent, role


def test_nobody_is_given_without_signing_in_more_than_to_arrive() -> None:
    unsigned = {door.address for door in doors() if door.permission in WITHOUT_SIGNING_IN}
    assert {address for address in unsigned if "{" in address} <= {
        "GET /static/{file_path}", "HEAD /static/{file_path}", "GET /api/v1/schema/{path}",
        "GET /audit/heads/{number}", "GET /audit/heads/{number}/kept", "GET /api/v1/audit/heads/{number}",
        "GET /calendar/{secret}/training.ics",
    }  # fmt: skip


def test_the_page_of_the_documentation_says_what_the_matrix_says() -> None:
    """The accident: somebody is told that a record is closed to whom it has since been opened."""
    assert WRITTEN.read_text("utf-8") == document(), "review it, then write it: python -m access.written"
