"""How does a person read what the API offers to programs? The page is made from the document that programs read."""

from litestar import get
from litestar.response import Template

from access.permissions import Permission
from access.shell import AnyonesRequest, shell_for
from attested.api.description import DOCUMENT, SCHEMES
from attested.api.reading import parts_of, refusals_of, shapes_of
from foundation.pages import page
from foundation.parts import Column

PARAMETERS = tuple(map(Column, ("Name", "Where", "What", "Needed", "Meaning")))
ANSWERS = tuple(map(Column, ("Status", "Meaning", "What comes")))
REFUSALS = tuple(map(Column, ("Status", "Meaning")))
FIELDS = tuple(map(Column, ("Field", "What", "Always there")))


@get("/api", opt={"permission": Permission.PUBLIC}, include_in_schema=False)
async def api(request: AnyonesRequest) -> Template:
    """Show every operation, with what it takes and what it may answer."""
    document = request.app.openapi_schema
    shapes = shapes_of(document)
    return page(
        "api/api.html",
        shell_for(request, "API for developers"),
        about=document.info.description,
        document=DOCUMENT,
        schemes=SCHEMES.values(),
        parts=parts_of(document),
        refusals=refusals_of(document),
        shapes=[one for one in shapes if one.fields],
        words=[one for one in shapes if one.words],
        parameter_columns=PARAMETERS,
        answer_columns=ANSWERS,
        field_columns=FIELDS,
        refusal_columns=REFUSALS,
    )
