"""Which doors does vetting have, and in which form do answers and good news come through them?"""

from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission

READ = {"permission": Permission.VETTING_CASE_READ}
WRITE = {"permission": Permission.VETTING_CASE_WRITE}
ASSIGN = {"permission": Permission.VETTING_CASE_ASSIGN}
CLEARANCES = {"permission": Permission.CLEARANCE_READ}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
