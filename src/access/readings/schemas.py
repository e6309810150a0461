"""Which questions about readings do programs ask alike, of themselves and of others?"""

from datetime import date
from typing import Annotated

from litestar.params import QueryParameter

OnDay = Annotated[date | None, QueryParameter(name="on", description="Only this day, in London.")]
