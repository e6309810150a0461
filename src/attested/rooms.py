"""Which rooms have pages, and which answer programs?"""

from litestar.types import ControllerRouterHandler

from attested.files.endpoints import FileEndpoints
from attested.files.pages import FilePages
from attested.operations.endpoints import JobEndpoints
from attested.operations.pages import JobPages
from licence.desk.endpoints import DeskEndpoints
from licence.desk.pages import DeskPages
from licence.passport_page import endpoints as passport_endpoints
from licence.passport_page import pages as passport_pages
from licence.team.endpoints import TeamEndpoints
from licence.team.pages import TeamPages
from passport.policy.endpoints import PolicyEndpoints
from passport.policy.pages import PolicyPages
from people.notices.endpoints import NoticeEndpoints
from people.notices.pages import InboxPages
from people.roles.acting import ActingPages
from people.roles.endpoints import RoleEndpoints
from people.roles.pages import RolePages

PAGES: tuple[ControllerRouterHandler, ...] = (
    ActingPages,
    DeskPages,
    FilePages,
    InboxPages,
    JobPages,
    PolicyPages,
    RolePages,
    TeamPages,
    *passport_pages.HANDLERS,
)

ENDPOINTS: tuple[ControllerRouterHandler, ...] = (
    DeskEndpoints,
    FileEndpoints,
    JobEndpoints,
    NoticeEndpoints,
    PolicyEndpoints,
    RoleEndpoints,
    TeamEndpoints,
    *passport_endpoints.HANDLERS,
)
