"""What does the API offer, told to a person: its parts, operations, shapes and refusals, out of its own document?"""

from collections.abc import Iterator
from dataclasses import dataclass

from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    RequestBody,
    Schema,
)

REFUSED = "400"
METHODS = ("get", "post", "put", "patch", "delete")
FORMATS = {"date": "day", "date-time": "instant", "binary": "file"}
WORDS = {
    OpenAPIType.STRING: "text",
    OpenAPIType.INTEGER: "whole number",
    OpenAPIType.NUMBER: "number",
    OpenAPIType.BOOLEAN: "true or false",
    OpenAPIType.OBJECT: "object",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in words; `shape` names the shape that the words speak of, if they do."""

    before: str = ""
    shape: str | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field."""

    name: str
    kind: Kind
    is_needed: bool
    where: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What may come back: a status, what it means, and what comes with it."""

    status: str
    description: str
    media: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    changes_something: bool
    parameters: tuple[Field, ...]
    body: Answer | None
    answers: tuple[Answer, ...]
    refusals: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Operations that belong together."""

    name: str
    description: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape: fields, or the words that there are."""

    name: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]


def parts_of(document: OpenAPI) -> tuple[Part, ...]:
    """Return the parts in the document's order, each with its operations by path."""
    offers = sorted(_offers(document), key=lambda one: (one[1].path, one[1].method))
    return tuple(
        Part(tag.name, tag.description or "", tuple(offer for name, offer in offers if name == tag.name))
        for tag in document.tags or ()
    )


def shapes_of(document: OpenAPI) -> tuple[Shape, ...]:
    """Return every named shape, by name."""
    return tuple(_shape(name, schema) for name, schema in sorted(document.components.schemas.items()))


def refusals_of(document: OpenAPI) -> tuple[Answer, ...]:
    """Return every refusal that an operation documents, once."""
    found = {one.status: one for _, offer in _offers(document) for one in offer.refusals}
    return tuple(one for _, one in sorted(found.items()))


def _shape(name: str, schema: Schema) -> Shape:
    needed = schema.required or ()
    fields = tuple(Field(one, _kind(what), one in needed) for one, what in (schema.properties or {}).items())
    return Shape(name, fields, tuple(str(word) for word in schema.enum or ()))


def _offers(document: OpenAPI) -> Iterator[tuple[str, Offer]]:
    for path, item in (document.paths or {}).items():
        for method in METHODS:
            operation = getattr(item, method)
            if isinstance(operation, Operation):
                yield (operation.tags or ("",))[0], _offer(method, path, operation)


def _offer(method: str, path: str, operation: Operation) -> Offer:
    answers = tuple(_answers(operation))
    return Offer(
        id=operation.operation_id or "",
        method=method.upper(),
        path=path,
        summary=operation.summary or "",
        description=operation.description or "",
        changes_something=method != "get",
        parameters=tuple(_parameters(operation)),
        body=_body(operation.request_body),
        answers=tuple(one for one in answers if one.status < REFUSED),
        refusals=tuple(one for one in answers if one.status >= REFUSED),
    )


def _parameters(operation: Operation) -> Iterator[Field]:
    for one in operation.parameters or ():
        if isinstance(one, Parameter):
            yield Field(one.name, _kind(one.schema), one.required, one.param_in, one.description or "")


def _body(body: RequestBody | Reference | None) -> Answer | None:
    if not isinstance(body, RequestBody):
        return None
    ((media, content),) = body.content.items()
    return Answer("", body.description or "", media, _kind(content.schema))


def _answers(operation: Operation) -> Iterator[Answer]:
    for status, one in sorted((operation.responses or {}).items()):
        if isinstance(one, OpenAPIResponse):
            media, content = next(iter((one.content or {}).items()), ("", None))
            yield Answer(status, one.description, media, _kind(content.schema) if content else None)


def _kind(schema: Schema | Reference | None) -> Kind:
    if isinstance(schema, Reference):
        return Kind(shape=schema.ref.rpartition("/")[2])
    if schema is None:
        return Kind("anything")
    others = [one for one in (*(schema.one_of or ()), *(schema.all_of or ())) if not _is_null(one)]
    if others:
        known = _kind(others[0])
        return Kind(known.before, known.shape, f"{known.after} or null") if schema.one_of else known
    if schema.type == OpenAPIType.ARRAY and not isinstance(schema.items, bool):
        known = _kind(schema.items)
        return Kind(f"list of {known.before}", known.shape, known.after)
    words = WORDS.get(schema.type) if isinstance(schema.type, OpenAPIType) else None
    return Kind(FORMATS.get(str(getattr(schema.format, "value", schema.format))) or words or "anything")


def _is_null(schema: Schema | Reference) -> bool:
    return isinstance(schema, Schema) and schema.type == OpenAPIType.NULL
