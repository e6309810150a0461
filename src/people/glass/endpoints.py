"""Breaking the glass, for programs: open one record, close it, review that it was opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of, look_of
from access.glass.opening import Why
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.forms import KEEPABLE, SAID
from foundation.refusals import refusals
from people.glass.asking import one_to_review, subject_meant, to_review
from people.glass.breaking import break_glass, end_glass, review
from people.glass.facts import LARGEST, Glass, broken_by
from people.glass.form import LONGEST_WORDS

BREAK = {"permission": Permission.GLASS_BREAK}
REVIEW = {"permission": Permission.GLASS_REVIEW}
GlassNumber = Annotated[
    int, PathParameter(name="glass_id", ge=1, le=LARGEST, description="The number of the broken pane.")
]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_WORDS, pattern=SAID)]


class NewGlass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose record, why, and what happened."""

    person: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=KEEPABLE)]
    why: Why
    words: Words


class GlassReview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it was right to open the record, and why."""

    is_upheld: bool
    words: Words


@dataclass(frozen=True, slots=True)
class OwnGlass:
    """A record that you opened in an emergency, and what the review said."""

    id: int
    national_id: str
    reason: str
    opened_at: datetime
    closes_at: datetime
    is_open: bool
    is_upheld: bool | None
    review: str | None


@dataclass(frozen=True, slots=True)
class BrokenGlass:
    """A record of your force that somebody opened in an emergency; a protected person has no name here."""

    id: int
    breaker: str
    role: str
    subject: str | None
    national_id: str
    reason: str
    words: str | None
    opened_at: datetime
    closes_at: datetime
    reviewer: str | None
    reviewed_at: datetime | None
    is_upheld: bool | None
    review: str | None
    is_overdue: bool


class GlassEndpoints(Controller):
    """Breaking the glass, and reviewing it."""

    tags = ("Broken glass",)

    @get("/glass", opt=BREAK, operation_id="myGlass", summary="What you opened in an emergency")
    async def mine(self, request: ApiRequest) -> Sequence[OwnGlass]:
        """List the records that you opened in an emergency, the last first."""
        return [_own(one) for one in await broken_by(request.user.person_id)]

    @post(
        "/glass",
        opt=BREAK,
        operation_id="breakGlass",
        summary="Open one record in an emergency",
        responses=refusals(409),
    )
    async def open(self, request: ApiRequest, data: Annotated[NewGlass, Body()]) -> OwnGlass:
        """Open one passport for 60 minutes; the privacy officer of their force and the person are told at once."""
        subject = await subject_meant(request.user, data.person, today())
        number = await break_glass(
            actor=actor_of(request), breaker=request.user, subject=subject, why=data.why, words=data.words
        )
        return await _mine(request, number)

    @post(
        "/glass/{glass_id:int}/end",
        opt=BREAK,
        status_code=200,
        operation_id="endGlass",
        summary="Close the record",
        responses=refusals(409),
    )
    async def end(self, request: ApiRequest, glass_id: GlassNumber) -> OwnGlass:
        """Close a record that you hold open, before its hour is over."""
        await end_glass(actor=actor_of(request), breaker=request.user, glass_id=glass_id)
        return await _mine(request, glass_id)

    @get(
        "/privacy/glass",
        opt=REVIEW,
        operation_id="brokenGlass",
        summary="What was opened in an emergency in your force",
    )
    async def glasses(
        self,
        request: ApiRequest,
        before: Annotated[
            int | None,
            QueryParameter(
                name="before", ge=1, le=LARGEST, description="The last number of the page before."
            ),
        ] = None,
    ) -> Sequence[BrokenGlass]:
        """List the records of your force that somebody opened in an emergency, the last first, 50 a page."""
        found = await to_review(request.user, look_of(request, Opened.GLASSES, Way.PROGRAM), before=before)
        return [_broken(one) for one in found]

    @post(
        "/privacy/glass/{glass_id:int}/review",
        opt=REVIEW,
        status_code=200,
        operation_id="reviewGlass",
        summary="Review an emergency",
        responses=refusals(409),
    )
    async def say(
        self, request: ApiRequest, glass_id: GlassNumber, data: Annotated[GlassReview, Body()]
    ) -> BrokenGlass:
        """Say, as the second person, whether it was right to open the record, and why."""
        look = look_of(request, Opened.GLASSES, Way.PROGRAM)
        found = await one_to_review(request.user, glass_id, look)
        await review(
            actor=actor_of(request),
            reviewer=request.user,
            glass=found,
            is_upheld=data.is_upheld,
            words=data.words,
        )
        return _broken(await one_to_review(request.user, glass_id, None))


async def _mine(request: ApiRequest, number: int) -> OwnGlass:
    return next(_own(one) for one in await broken_by(request.user.person_id) if one.id == number)


def _own(glass: Glass) -> OwnGlass:
    return OwnGlass(
        id=glass.id,
        national_id=glass.national_id,
        reason=glass.reason,
        opened_at=glass.opened_at,
        closes_at=glass.closes_at,
        is_open=glass.is_open,
        is_upheld=glass.is_upheld,
        review=glass.review,
    )


def _broken(glass: Glass) -> BrokenGlass:
    return BrokenGlass(
        id=glass.id,
        breaker=glass.breaker,
        role=glass.role,
        subject=glass.subject,
        national_id=glass.national_id,
        reason=glass.reason,
        words=glass.words,
        opened_at=glass.opened_at,
        closes_at=glass.closes_at,
        reviewer=glass.reviewer,
        reviewed_at=glass.reviewed_at,
        is_upheld=glass.is_upheld,
        review=glass.review,
        is_overdue=glass.is_overdue,
    )
