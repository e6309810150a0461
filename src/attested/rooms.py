"""Which rooms have pages, and which answer programs?"""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from access.exports.endpoints import ExportEndpoints
from access.exports.pages import ExportPages
from access.matrix_page import who_may_see_what
from access.readings import endpoints as reading_endpoints
from access.readings import pages as reading_pages
from access.unsent.pages import UnsentPages
from attested.care_terms import care_terms
from attested.conversation_sheet import conversation_sheet
from attested.files.endpoints import FileEndpoints
from attested.files.pages import FilePages
from attested.files.returned_pages import ReturnedPages
from attested.files.waiting import WaitingPages
from attested.front.endpoints import MeEndpoints
from attested.heads.endpoints import HeadEndpoints
from attested.heads.pages import HeadPages
from attested.operations.endpoints import JobEndpoints
from attested.operations.pages import JobPages
from attested.retention.endpoints import RetentionEndpoints
from attested.retention.pages import RetentionPages
from attested.subject_access.endpoints import (
    HealthExemptionEndpoints,
    OwnDataEndpoints,
    RequestEndpoints,
    VettingExemptionEndpoints,
)
from attested.subject_access.exemption_pages import HealthExemptionPages, VettingExemptionPages
from attested.subject_access.own_pages import OwnDataPages
from attested.subject_access.pages import RequestPages
from licence.calendar.endpoints import CalendarEndpoints
from licence.calendar.pages import CalendarPages
from licence.calendar.public import calendar
from licence.desk.endpoints import DeskEndpoints
from licence.desk.export_pages import DeskExportPages
from licence.desk.pages import DeskPages
from licence.figures.endpoints import FigureEndpoints
from licence.figures.pages import FigurePages
from licence.passport_page import endpoints as passport_endpoints
from licence.passport_page import pages as passport_pages
from licence.pathways.endpoints import LinePathwayEndpoints, PathwayEndpoints
from licence.pathways.pages import LinePathwayPages, PathwayPages
from licence.planning.endpoints import DemandFileEndpoints, PlanningEndpoints
from licence.planning.pages import PlanningPages
from licence.planning.team_endpoints import TeamForecastEndpoints
from licence.planning.team_pages import TeamForecastPages
from licence.team.endpoints import TeamEndpoints
from licence.team.pages import TeamPages
from licence.vetting.case_pages import CasePages
from licence.vetting.clearance_pages import ClearancePages
from licence.vetting.endpoints import ClearanceEndpoints, VettingEndpoints
from licence.vetting.pages import VettingPages
from licence.whatif.approval_endpoints import ApprovalEndpoints
from licence.whatif.approval_pages import ApprovalPages
from licence.whatif.endpoints import WhatIfEndpoints
from licence.whatif.pages import WhatIfPages
from licence.whatif.people_pages import WhatIfPeoplePages
from passport.classes.cancel_pages import CancelPages
from passport.classes.endpoints import ClassEndpoints
from passport.classes.pages import ClassPages
from passport.classes.particulars_pages import ParticularsPages
from passport.conversations.due_pages import DuePages
from passport.conversations.endpoints import DueEndpoints, HoldEndpoints
from passport.conversations.pages import HoldPages, TeamConversationPages
from passport.conversations.talk_endpoints import OwnConversationEndpoints, TalkEndpoints, tick
from passport.conversations.talk_pages import OwnConversationPages, TalkPages
from passport.conversations.talk_pages import tick as tick_on_page
from passport.cpd.endpoints import OwnCpdEndpoints, SharedCpdEndpoints
from passport.cpd.file_endpoints import OwnCpdFileEndpoints, SharedCpdFileEndpoints
from passport.cpd.file_pages import OwnCpdFilePages, SharedCpdFilePages
from passport.cpd.own_pages import OwnCpdPages
from passport.cpd.pages import SharedCpdPages
from passport.drafting.endpoints import DraftEndpoints, PolicyTextEndpoints
from passport.drafting.file_pages import PolicyFilePages
from passport.drafting.pages import DraftPages
from passport.drafting.part_pages import DraftPartPages
from passport.leadership.endpoints import LeadershipEndpoints, OwnLeadershipEndpoints
from passport.leadership.file_endpoints import JudgedFileEndpoints, OwnExampleFileEndpoints
from passport.leadership.file_pages import JudgedFilePages, OwnExampleFilePages
from passport.leadership.own_pages import OwnLeadershipPages
from passport.leadership.pages import JudgingPages, LeadershipPages
from passport.learning.endpoints import EvidenceEndpoints
from passport.learning.file_endpoints import EvidenceFileEndpoints
from passport.learning.file_pages import RecordFilePages
from passport.learning.pages import OthersEvidencePages, OwnEvidencePages
from passport.learning.record_pages import RecordPages
from passport.learning.verification_pages import VerificationPages
from passport.own_settings.endpoints import SettingEndpoints
from passport.own_settings.pages import SettingPages
from passport.policy.endpoints import PolicyEndpoints
from passport.policy.pages import PolicyPages
from passport.prior.endpoints import OwnPriorEndpoints, PriorEndpoints
from passport.prior.pages import OwnPriorPages, PriorPages
from passport.providers.endpoints import DoubtEndpoints, ProviderEndpoints
from passport.providers.pages import ProviderPages
from passport.standards.endpoints import StandardEndpoints
from passport.standards.pages import StandardPages
from passport.statements.endpoints import StatementEndpoints
from passport.statements.pages import StatementPages
from passport.statements.receiving import XAPI
from passport.waivers.endpoints import WaiverEndpoints
from passport.waivers.pages import WaiverPages
from people.glass.endpoints import GlassEndpoints
from people.glass.pages import GlassPages
from people.glass.review_pages import GlassReviewPages
from people.notices.endpoints import NoticeEndpoints
from people.notices.pages import InboxPages
from people.privacy.delay_pages import DelayPages
from people.privacy.endpoints import PrivacyEndpoints
from people.privacy.pages import PrivacyPages
from people.roles.acting import ActingPages
from people.roles.endpoints import RoleEndpoints
from people.roles.pages import RolePages
from wellbeing.support.endpoints import CareDeskEndpoints, CareEndpoints, OwnCareEndpoints
from wellbeing.support.own_pages import CheckInPages, OwnCarePages
from wellbeing.support.pages import CareDeskPages, CarePages

# The wing of care reads no policy: it is told its terms.
_BY_POLICY = {"terms": Provide(care_terms)}
# Conversations ask no licence: they are told what falls due.
_WITH_SHEET = {"preparing": Provide(conversation_sheet)}

PAGES: tuple[ControllerRouterHandler, ...] = (
    ApprovalPages,
    SettingPages,
    WhatIfPages,
    WhatIfPeoplePages,
    ActingPages,
    CalendarPages,
    CarePages,
    CasePages,
    CancelPages,
    ClassPages,
    ParticularsPages,
    OwnPriorPages,
    PriorPages,
    ProviderPages,
    WaiverPages,
    ClearancePages,
    DelayPages,
    DraftPages,
    DraftPartPages,
    DeskExportPages,
    DeskPages,
    DuePages,
    ExportPages,
    FigurePages,
    FilePages,
    ReturnedPages,
    WaitingPages,
    GlassPages,
    GlassReviewPages,
    HeadPages,
    HealthExemptionPages,
    InboxPages,
    JobPages,
    OthersEvidencePages,
    JudgingPages,
    JudgedFilePages,
    LeadershipPages,
    OwnCarePages,
    OwnCpdPages,
    OwnCpdFilePages,
    OwnConversationPages,
    OwnDataPages,
    PolicyFilePages,
    OwnEvidencePages,
    OwnLeadershipPages,
    OwnExampleFilePages,
    PlanningPages,
    PathwayPages,
    LinePathwayPages,
    PolicyPages,
    PrivacyPages,
    RecordFilePages,
    RecordPages,
    RequestPages,
    RetentionPages,
    RolePages,
    SharedCpdPages,
    SharedCpdFilePages,
    StandardPages,
    TalkPages,
    TeamConversationPages,
    TeamForecastPages,
    StatementPages,
    TeamPages,
    VerificationPages,
    VettingExemptionPages,
    VettingPages,
    *passport_pages.HANDLERS,
    Router("/", route_handlers=[CareDeskPages, CheckInPages], dependencies=_BY_POLICY),
    Router("/", route_handlers=[HoldPages], dependencies=_WITH_SHEET),
    *reading_pages.HANDLERS,
    calendar,
    tick_on_page,
    who_may_see_what,
    UnsentPages,
    XAPI,
)

ENDPOINTS: tuple[ControllerRouterHandler, ...] = (
    ApprovalEndpoints,
    SettingEndpoints,
    WhatIfEndpoints,
    MeEndpoints,
    CalendarEndpoints,
    CareEndpoints,
    ClassEndpoints,
    OwnPriorEndpoints,
    PriorEndpoints,
    DoubtEndpoints,
    ProviderEndpoints,
    WaiverEndpoints,
    ClearanceEndpoints,
    DeskEndpoints,
    DraftEndpoints,
    DueEndpoints,
    EvidenceEndpoints,
    EvidenceFileEndpoints,
    ExportEndpoints,
    FigureEndpoints,
    FileEndpoints,
    GlassEndpoints,
    HeadEndpoints,
    HealthExemptionEndpoints,
    JobEndpoints,
    OwnCareEndpoints,
    OwnCpdEndpoints,
    OwnCpdFileEndpoints,
    OwnConversationEndpoints,
    OwnDataEndpoints,
    OwnLeadershipEndpoints,
    LeadershipEndpoints,
    OwnExampleFileEndpoints,
    JudgedFileEndpoints,
    NoticeEndpoints,
    DemandFileEndpoints,
    PlanningEndpoints,
    PathwayEndpoints,
    LinePathwayEndpoints,
    PolicyEndpoints,
    PolicyTextEndpoints,
    PrivacyEndpoints,
    RequestEndpoints,
    RetentionEndpoints,
    RoleEndpoints,
    SharedCpdEndpoints,
    SharedCpdFileEndpoints,
    StandardEndpoints,
    TalkEndpoints,
    StatementEndpoints,
    TeamEndpoints,
    TeamForecastEndpoints,
    VettingEndpoints,
    VettingExemptionEndpoints,
    *passport_endpoints.HANDLERS,
    Router("/", route_handlers=[CareDeskEndpoints], dependencies=_BY_POLICY),
    Router("/", route_handlers=[HoldEndpoints], dependencies=_WITH_SHEET),
    tick,
    *reading_endpoints.HANDLERS,
)
