"""How is a parameter described as what it is: text in an address, which is there or is not, and is never null?"""

from dataclasses import dataclass, replace

from litestar.openapi.spec import OpenAPIType, Operation, Parameter, Reference, Schema


@dataclass
class PlainOperation(Operation):
    """An operation whose optional parameters are left out and not null, and whose bounds are whole numbers."""

    def __post_init__(self) -> None:
        """Put the parameters right; Litestar describes them by their Python types alone (traps L23)."""
        self.parameters = [
            replace(one, schema=_plain(one.schema)) if isinstance(one, Parameter) else one
            for one in self.parameters or ()
        ] or None


def _plain(schema: Schema | Reference | None) -> Schema | Reference | None:
    if not isinstance(schema, Schema):
        return schema
    others = [one for one in schema.one_of or () if not _is_null(one)]
    if schema.one_of is None or len(others) != 1:
        return _whole(schema)
    (other,) = others
    if isinstance(other, Reference):
        return replace(schema, one_of=None, all_of=[other])
    return _whole(replace(schema, one_of=None, type=other.type, format=other.format))


def _is_null(schema: Schema | Reference) -> bool:
    return isinstance(schema, Schema) and schema.type == OpenAPIType.NULL


def _whole(schema: Schema) -> Schema:
    """Write the bounds of a whole number as whole numbers."""
    if schema.type != OpenAPIType.INTEGER:
        return schema
    return replace(schema, minimum=_number(schema.minimum), maximum=_number(schema.maximum))


def _number(bound: float | None) -> int | None:
    return None if bound is None else int(bound)
