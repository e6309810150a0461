"""Leadership for programs: one's own, and judging that of others, under the same doors as the pages."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.readings.looks import Opened, Way
from foundation.clock import today
from foundation.problems import InvalidError
from foundation.refusals import refusals
from foundation.requests import EXACT
from passport.leadership import actions, facts
from passport.leadership.entering import JUDGE, KEEP, READ, Aside
from passport.leadership.reading import leadership_of, own_leadership, waiting
from passport.leadership.schemas import (
    ExampleDocument,
    ExampleWords,
    JudgementOfExample,
    Leadership,
    WaitingForJudgement,
    example_document,
    leadership_document,
    waiting_document,
)
from passport.standards.book import leadership_standards
from people.persons.addressed import NationalId

TAGS = ("Leadership",)
STANDS_IN_THE_WAY = refusals(409)
ExampleNumber = Annotated[
    int, PathParameter(name="example_id", ge=1, le=EXACT, description="The number of the example.")
]


class OwnLeadershipEndpoints(Controller):
    """Your own leadership."""

    path = "/me/leadership"
    tags = TAGS

    @get("/", opt=KEEP, operation_id="myLeadership", summary="How far you are at each stage")
    async def mine(self, request: ApiRequest) -> Leadership:
        """Return how far you are at each stage, what was said of each standard, and your examples."""
        return leadership_document(await own_leadership(request.user, on=today()))

    @get("/examples", opt=KEEP, operation_id="myExamples", summary="Your examples")
    async def listed(self, request: ApiRequest, *, aside: Aside = False) -> Sequence[ExampleDocument]:
        """List your examples, the newest first, or those that you put aside."""
        found = await facts.own_examples(request.user.person_id, discarded=aside)
        files = await facts.files_beside(request.user.person_id, [one.id for one in found])
        return [example_document(one, files.get(one.id, ())) for one in found]

    @post("/examples", opt=KEEP, operation_id="writeExample", summary="Write an example")
    async def write(self, request: ApiRequest, data: Annotated[ExampleWords, Body()]) -> ExampleDocument:
        """Keep an example, which you alone see until you offer it."""
        return await own_document(request, await actions.write(actor_of(request), _checked(data)))

    @get("/examples/{example_id:int}", opt=KEEP, operation_id="myExample", summary="One of your examples")
    async def one(self, request: ApiRequest, example_id: ExampleNumber) -> ExampleDocument:
        """Return one of your examples."""
        return await own_document(request, example_id)

    @post(
        "/examples/{example_id:int}/words", opt=KEEP, status_code=200, operation_id="changeExample",
        summary="Change a draft", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def change(
        self, request: ApiRequest, example_id: ExampleNumber, data: Annotated[ExampleWords, Body()]
    ) -> ExampleDocument:
        """Change an example that you have not offered."""
        await actions.change(actor_of(request), example_id, _checked(data))
        return await own_document(request, example_id)

    @post(
        "/examples/{example_id:int}/offer", opt=KEEP, status_code=200, operation_id="offerExample",
        summary="Offer an example", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def offer(self, request: ApiRequest, example_id: ExampleNumber) -> ExampleDocument:
        """Offer an example to your supervisor and the assessors of your force. It stays as it is from then on."""
        await actions.offer(actor_of(request), example_id)
        return await own_document(request, example_id)

    @post(
        "/examples/{example_id:int}/aside", opt=KEEP, status_code=200, operation_id="putExampleAside",
        summary="Put a draft aside", responses=STANDS_IN_THE_WAY,
    )  # fmt: skip
    async def discard(self, request: ApiRequest, example_id: ExampleNumber) -> ExampleDocument:
        """Put a draft aside. It can be brought back."""
        await actions.discard(actor_of(request), example_id)
        return await own_document(request, example_id)

    @post(
        "/examples/{example_id:int}/back", opt=KEEP, status_code=200, operation_id="bringExampleBack",
        summary="Bring a draft back",
    )  # fmt: skip
    async def restore(self, request: ApiRequest, example_id: ExampleNumber) -> ExampleDocument:
        """Bring a draft back that was put aside."""
        await actions.restore(actor_of(request), example_id)
        return await own_document(request, example_id)


class LeadershipEndpoints(Controller):
    """The leadership of those whom you may judge."""

    tags = TAGS

    @get("/leadership", opt=READ, operation_id="leadershipWaiting", summary="Whose leadership waits for you")
    async def listed(self, request: ApiRequest) -> Sequence[WaitingForJudgement]:
        """List who offered an example since you last judged them, those who wait longest first."""
        look = look_of(request, Opened.LEADERSHIP_LIST, Way.PROGRAM)
        return [waiting_document(one) for one in await waiting(request.user, look, on=today())]

    @get("/people/{national_id:str}/leadership", opt=READ, operation_id="leadershipOf",
         summary="How far somebody is at each stage")  # fmt: skip
    async def one(self, request: ApiRequest, national_id: NationalId) -> Leadership:
        """Return how far somebody is at each stage, with what they offered. That you look is written down."""
        return await _of(request, national_id)

    @post("/people/{national_id:str}/leadership", opt=JUDGE, operation_id="judgeLeadership", summary="Judge a standard",
          responses=STANDS_IN_THE_WAY)  # fmt: skip
    async def judge(
        self, request: ApiRequest, national_id: NationalId, data: Annotated[JudgementOfExample, Body()]
    ) -> Leadership:
        """Judge one standard of somebody you lead, or as an assessor of their force. What was said before stays."""
        await actions.judge(
            request.user, actor_of(request), national_id,
            standard=data.standard, verdict=data.verdict, words=data.words.strip(),
        )  # fmt: skip
        return await _of(request, national_id)


async def own_document(request: ApiRequest, example_id: int) -> ExampleDocument:
    """Tell one's own example whole."""
    example = await actions.own(actor_of(request), example_id)
    files = await facts.files_beside(request.user.person_id, [example.id])
    return example_document(example, files.get(example.id, ()))


async def _of(request: ApiRequest, national_id: str) -> Leadership:
    look = look_of(request, Opened.LEADERSHIP, Way.PROGRAM)
    return leadership_document(await leadership_of(request.user, national_id, look, on=today()))


def _checked(data: ExampleWords) -> actions.Draft:
    """Return what is meant.

    :raises InvalidError: the day is to come, or a standard is none of leadership.
    """
    errors = dict[str, str]()
    if data.happened_on is not None and data.happened_on > today():
        errors["happened_on"] = "must be today or earlier"
    if unknown := set(data.standards) - leadership_standards().keys():
        errors["standards"] = f"there is no leadership standard {', '.join(sorted(unknown))}"
    if errors:
        raise InvalidError(errors=errors)
    return data.draft
