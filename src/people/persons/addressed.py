"""How is a person named in the address of a call?"""

from typing import Annotated

from litestar.openapi.spec import Example
from litestar.params import PathParameter

NationalId = Annotated[
    str,
    PathParameter(
        name="national_id",
        max_length=20,
        description="The person's national identifier.",
        examples=[Example(value="8ECA-9MVN-M")],
    ),
]
