"""Which rooms have pages, and which answer programs?"""

from litestar.types import ControllerRouterHandler

from access.matrix_page import who_may_see_what
from access.readings import endpoints as reading_endpoints
from access.readings import pages as reading_pages
from attested.files.endpoints import FileEndpoints
from attested.files.pages import FilePages
from attested.heads.endpoints import HeadEndpoints
from attested.heads.pages import HeadPages
from attested.operations.endpoints import JobEndpoints
from attested.operations.pages import JobPages
from licence.desk.endpoints import DeskEndpoints
from licence.desk.pages import DeskPages
from licence.figures.endpoints import FigureEndpoints
from licence.figures.pages import FigurePages
from licence.passport_page import endpoints as passport_endpoints
from licence.passport_page import pages as passport_pages
from licence.team.endpoints import TeamEndpoints
from licence.team.pages import TeamPages
from licence.vetting.case_pages import CasePages
from licence.vetting.clearance_pages import ClearancePages
from licence.vetting.endpoints import ClearanceEndpoints, VettingEndpoints
from licence.vetting.pages import VettingPages
from passport.policy.endpoints import PolicyEndpoints
from passport.policy.pages import PolicyPages
from people.notices.endpoints import NoticeEndpoints
from people.notices.pages import InboxPages
from people.roles.acting import ActingPages
from people.roles.endpoints import RoleEndpoints
from people.roles.pages import RolePages

PAGES: tuple[ControllerRouterHandler, ...] = (
    ActingPages,
    CasePages,
    ClearancePages,
    DeskPages,
    FigurePages,
    FilePages,
    HeadPages,
    InboxPages,
    JobPages,
    PolicyPages,
    RolePages,
    TeamPages,
    VettingPages,
    *passport_pages.HANDLERS,
    *reading_pages.HANDLERS,
)

ENDPOINTS: tuple[ControllerRouterHandler, ...] = (
    who_may_see_what,
    ClearanceEndpoints,
    DeskEndpoints,
    FigureEndpoints,
    FileEndpoints,
    HeadEndpoints,
    JobEndpoints,
    NoticeEndpoints,
    PolicyEndpoints,
    RoleEndpoints,
    TeamEndpoints,
    VettingEndpoints,
    *passport_endpoints.HANDLERS,
    *reading_endpoints.HANDLERS,
)
