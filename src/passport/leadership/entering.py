"""Which doors does leadership have, and in which form do answers and good news come through them?"""

from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission
from access.unsent.keeping import TYPED

KEEP = {"permission": Permission.LEADERSHIP_KEEP, TYPED: "your example of leadership"}
READ = {"permission": Permission.LEADERSHIP_READ}
JUDGE = {"permission": Permission.LEADERSHIP_JUDGE, TYPED: "your judgement"}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
Aside = Annotated[bool, QueryParameter(name="aside", description="What was put aside, instead.")]
OfStage = Annotated[int | None, QueryParameter(name="stage", ge=1, le=5, description="Only this stage.")]
