"""Which version does an address of the policy desk name, and what has just been done?"""

from typing import Annotated

from litestar.params import PathParameter, QueryParameter

Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
