"""Classes for programs: the same list, sheet, signature and corrections as the pages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.paging import Before
from foundation.problems import InvalidError, NotFoundError
from foundation.refusals import refusals
from passport.classes.actions import NewClass, ToTeach, add_people, correct, make_class, sign, take_off
from passport.classes.asking import sheet_for
from passport.classes.cancelling import Cancellation, cancel
from passport.classes.facts import PAGE, Sheet, classes_of
from passport.classes.particulars import Particulars, put_right, put_right_before
from passport.classes.rules import Outcome, is_likely
from passport.classes.schemas import (
    CancellationAsked,
    ClassAsked,
    ClassesPage,
    CorrectionAsked,
    Mark,
    ParticularsAsked,
    PeopleAsked,
    RemovalAsked,
    SheetDocument,
    SignatureAsked,
    class_in_list,
    sheet_document,
)
from passport.learning.schemas import as_decimal
from people.persons.meant import people_meant

READ = {"permission": Permission.CLASS_READ}
WRITE = {"permission": Permission.CLASS_WRITE}
ClassNumber = Annotated[
    int, PathParameter(name="class_id", ge=1, le=2**31 - 1, description="The number of the class.")
]


class ClassEndpoints(Controller):
    """What a program may ask of classes."""

    path = "/classes"
    tags = ("Classes",)

    @get("/", opt=READ, operation_id="classes", summary="List classes")
    async def listed(self, request: ApiRequest, before: Before = None) -> ClassesPage:
        """List the classes of your force, the latest made first, 25 a page."""
        found = await classes_of(forces_of(request.user, Permission.CLASS_READ), before=before)
        return ClassesPage(
            [class_in_list(one) for one in found], found[-1].id if len(found) == PAGE else None
        )

    @get("/{class_id:int}", opt=READ, operation_id="classSheet", summary="One class and its sheet")
    async def one(self, request: ApiRequest, class_id: ClassNumber) -> SheetDocument:
        """Return a class with everybody on it whom you may deal with, and how each did."""
        return await _document(request, class_id, Permission.CLASS_READ)

    @post("/", opt=WRITE, operation_id="makeClass", summary="Make a class")
    async def make(self, request: ApiRequest, data: Annotated[ClassAsked, Body()]) -> SheetDocument:
        """Make a class of your force: what it meets, its day and place."""
        forces = sorted(forces_of(request.user, Permission.CLASS_WRITE))
        if not forces:
            raise NotFoundError
        taught = tuple(
            ToTeach(one.requirement, Decimal(str(one.hours)) if one.hours else None) for one in data.taught
        )
        _check_day(data.held_on)
        new = NewClass(forces[0], taught, data.held_on, data.place.strip(), data.provider)
        number = await make_class(new, actor=actor_of(request))
        return await _document(request, number)

    @post(
        "/{class_id:int}/people",
        opt=WRITE,
        status_code=200,
        operation_id="addToClass",
        summary="Put people on a class",
        responses=refusals(409),
    )
    async def add(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[PeopleAsked, Body()]
    ) -> SheetDocument:
        """Put people on a class by their numbers. One number that means nobody refuses the whole list."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        meant = await people_meant(
            request.user, Permission.CLASS_WRITE, sheet.about.force_id, " ".join(data.numbers), on=today()
        )
        if meant.unknown:
            raise InvalidError(errors={"numbers": f"nobody of your force has {', '.join(meant.unknown)}"})
        await add_people(sheet.about, meant.person_ids, actor=actor_of(request))
        return await _document(request, class_id)

    @post(
        "/{class_id:int}/people/removal",
        opt=WRITE,
        status_code=200,
        operation_id="takeOffClass",
        summary="Take somebody off a class",
        responses=refusals(409),
    )
    async def take_off(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[RemovalAsked, Body()]
    ) -> SheetDocument:
        """Take somebody off a class of whom nothing was signed yet."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        (person_id,) = _marks(sheet, [Mark(person=data.person, outcome=Outcome.ABSENT)])
        await take_off(sheet.about, person_id, actor=actor_of(request))
        return await _document(request, class_id)

    @post(
        "/{class_id:int}/signature",
        opt=WRITE,
        status_code=200,
        operation_id="signClass",
        summary="Sign a sheet",
        responses=refusals(409),
    )
    async def sign(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[SignatureAsked, Body()]
    ) -> SheetDocument:
        """Sign for everybody on a class at once: evidence of whoever passed, whole or not at all. Twice is once."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        await sign(sheet, _marks(sheet, data.marks), actor=actor_of(request), on=today())
        return await _document(request, class_id)

    @post(
        "/{class_id:int}/correction",
        opt=WRITE,
        status_code=200,
        operation_id="correctClass",
        summary="Correct a signed sheet",
        responses=refusals(409),
    )
    async def correct(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[CorrectionAsked, Body()]
    ) -> SheetDocument:
        """Say how some people really did: what was recorded wrongly is superseded, with the reason."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        await correct(sheet, _marks(sheet, data.marks), reason=data.reason, actor=actor_of(request))
        return await _document(request, class_id)

    @post(
        "/{class_id:int}/particulars",
        opt=WRITE,
        status_code=200,
        operation_id="putClassRight",
        summary="Correct the day or the hours of a signed class",
        responses=refusals(409),
    )
    async def put_right(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[ParticularsAsked, Body()]
    ) -> SheetDocument:
        """Say on which day a class really was, and its hours: what was recorded is superseded, with the reason."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        hours = {one.requirement: as_decimal(one.hours) or Decimal() for one in data.hours}
        if unknown := hours.keys() - {one.requirement for one in sheet.about.taught}:
            raise InvalidError(errors={"hours": f"the class did not meet {', '.join(sorted(unknown))}"})
        if data.held_on not in {None, sheet.about.held_on}:
            _check_day(data.held_on)
        said = Particulars(data.held_on, hours)
        await put_right(sheet.about, said, reason=data.reason, actor=actor_of(request), on=today())
        return await _document(request, class_id)

    @post(
        "/{class_id:int}/cancellation",
        opt=WRITE,
        status_code=200,
        operation_id="cancelClass",
        summary="Cancel a class",
        responses=refusals(409),
    )
    async def cancel(
        self, request: ApiRequest, class_id: ClassNumber, data: Annotated[CancellationAsked, Body()]
    ) -> SheetDocument:
        """Cancel a class. Where the force failed to provide it, it is proposed for all that their clock stops."""
        sheet = await _sheet(request, class_id, Permission.CLASS_WRITE)
        why = Cancellation(data.reason, data.force_failed, data.until)
        await cancel(sheet, why, actor=actor_of(request))
        return await _document(request, class_id)


def _check_day(held_on: date | None) -> None:
    if held_on is not None and not is_likely(held_on, today()):
        raise InvalidError(errors={"held_on": "no class lies so far off"})


async def _document(
    request: ApiRequest, class_id: int, permission: Permission = Permission.CLASS_WRITE
) -> SheetDocument:
    return sheet_document(await _sheet(request, class_id, permission), await put_right_before(class_id))


async def _sheet(request: ApiRequest, class_id: int, permission: Permission) -> Sheet:
    look = look_of(request, Opened.CLASS, Way.PROGRAM)
    return await sheet_for(request.user, permission, class_id, look, on=today())


def _marks(sheet: Sheet, said: Sequence[Mark]) -> dict[int, Outcome]:
    """Return how each did, by the person's number.

    :raises InvalidError: somebody named has no place on the class, or is named twice.
    """
    twice = sorted({one.person for one in said if sum(one.person == other.person for other in said) > 1})
    if twice:
        raise InvalidError(errors={"person": f"marked more than once: {', '.join(twice)}"})
    numbers = {one.national_id: one.person_id for one in sheet.places}
    strangers = [one.person for one in said if one.person not in numbers]
    if strangers:
        raise InvalidError(errors={"person": f"nobody on this class has {', '.join(strangers)}"})
    return {numbers[one.person]: one.outcome for one in said}
