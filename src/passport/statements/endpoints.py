"""What statements mean, for programs: the same answers as on the pages."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from access.readings.recording import note_looked
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from passport.statements.actions import end_mapping, ignore_actor, map_activity, name_actor
from passport.statements.facts import mappings_of, waiting
from passport.statements.reach import force_of
from passport.statements.schemas import (
    AccountAsked,
    IgnoredAsked,
    MappingAsked,
    StatementsDocument,
    statements_document,
)
from people.persons.meant import people_meant

MAP = {"permission": Permission.STATEMENT_MAP}
MappingNumber = Annotated[
    int, PathParameter(name="mapping_id", ge=1, le=2**31 - 1, description="The number of the mapping.")
]


class StatementEndpoints(Controller):
    """What a program may answer for a learning system."""

    path = "/statements"
    tags = ("Statements",)

    @get("/", opt=MAP, operation_id="statements", summary="What waits for an answer")
    async def listed(self, request: ApiRequest) -> StatementsDocument:
        """Return which activities and accounts statements speak of that nobody could place, and what is mapped here."""
        return await _told(request)

    @post(
        "/mappings",
        opt=MAP,
        operation_id="mapActivity",
        summary="Say what an activity meets",
        responses=refusals(409),
    )
    async def map(self, request: ApiRequest, data: Annotated[MappingAsked, Body()]) -> StatementsDocument:
        """Map a verb of an activity to a requirement, or to none; what waited for it is looked at again."""
        await map_activity(force_of(request.user), data.meant(), actor=actor_of(request))
        return await _told(request)

    @post(
        "/mappings/{mapping_id:int}/end",
        opt=MAP,
        status_code=200,
        operation_id="endMapping",
        summary="End a mapping",
        responses=refusals(409),
    )
    async def end(self, request: ApiRequest, mapping_id: MappingNumber) -> StatementsDocument:
        """End a mapping: what it gave stays, and what arrives from now on waits."""
        await end_mapping(force_of(request.user), mapping_id, actor=actor_of(request))
        return await _told(request)

    @post(
        "/accounts",
        opt=MAP,
        status_code=200,
        operation_id="nameAccount",
        summary="Say whose an account is",
        responses=refusals(409),
    )
    async def name(self, request: ApiRequest, data: Annotated[AccountAsked, Body()]) -> StatementsDocument:
        """Say whose an account or mailbox is; what waited for it is looked at again."""
        force_id = force_of(request.user)
        meant = await people_meant(request.user, Permission.STATEMENT_MAP, force_id, data.person, on=today())
        if len(meant.person_ids) != 1 or meant.unknown:
            raise InvalidError(errors={"person": "is not the number of one person of your force"})
        await name_actor(force_id, data.account, meant.person_ids[0], actor=actor_of(request))
        return await _told(request)

    @post(
        "/accounts/ignored",
        opt=MAP,
        status_code=200,
        operation_id="ignoreAccount",
        summary="Put an account's statements aside",
        responses=refusals(409),
    )
    async def ignore(self, request: ApiRequest, data: Annotated[IgnoredAsked, Body()]) -> StatementsDocument:
        """Put aside what waits of an account that is nobody's; the statements stay in the record."""
        await ignore_actor(force_of(request.user), data.account, actor=actor_of(request))
        return await _told(request)


async def _told(request: ApiRequest) -> StatementsDocument:
    force_id = force_of(request.user)
    look = look_of(request, Opened.STATEMENTS, Way.PROGRAM)
    await note_looked(request.user, Permission.STATEMENT_MAP, look)
    return statements_document(await waiting(force_id), await mappings_of(force_id))
