"""Does the API's document say that a body which refuses unknown fields refuses them?"""

from litestar._openapi.schema_generation import SchemaCreator
from litestar._openapi.schema_generation.plugins.struct import StructSchemaPlugin
from litestar.openapi.spec import Schema
from litestar.typing import FieldDefinition
from msgspec import Struct


class ClosedBodies(StructSchemaPlugin):
    """Describes what forbids unknown fields as what has no additional properties: Litestar's own words leave it out."""

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Say whether a type is one that forbids unknown fields."""
        found = field_definition.annotation
        is_struct = isinstance(found, type) and issubclass(found, Struct)
        return is_struct and bool(found.__struct_config__.forbid_unknown_fields)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:
        """Describe it as Litestar does, and closed."""
        schema = super().to_openapi_schema(field_definition, schema_creator)
        schema.additional_properties = False
        return schema
