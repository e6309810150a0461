"""Files for programs: hand one in, read its report and its lines, keep it or discard it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, PathParameter, QueryParameter
from litestar.response import Stream

from access.asking import ApiRequest, actor_of, look_of
from access.exports.actions import ask_colleague
from access.exports.facts import Export, export_of
from access.exports.rules import Kind as ExportKind
from access.exports.schemas import WhatFor
from access.limits import Limit
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from attested import importing
from attested.files.facts import File, FileLine, file_of, files_of, force_of, lines_of
from attested.files.form import EARLIEST, Kind
from attested.files.reach import forces_for
from attested.files.receiving import MOST_SENT, received, shown_name
from attested.files.taking import filter_of, going_back, taken_away, told_lines
from foundation.clock import today
from foundation.intake import actions
from foundation.intake.facts import Report
from foundation.intake.survey import FOR_PAGES
from foundation.intake.verdicts import Verdict
from foundation.paging import Before
from foundation.problems import InvalidError
from foundation.refusals import refusals
from foundation.requests import EXACT

READ = {"permission": Permission.INTAKE_READ}
WRITE = {"permission": Permission.INTAKE_WRITE}
ASK = {"permission": Permission.RETURNED_ASK}
FileNumber = Annotated[
    int, PathParameter(name="file_id", ge=1, le=EXACT, description="The number that the file was given.")
]


class NewFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file to hand in: what it holds, the code of its force, and the day it speaks of, if that is not today."""

    kind: Kind
    force: str
    file: UploadFile
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of files; `next_before` asks for the next one, and is missing on the last."""

    files: Sequence[File]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class FileLinePage:
    """A page of lines; `next_after` asks for the next one, and is missing on the last."""

    lines: Sequence[FileLine]
    next_after: int | None


class FileEndpoints(Controller):
    """What programs that hand in a force's files may ask and do."""

    path = "/imports"
    tags = ("Files",)

    @get("/", opt=READ, operation_id="files", summary="List files")
    async def files(
        self,
        request: ApiRequest,
        before: Before = None,
    ) -> FilePage:
        """List the files handed in for your forces, newest first, 20 a page."""
        found = await files_of(forces_of(request.user, Permission.INTAKE_READ), before=before)
        return FilePage(found.files, found.files[-1].id if found.has_more else None)

    @post(
        "/",
        opt=WRITE,
        request_max_body_size=MOST_SENT,
        operation_id="handInFile",
        summary="Hand in a file",
    )
    async def hand_in(
        self,
        request: ApiRequest,
        data: Annotated[NewFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    ) -> File:
        """Judge every line of a file, and keep nothing of it but the verdicts, until you commit it."""
        try:
            report = await _judged(request, data)
        finally:
            await data.file.close()
        return await _file(request, report.intake_id)

    @get("/{file_id:int}", opt=READ, operation_id="file", summary="Report on a file")
    async def report(self, request: ApiRequest, file_id: FileNumber) -> File:
        """Show what became of every line of a file."""
        return await _file(request, file_id)

    @get("/{file_id:int}/lines", opt=READ, operation_id="fileLines", summary="List a file's lines")
    async def lines(
        self,
        request: ApiRequest,
        file_id: FileNumber,
        verdict: Annotated[
            Verdict, QueryParameter(name="verdict", description="Only lines with this verdict.")
        ],
        after: Annotated[
            int,
            QueryParameter(
                name="after", ge=0, le=2**31 - 1, description="The `next_after` of the page before."
            ),
        ] = 0,
    ) -> FileLinePage:
        """List the lines of a file with one verdict, in the order of the file, 50 a page."""
        file = await _file(request, file_id)
        found = await lines_of(file.id, verdict, after=after)
        look = look_of(request, Opened.FILE_LINES, Way.PROGRAM)
        await told_lines(request.user, look, file, verdict, found)
        return FileLinePage(found.lines, found.lines[-1].line if found.has_later else None)

    @get(
        "/{file_id:int}/returned.csv",
        opt={**READ, "limit": Limit.EXPORT},
        operation_id="returnedLines",
        summary="Take away the lines to mend",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def returned(self, request: ApiRequest, file_id: FileNumber) -> Stream:
        """Take away every line that is rejected or suspicious, with its reason, as CSV. Many are a conflict: ask first."""
        look = look_of(request, Opened.FILE_RETURNED, Way.FILE)
        return await taken_away(request.user, look, await _file(request, file_id))

    @post(
        "/{file_id:int}/returned.csv",
        opt=ASK,
        status_code=200,
        operation_id="takeReturnedLines",
        summary="Take away the lines that a colleague has agreed to",
        media_type="text/csv",
        responses=refusals(409),
    )
    async def take(self, request: ApiRequest, file_id: FileNumber) -> Stream:
        """Take the lines to mend away once, within 24 hours of a colleague's agreement."""
        look = look_of(request, Opened.FILE_RETURNED, Way.FILE)
        return await taken_away(request.user, look, await _file(request, file_id), with_agreement=True)

    @post(
        "/{file_id:int}/returned/colleague",
        opt=ASK,
        operation_id="askForReturnedLines",
        summary="Ask a colleague to agree to many lines",
    )
    async def ask(self, request: ApiRequest, file_id: FileNumber, data: Annotated[WhatFor, Body()]) -> Export:
        """Ask for a colleague's agreement to taking away more lines than leave alone; they find it among the exports."""
        file = await _file(request, file_id)
        force = await force_of(file)
        number = await ask_colleague(
            actor=actor_of(request),
            asker=request.user,
            kind=ExportKind.RETURNED_LINES,
            force_ids=[force],
            asked=filter_of(file),
            rows=going_back(file),
            reason=data.reason,
        )
        return await export_of(frozenset({force}), number)

    @post(
        "/{file_id:int}/commit",
        opt=WRITE,
        status_code=200,
        operation_id="commitFile",
        summary="Keep a file",
        responses=refusals(409),
    )
    async def commit(self, request: ApiRequest, file_id: FileNumber) -> File:
        """Keep what is new or changed, whole or not at all; a file already finished, or overtaken, is a conflict."""
        file = await file_of(forces_of(request.user, Permission.INTAKE_WRITE), file_id)
        await importing.commit(file.id, actor=actor_of(request))
        return await _file(request, file_id)

    @post(
        "/{file_id:int}/discard",
        opt=WRITE,
        status_code=200,
        operation_id="discardFile",
        summary="Put a file aside",
        responses=refusals(409),
    )
    async def discard(self, request: ApiRequest, file_id: FileNumber) -> File:
        """Put a file aside; its report stays."""
        file = await file_of(forces_of(request.user, Permission.INTAKE_WRITE), file_id)
        await actions.discard(file.id, actor=actor_of(request))
        return await _file(request, file_id)


async def _file(request: ApiRequest, file_id: int) -> File:
    return await file_of(forces_of(request.user, Permission.INTAKE_READ), file_id)


async def _judged(request: ApiRequest, given: NewFile) -> Report:
    force = next((one for one in await forces_for(request.user) if one.code == given.force), None)
    on = given.on or today()
    if force is None:
        raise InvalidError(errors={"force": "This is not a force that you hand files in for."})
    if not EARLIEST <= on <= today():
        raise InvalidError(errors={"on": f"The day must be between {EARLIEST} and today."})
    async with received(given.file) as path:
        name = shown_name(given.file.filename)
        asked = importing.Asked(given.kind, path, force.code, on, name, FOR_PAGES)
        return await importing.stage(asked, actor=actor_of(request))
