"""Which questions about readings do programs ask alike, of themselves and of others?"""

from datetime import date
from typing import Annotated

from litestar.params import QueryParameter

from foundation.requests import EXACT

OnDay = Annotated[date | None, QueryParameter(name="on", description="Only this day, in London.")]
Before = Annotated[
    int | None,
    QueryParameter(name="before", ge=1, le=EXACT, description="The `next_before` of the page before."),
]
