"""Before which of a list's numbers does the page begin that somebody asks for?"""

from typing import Annotated

from litestar.params import QueryParameter

from foundation.requests import EXACT

Before = Annotated[
    int | None,
    QueryParameter(name="before", ge=1, le=EXACT, description="The `next_before` of the page before."),
]
