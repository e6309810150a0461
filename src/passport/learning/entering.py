"""Which doors does evidence have, and in which form do answers and good news come through them?"""

from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission

READ = {"permission": Permission.EVIDENCE_READ}
RECORD = {"permission": Permission.EVIDENCE_RECORD}
VERIFY = {"permission": Permission.EVIDENCE_VERIFY}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
