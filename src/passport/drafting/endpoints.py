"""Drafts of policy for programs: the same as the pages."""

from functools import partial
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter, QueryParameter

from access.asking import ApiRequest, actor_of
from access.permissions import Permission
from foundation.clock import today
from foundation.refusals import refusals
from passport.drafting import editing, schemas
from passport.drafting.actions import Edit, begin, discard, rebase, revise
from passport.drafting.comparing import Comparison
from passport.drafting.facts import drafts, revisions_of
from passport.drafting.reading import between, draft_now, requirement_in, term_in
from passport.drafting.schemas import ChangedOut, DraftDetailOut, DraftOut, SourceOut
from passport.policy.errors import InThePastError
from passport.policy.facts import Version, source_of, version
from passport.policy.terms import TERMS

READ = {"permission": Permission.POLICY_READ}
DRAFT = {"permission": Permission.POLICY_DRAFT}
Number = Annotated[int, PathParameter(name="number", ge=1, le=2**31 - 1, description="The version's number.")]
Code = Annotated[str, PathParameter(name="code", max_length=40, description="The requirement's code.")]
Key = Annotated[str, PathParameter(name="key", max_length=60, description="The name of the term.")]


class PolicyTextEndpoints(Controller):
    """What one version asks that another does not, and versions as they were written."""

    path = "/policies"
    tags = ("Policy",)

    @get("/{number:int}/source", opt=READ, operation_id="policySource", summary="Show a version's text")
    async def source(self, number: Number) -> SourceOut:
        """Return a version as it was written, in TOML, comments and all."""
        found = await version(number)
        return SourceOut(number, found.digest, await source_of(number))

    @get("/{number:int}/comparison", opt=READ, operation_id="comparePolicies", summary="Compare two versions")
    async def comparison(
        self,
        number: Number,
        before: Annotated[
            int,
            QueryParameter(name="before", ge=1, le=2**31 - 1, description="The version to compare it with."),
        ],
    ) -> Comparison:
        """Return what this version asks that another does not, and the other way round, in plain sentences."""
        return await between(before, number)


class DraftEndpoints(Controller):
    """What whoever writes policy may ask."""

    path = "/policy-drafts"
    tags = ("Policy desk",)

    @get("/", opt=DRAFT, operation_id="policyDrafts", summary="List the drafts")
    async def listed(self) -> tuple[DraftOut, ...]:
        """List every draft, newest first, with whether it has expired."""
        return tuple(schemas.draft_out(one) for one in await drafts(on=today()))

    @post("/", opt=DRAFT, operation_id="beginDraft", summary="Begin a draft", responses=refusals(409))
    async def begin(self, request: ApiRequest, data: Annotated[schemas.DraftAsked, Body()]) -> DraftOut:
        """Begin a draft from the version that is in force on its first day."""
        if data.begins_on < today():
            raise InThePastError
        number = await begin(
            actor=actor_of(request),
            title=data.title.strip(),
            begins_on=data.begins_on,
            reason=data.reason.strip(),
        )
        return schemas.draft_out(await draft_now(number))

    @get("/{number:int}", opt=DRAFT, operation_id="policyDraft", summary="Show a draft")
    async def one(self, number: Number) -> DraftDetailOut:
        """Return a draft, what it changes of the version it starts from, and every form it has had."""
        draft = await draft_now(number)
        base = draft.version.based_on
        changes = await between(base, number) if base else None
        return DraftDetailOut(schemas.draft_out(draft), changes, await revisions_of(number))

    @post(
        "/{number:int}/requirements",
        opt=DRAFT,
        status_code=200,
        operation_id="draftRequirement",
        summary="Change a requirement of a draft, or add one",
        responses=refusals(409),
    )
    async def requirement(
        self, request: ApiRequest, number: Number, data: Annotated[schemas.RequirementAsked, Body()]
    ) -> ChangedOut:
        """Put a requirement in the form that was sent; one whose code is new is added at the end."""
        draft = await draft_now(number)
        known = data.code if draft.draft.requirement(data.code) else None
        edit = Edit(
            editing.requirement(data.code),
            f"{'Changed' if known else 'Added'} {data.code}",
            data.reason.strip(),
            partial(editing.with_requirement, code=known, wanted=schemas.requirement_table(data)),
        )
        return await _revised(request, number, data.revision, edit)

    @post(
        "/{number:int}/requirements/{code:str}/end",
        opt=DRAFT,
        status_code=200,
        operation_id="endDraftRequirement",
        summary="End a requirement in a draft",
        responses=refusals(409),
    )
    async def end(
        self, request: ApiRequest, number: Number, code: Code, data: Annotated[schemas.EndOfPart, Body()]
    ) -> ChangedOut:
        """Ask for something no longer; what other requirements said of it goes too."""
        requirement_in(await draft_now(number), code)
        without = partial(editing.without_requirement, code=code)
        edit = Edit(editing.requirement(code), f"Ended {code}", data.reason.strip(), without)
        return await _revised(request, number, data.revision, edit)

    @post(
        "/{number:int}/terms/{key:str}",
        opt=DRAFT,
        status_code=200,
        operation_id="draftTerm",
        summary="Change a value of a draft",
        responses=refusals(409),
    )
    async def term(
        self, request: ApiRequest, number: Number, key: Key, data: Annotated[schemas.TermAsked, Body()]
    ) -> ChangedOut:
        """Put a value beside the requirements in the form that was sent."""
        there = term_in(await draft_now(number), key)
        table = schemas.term_table(data, title=there.title, unit=TERMS[key])
        edit = Edit(
            editing.term(key),
            f"Changed {key.replace('_', ' ')}",
            data.reason.strip(),
            partial(editing.with_term, key=key, wanted=table),
        )
        return await _revised(request, number, data.revision, edit)

    @post(
        "/{number:int}/top",
        opt=DRAFT,
        status_code=200,
        operation_id="draftTop",
        summary="Change a draft's title and first day",
        responses=refusals(409),
    )
    async def top(
        self, request: ApiRequest, number: Number, data: Annotated[schemas.TopAsked, Body()]
    ) -> ChangedOut:
        """Change what a draft is called and from when it is meant to be in force."""
        await draft_now(number)
        if data.begins_on < today():
            raise InThePastError
        head = partial(editing.with_head, number=number, title=data.title.strip(), begins_on=data.begins_on)
        edit = Edit(editing.TOP, "Changed its title or first day", data.reason.strip(), head)
        return await _revised(request, number, data.revision, edit)

    @post(
        "/{number:int}/source",
        opt=DRAFT,
        status_code=200,
        operation_id="replaceDraft",
        summary="Put a text in the place of a draft",
        responses=refusals(409),
    )
    async def source(
        self, request: ApiRequest, number: Number, data: Annotated[schemas.FileAsked, Body()]
    ) -> ChangedOut:
        """Replace a draft by a text, if it is sound; every fault is named with its line."""
        await draft_now(number)
        edit = Edit(
            editing.WHOLE,
            "Replaced by a file",
            data.reason.strip(),
            lambda _: data.source.replace("\r\n", "\n"),
        )
        return await _revised(request, number, data.revision, edit)

    @post(
        "/{number:int}/rebase",
        opt=DRAFT,
        status_code=200,
        operation_id="rebaseDraft",
        summary="Bring a draft up to date",
        responses=refusals(409),
    )
    async def rebase(
        self, request: ApiRequest, number: Number, data: Annotated[schemas.RebaseAsked, Body()]
    ) -> ChangedOut:
        """Bring a draft that has expired to the version in force on its day."""
        await draft_now(number)
        if data.begins_on < today():
            raise InThePastError
        result = await rebase(actor=actor_of(request), number=number, begins_on=data.begins_on)
        return ChangedOut(number, result.revision, result.both)

    @post(
        "/{number:int}/discard",
        opt=DRAFT,
        status_code=200,
        operation_id="discardDraft",
        summary="Discard a draft",
        responses=refusals(409),
    )
    async def discard(
        self, request: ApiRequest, number: Number, data: Annotated[schemas.WhyAsked, Body()]
    ) -> Version:
        """Put a draft aside; its number is not used again."""
        await draft_now(number)
        await discard(actor=actor_of(request), number=number, reason=data.reason.strip())
        return await version(number)


async def _revised(request: ApiRequest, number: int, seen: int, edit: Edit) -> ChangedOut:
    return ChangedOut(number, await revise(actor=actor_of(request), number=number, seen=seen, edit=edit))
