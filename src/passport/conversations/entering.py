"""Which doors do conversations have, and in which form do answers, good news and the sheet come through them?"""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission
from passport.conversations.preparing import Preparing

OWN = {"permission": Permission.CONVERSATION_OWN}
ANSWER = {"permission": Permission.CONVERSATION_ANSWER}
HOLD = {"permission": Permission.CONVERSATION_HOLD}
PART = {"permission": Permission.CONVERSATION_TAKE_PART}
STATUS = {"permission": Permission.CONVERSATION_STATUS}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]
Sheet = NamedDependency[Preparing]
"""What there is to speak about, as the roof knows from every wing that has something to say."""
