"""Which doors does development have, and in which form do answers and good news come through them?"""

from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission
from access.unsent.keeping import TYPED

KEEP = {"permission": Permission.CPD_KEEP, TYPED: "your entry of development"}
READ = {"permission": Permission.CPD_READ}
VERIFY = {"permission": Permission.CPD_VERIFY, TYPED: "what you wrote of somebody’s entry"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
Aside = Annotated[bool, QueryParameter(name="aside", description="What was put aside, instead.")]
