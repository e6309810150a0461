"""The accident: a new download takes many people's records away, and nobody is asked and nothing is listed."""

import ast
from pathlib import PurePosixPath

from litestar.routes import HTTPRoute

from access.matrix import Way, matrix
from attested.app import create_litestar
from tests.house.tree import Module, modules

REGISTER = "access.exports.actions"
NO_EXPORT = {
    "attested.heads.pages": "signed heads of the audit: hashes, and nobody's name",
    "attested.subject_access.own_pages": "everything held on oneself, given to oneself",
    "passport.drafting.file_pages": "a version of policy as it was written, about nobody",
    "passport.attachments.answering": "one file about one person, written down as a look at that person",
    "licence.passport_page.pages": "one person's passport on paper, written down as a look at that person",
}
"""Whatever answers with a file and needs no register, and why."""
ROUTES_NO_EXPORT = {
    "/calendar/{secret}/training.ics": "one's own due days, by an address that one made",
    "/api/v1/schema/openapi.json": "the API's description",
    "/policy/{number}/file.toml": "a version of policy as it was written",
    "/passport.pdf": "one's own passport",
    "/people/{national_id}/passport.pdf": "one person's passport on paper",
    "/passport/my-data/copy.json": "everything held on oneself",
    "/passport/my-data/copy.pdf": "the same, on paper",
}


def giving_files() -> list[Module]:
    return [module for module in modules() if "Content-Disposition" in strings_of(module)]


def strings_of(module: Module) -> set[str]:
    nodes = ast.walk(module.syntax)
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def takes(module: Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == REGISTER
        and "take" in {one.name for one in node.names}
        for node in ast.walk(module.syntax)
    )


def test_whatever_gives_a_file_enters_it_in_the_register() -> None:
    past_it = {module.name for module in giving_files() if not takes(module)}
    assert past_it == NO_EXPORT.keys(), "take() it first, or say here why it is no export"


def test_every_address_of_a_file_is_an_export_or_says_why_not() -> None:
    exports = {route.path for _, route in matrix().routes() if route.way is Way.EXPORT}
    files = {
        route.path_format
        for route in create_litestar().routes
        if isinstance(route, HTTPRoute)
        for handler, _ in route.route_handler_map.values()
        if PurePosixPath(route.path_format).suffix or "csv" in str(handler.media_type)
    }
    assert files - exports == ROUTES_NO_EXPORT.keys()
    assert exports <= files
