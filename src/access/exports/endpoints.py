"""Exports for programs: what left, and agreeing to what waits."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import PathParameter

from access.asking import ApiRequest, actor_of
from access.exports.actions import answer
from access.exports.facts import Export, ExportPage, export_of, exports_of
from access.permission_map import forces_of
from access.permissions import Permission
from foundation.paging import Before
from foundation.refusals import refusals
from foundation.requests import EXACT

READ = {"permission": Permission.EXPORT_READ}
AGREE = {"permission": Permission.EXPORT_APPROVE}
ExportNumber = Annotated[
    int, PathParameter(name="export_id", ge=1, le=EXACT, description="The export's number.")
]


class ExportEndpoints(Controller):
    """What the desk and the privacy officer may ask of what left their force."""

    path = "/exports"
    tags = ("Exports",)

    @get("/", opt=READ, operation_id="exports", summary="List what left as a file")
    async def exports(
        self,
        request: ApiRequest,
        before: Before = None,
    ) -> ExportPage:
        """List every export of your force, newest first, 25 a page, with its filter and the hash of the file."""
        return await exports_of(forces_of(request.user, Permission.EXPORT_READ), before=before)

    @get("/{export_id:int}", opt=READ, operation_id="export", summary="One export")
    async def export(self, request: ApiRequest, export_id: ExportNumber) -> Export:
        """Show one export of your force."""
        return await export_of(forces_of(request.user, Permission.EXPORT_READ), export_id)

    @post(
        "/{export_id:int}/agreement",
        opt=AGREE,
        status_code=200,
        operation_id="agreeToExport",
        summary="Agree to an export, as the second person",
        responses=refusals(409),
    )
    async def agree(self, request: ApiRequest, export_id: ExportNumber) -> Export:
        """Agree to an export of many rows. Whoever asked for it cannot; they take it once, within 24 hours."""
        return await _answered(request, export_id, is_agreed=True)

    @post(
        "/{export_id:int}/refusal",
        opt=AGREE,
        status_code=200,
        operation_id="refuseExport",
        summary="Refuse an export, as the second person",
        responses=refusals(409),
    )
    async def refuse(self, request: ApiRequest, export_id: ExportNumber) -> Export:
        """Refuse an export of many rows."""
        return await _answered(request, export_id, is_agreed=False)


async def _answered(request: ApiRequest, export_id: int, *, is_agreed: bool) -> Export:
    forces = forces_of(request.user, Permission.EXPORT_APPROVE)
    found = await export_of(forces, export_id)
    await answer(actor=actor_of(request), second=request.user, export=found, is_agreed=is_agreed)
    return await export_of(forces, export_id)
