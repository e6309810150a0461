"""Which rooms have pages, and which answer programs?"""

from litestar.types import ControllerRouterHandler

from attested.operations.endpoints import JobEndpoints
from attested.operations.pages import JobPages
from licence.passport_page import endpoints as passport_endpoints
from licence.passport_page import pages as passport_pages
from people.notices.endpoints import NoticeEndpoints
from people.notices.pages import InboxPages

PAGES: tuple[ControllerRouterHandler, ...] = (
    InboxPages,
    JobPages,
    *passport_pages.HANDLERS,
)

ENDPOINTS: tuple[ControllerRouterHandler, ...] = (
    JobEndpoints,
    NoticeEndpoints,
    *passport_endpoints.HANDLERS,
)
