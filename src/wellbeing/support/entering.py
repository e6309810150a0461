"""Which doors does care have, and in which form do answers, good news and policy come through them?"""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission
from wellbeing.support.rules import Terms

READ = {"permission": Permission.CARE_READ}
OFFER = {"permission": Permission.CARE_OFFER}
NOTE = {"permission": Permission.CARE_NOTE}
OWN = {"permission": Permission.CARE_OWN}
TEAM = {"permission": Permission.TEAM_READ}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
ByPolicy = NamedDependency[Terms]
"""When support is due, as the roof knows from policy."""
