"""Which doors does evidence have, and in which form do answers and good news come through them?"""

from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission
from access.unsent.keeping import TYPED

READ = {"permission": Permission.EVIDENCE_READ}
RECORD = {"permission": Permission.EVIDENCE_RECORD, TYPED: "the record of what was met"}
VERIFY = {"permission": Permission.EVIDENCE_VERIFY, TYPED: "your reason"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
