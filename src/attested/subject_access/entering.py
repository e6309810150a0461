"""Which doors are there to what is held on somebody, and in which form do answers and good news come through them?"""

from enum import StrEnum
from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from access.permissions import Permission

OWN = {"permission": Permission.SUBJECT_ACCESS_OWN}
HANDLE = {"permission": Permission.SUBJECT_ACCESS_HANDLE}
CLINICAL = {"permission": Permission.EXEMPTION_CLINICAL}
VETTING = {"permission": Permission.EXEMPTION_VETTING}
Answers = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Done = Annotated[str, QueryParameter(name="done", max_length=20)]


class Purpose(StrEnum):
    """What a record is opened for by whoever judges it."""

    JUDGING = "judging what may be given"
    ADVISING = "advising whoever judges"
