"""The accident: a new route that nobody thought about answers everybody."""

import pytest
from litestar import Litestar
from litestar.routes import ASGIRoute, HTTPRoute

from access.permissions import Permission
from attested.app import create_litestar


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_litestar()


def test_every_route_declares_a_permission(app: Litestar) -> None:
    undeclared = [
        f"{method} {route.path}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS" and not isinstance(handler.opt.get("permission"), Permission)
    ]
    undeclared += [
        route.path
        for route in app.routes
        if isinstance(route, ASGIRoute)
        and not isinstance(route.route_handler.opt.get("permission"), Permission)
    ]
    assert undeclared == []


def test_whatever_changes_something_is_guarded_against_forged_forms(app: Litestar) -> None:
    excluded = [
        route.path
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler, _ in route.route_handler_map.values()
        if handler.opt.get("exclude_from_csrf")
    ]
    # The identity provider itself calls there, without a cookie or a form of ours; its signature is looked at.
    assert excluded == ["/sign-out/by-provider"]


def test_every_endpoint_of_the_api_says_what_it_does(app: Litestar) -> None:
    described = app.openapi_schema.to_schema()
    silent = [
        f"{method} {path}"
        for path, item in described.get("paths", {}).items()
        for method, operation in item.items()
        if not operation.get("description")
    ]
    assert silent == []
