"""Is the API's document whole, valid and the one that was reviewed? The accident: a program is told what is not so."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from openapi_spec_validator import OpenAPIV31SpecValidator

from attested.api.description import TAGS
from attested.api.written import WRITTEN, document
from attested.app import create_litestar
from setup import node_folder
from tests.house.tree import ROOT

LINTER = ROOT / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_litestar()


def linted(path: Path) -> "subprocess.CompletedProcess[str]":
    """Put a document to the linter."""
    node = node_folder()
    assert node is not None, "make setup brings Node.js"
    return subprocess.run(
        [node / "node", LINTER, "lint", "--format=stylish", path],
        cwd=ROOT, env={**os.environ, **QUIET}, check=False, capture_output=True, text=True,
    )  # fmt: skip


def test_the_document_written_down_is_the_one_that_is_served() -> None:
    assert WRITTEN.read_text("utf-8") == document(), (
        "review it, then write it: python -m attested.api.written"
    )


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(json.loads(WRITTEN.read_text("utf-8"))).validate()


def test_no_shape_is_named_after_the_module_it_lies_in() -> None:
    """The accident: two shapes of one name, and programs read of both where they lie in our code."""
    shapes = json.loads(WRITTEN.read_text("utf-8"))["components"]["schemas"]
    assert [name for name in shapes if "_schemas_" in name] == []


def test_the_linter_has_nothing_to_say() -> None:
    done = linted(WRITTEN)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_would_notice(tmp_path: Path) -> None:
    whole = json.loads(WRITTEN.read_text("utf-8"))
    del whole["paths"]["/api/v1/team"]["get"]["summary"]
    worse = tmp_path / "openapi.json"
    worse.write_text(json.dumps(whole), "utf-8")
    done = linted(worse)
    assert done.returncode != 0
    assert "operation-summary" in done.stdout + done.stderr


def test_every_route_of_the_api_is_in_the_document(app: Litestar) -> None:
    routes = {
        (method.lower(), route.path_format)
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/v1/")
        for method in route.methods
        if method != "OPTIONS" and not route.path.startswith("/api/v1/schema")
    }
    paths = json.loads(WRITTEN.read_text("utf-8"))["paths"]
    assert routes == {(method, path) for path, item in paths.items() for method in item}


def test_every_operation_belongs_to_one_part_and_names_itself(app: Litestar) -> None:
    paths = json.loads(WRITTEN.read_text("utf-8"))["paths"]
    strange = [
        operation["operationId"]
        for item in paths.values()
        for operation in item.values()
        if operation["tags"] not in [[tag] for tag in TAGS] or not operation["operationId"].isidentifier()
    ]
    assert strange == []


def test_every_refusal_is_a_problem_document() -> None:
    paths = json.loads(WRITTEN.read_text("utf-8"))["paths"]
    others = [
        (operation["operationId"], status)
        for item in paths.values()
        for operation in item.values()
        for status, answer in operation["responses"].items()
        if status >= "400" and list(answer["content"]) != ["application/problem+json"]
    ]
    assert others == []
