"""Development for programs: one's own, and what others shared with one, under the same doors as the pages."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.confiding import reading_as
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.paging import Before
from foundation.problems import InvalidError
from foundation.refusals import refusals
from foundation.requests import EXACT
from passport.cpd import actions, facts
from passport.cpd.entering import KEEP, READ, VERIFY, Aside
from passport.cpd.filing import files_beside
from passport.cpd.reach import opened, reader_meant, received
from passport.cpd.rules import Words
from passport.cpd.schemas import (
    CpdEntry,
    CpdPage,
    CpdWords,
    NewAddition,
    NewShare,
    NewVerification,
    ReceivedCpd,
    SharedCpd,
    entry_document,
    list_document,
    shared_document,
)
from passport.standards.book import standards
from passport.standards.profiles import profiles_on
from people.persons.facts import persons

TAGS = ("Development",)
STANDS_IN_THE_WAY = refusals(409)
EntryNumber = Annotated[
    int, PathParameter(name="entry_id", ge=1, le=EXACT, description="The number of the entry.")
]
ShareNumber = Annotated[
    int, PathParameter(name="share_id", ge=1, le=EXACT, description="The number of the share.")
]


class OwnCpdEndpoints(Controller):
    """Your own development."""

    path = "/me/cpd"
    tags = TAGS

    @get("/", opt=KEEP, operation_id="myCpd", summary="Your own entries")
    async def listed(self, request: ApiRequest, *, aside: Aside = False, before: Before = None) -> CpdPage:
        """List what you wrote, the newest first, fifty a page."""
        mine = request.user.person_id
        async with reading_as(mine) as connection:
            found = await facts.own_entries(connection, mine, discarded=aside, before=before)
        return list_document(found, facts.PAGE)

    @post("/", opt=KEEP, operation_id="writeCpd", summary="Write an entry", responses=STANDS_IN_THE_WAY)
    async def write(self, request: ApiRequest, data: Annotated[CpdWords, Body()]) -> CpdEntry:
        """Keep an entry, which you alone see until you share it."""
        words = await _checked(request, data)
        return await own_document(request, await actions.write(actor_of(request), words))

    @get("/{entry_id:int}", opt=KEEP, operation_id="myCpdEntry", summary="One of your entries")
    async def one(self, request: ApiRequest, entry_id: EntryNumber) -> CpdEntry:
        """Return one of your entries, with everything that became of it."""
        return await own_document(request, entry_id)

    @post(
        "/{entry_id:int}/words", opt=KEEP, status_code=200, operation_id="changeCpd", summary="Change the words",
        responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def change(
        self, request: ApiRequest, entry_id: EntryNumber, data: Annotated[CpdWords, Body()]
    ) -> CpdEntry:
        """Change the words of an entry that nobody has read."""
        await actions.change(actor_of(request), entry_id, await _checked(request, data))
        return await own_document(request, entry_id)

    @post("/{entry_id:int}/shares", opt=KEEP, operation_id="shareCpd", summary="Share an entry",
          responses=STANDS_IN_THE_WAY)  # fmt: skip
    async def share(
        self, request: ApiRequest, entry_id: EntryNumber, data: Annotated[NewShare, Body()]
    ) -> CpdEntry:
        """Share an entry with your supervisor of today, or with a colleague. Its words are fixed once one is shared."""
        reader = await reader_meant(request.user, data.colleague, on=today())
        await actions.share(
            actor_of(request), entry_id, reader_id=reader.person.id, as_supervisor=reader.as_supervisor
        )
        return await own_document(request, entry_id)

    @post(
        "/{entry_id:int}/shares/{share_id:int}/end", opt=KEEP, status_code=200, operation_id="takeBackCpd",
        summary="Take an entry back", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def take_back(self, request: ApiRequest, entry_id: EntryNumber, share_id: ShareNumber) -> CpdEntry:
        """Take an entry back from somebody who has not verified it: they see it no more."""
        await actions.take_back(actor_of(request), entry_id, share_id=share_id)
        return await own_document(request, entry_id)

    @post("/{entry_id:int}/additions", opt=KEEP, operation_id="addToCpd", summary="Add to an entry",
          responses=STANDS_IN_THE_WAY)  # fmt: skip
    async def add(
        self, request: ApiRequest, entry_id: EntryNumber, data: Annotated[NewAddition, Body()]
    ) -> CpdEntry:
        """Add to an entry that is shared or was read. What was added stays."""
        await actions.add(actor_of(request), entry_id, data.text.strip())
        return await own_document(request, entry_id)

    @post("/{entry_id:int}/aside", opt=KEEP, status_code=200, operation_id="putCpdAside", summary="Put an entry aside",
          responses=STANDS_IN_THE_WAY)  # fmt: skip
    async def discard(self, request: ApiRequest, entry_id: EntryNumber) -> CpdEntry:
        """Put an entry aside that nobody has before them. It can be brought back."""
        await actions.discard(actor_of(request), entry_id)
        return await own_document(request, entry_id)

    @post(
        "/{entry_id:int}/back",
        opt=KEEP,
        status_code=200,
        operation_id="bringCpdBack",
        summary="Bring an entry back",
    )
    async def restore(self, request: ApiRequest, entry_id: EntryNumber) -> CpdEntry:
        """Bring an entry back that was put aside."""
        await actions.restore(actor_of(request), entry_id)
        return await own_document(request, entry_id)


class SharedCpdEndpoints(Controller):
    """What others shared with you."""

    path = "/cpd"
    tags = TAGS

    @get("/", opt=READ, operation_id="sharedCpd", summary="What others shared with you")
    async def listed(self, request: ApiRequest) -> Sequence[SharedCpd]:
        """List what others shared with you, what waits to be verified first."""
        found, people = await received(request.user, look_of(request, Opened.CPD_LIST, Way.PROGRAM))
        return [shared_document(one, people) for one in found]

    @get("/{entry_id:int}", opt=READ, operation_id="sharedCpdEntry", summary="An entry shared with you")
    async def one(self, request: ApiRequest, entry_id: EntryNumber) -> ReceivedCpd:
        """Return an entry that was shared with you. That you read it is written down, and fixes its words."""
        return await _received(request, entry_id)

    @post("/{entry_id:int}/verification", opt=VERIFY, operation_id="verifyCpd", summary="Verify an entry",
          responses=STANDS_IN_THE_WAY)  # fmt: skip
    async def verify(
        self, request: ApiRequest, entry_id: EntryNumber, data: Annotated[NewVerification, Body()]
    ) -> ReceivedCpd:
        """Verify an entry: that it happened, and that the two of you have talked about it."""
        look = look_of(request, Opened.CPD, Way.PROGRAM, detail={"entry": entry_id})
        found = await opened(request.user, entry_id, look)
        words = (data.words or "").strip() or None
        await actions.verify(
            actor_of(request), found.entry, as_supervisor=found.share.as_supervisor, words=words
        )
        return await _received(request, entry_id)


async def own_document(request: ApiRequest, entry_id: int) -> CpdEntry:
    """Tell one's own entry whole."""
    entry = await actions.own(actor_of(request), entry_id)
    files = await files_beside(request.user.person_id, entry.id)
    return entry_document(entry, await persons(sorted(entry.people)), files)


async def _received(request: ApiRequest, entry_id: int) -> ReceivedCpd:
    look = look_of(request, Opened.CPD, Way.PROGRAM, detail={"entry": entry_id})
    found = await opened(request.user, entry_id, look)
    return ReceivedCpd(
        found.people[found.entry.person_id].name, entry_document(found.entry, found.people, found.files)
    )


async def _checked(request: ApiRequest, data: CpdWords) -> Words:
    """Return the words that are meant.

    :raises InvalidError: the day is to come, or a standard or profile is none.
    """
    on, errors = today(), dict[str, str]()
    if data.happened_on is not None and data.happened_on > on:
        errors["happened_on"] = "must be today or earlier"
    if unknown := set(data.standards) - standards().keys():
        errors["standards"] = f"there is no standard {', '.join(sorted(unknown))}"
    known = {one.name for one in await profiles_on(request.user.force_id, on)}
    if unknown := set(data.profiles) - known:
        errors["profiles"] = f"there is no profile {', '.join(sorted(unknown))}"
    if errors:
        raise InvalidError(errors=errors)
    return data.meant
