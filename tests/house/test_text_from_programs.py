"""Has every text that a program may send a pattern? The accident: a NUL, which no database keeps, is told as our fault."""

from collections.abc import Iterator, Mapping

import pytest

from attested.app import create_litestar

BOUNDED = {"pattern", "enum", "format", "const"}
# A file comes with its force, which is looked up before anything else.
FORMS = {"NewFile"}


def names_in(node: object) -> Iterator[str]:
    """Return every schema that a part of the document leads to at once."""
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for one in node.values():
            yield from names_in(one)
    elif isinstance(node, list):
        for one in node:
            yield from names_in(one)


def loose(schema: Mapping[str, object]) -> bool:
    """Say whether a schema takes any text at all."""
    if BOUNDED & set(schema):
        return False
    choices = [schema, *(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())]  # type: ignore[misc]
    return any("string" in str(one.get("type")) and not BOUNDED & set(one) for one in choices)


@pytest.fixture(scope="module")
def document() -> Mapping[str, dict[str, dict[str, object]]]:
    return create_litestar().openapi_schema.to_schema()


def test_every_text_a_program_sends_has_a_pattern(
    document: Mapping[str, dict[str, dict[str, object]]],
) -> None:
    bodies = [
        operation["requestBody"]  # type: ignore[index]
        for operations in document["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation  # type: ignore[operator]
    ]
    waiting, found = set(names_in(bodies)) - FORMS, set[str]()
    schemas = document["components"]["schemas"]
    while waiting - found:
        found |= {name := (waiting - found).pop()}
        waiting |= set(names_in(schemas[name]))
    assert found
    fields = {
        f"{name}.{field}": schema
        for name in found
        for field, schema in schemas[name].get("properties", {}).items()  # type: ignore[attr-defined]
    }
    assert {name for name, schema in fields.items() if loose(schema)} == set()
