"""Providers for programs: the same licences and doubts as on the pages."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Body, PathParameter

from access.asking import ApiRequest, actor_of, look_of
from access.permission_map import forces_of
from access.permissions import Permission
from access.readings.looks import Opened, Way
from foundation.refusals import refusals
from foundation.requests import EXACT
from passport.providers.actions import answer, end_licence, enter, license_for
from passport.providers.facts import Provider, provider_of, providers_of
from passport.providers.reading import force_of, read_doubt, read_doubts
from passport.providers.rules import Answer
from passport.providers.schemas import (
    DoubtAnswer,
    DoubtDocument,
    LicenceAsked,
    LicenceEnd,
    ProviderAsked,
    ProviderDocument,
    doubt_document,
    provider_document,
)

KEEP = {"permission": Permission.PROVIDER_KEEP}
ProviderNumber = Annotated[
    int, PathParameter(name="provider_id", ge=1, le=2**31 - 1, description="The number of the provider.")
]
LicenceNumber = Annotated[
    int, PathParameter(name="licence_id", ge=1, le=2**31 - 1, description="The number of the licence.")
]
EvidenceNumber = Annotated[
    int, PathParameter(name="evidence_id", ge=1, le=EXACT, description="The number of the evidence.")
]


class ProviderEndpoints(Controller):
    """What a program may ask of providers."""

    path = "/providers"
    tags = ("Providers",)

    @get("/", opt=KEEP, operation_id="providers", summary="List providers")
    async def listed(self, request: ApiRequest) -> tuple[ProviderDocument, ...]:
        """List the providers of your force, with what each may deliver."""
        found = await providers_of(forces_of(request.user, Permission.PROVIDER_KEEP))
        return tuple(provider_document(one) for one in found)

    @post("/", opt=KEEP, operation_id="enterProvider", summary="Enter a provider", responses=refusals(409))
    async def enter(self, request: ApiRequest, data: Annotated[ProviderAsked, Body()]) -> ProviderDocument:
        """Enter a provider of your force."""
        number = await enter(force_of(request.user), data.name.strip(), actor=actor_of(request))
        return provider_document(await _provider(request, number))

    @post(
        "/{provider_id:int}/licences",
        opt=KEEP,
        operation_id="licenseProvider",
        summary="License a provider",
        responses=refusals(409),
    )
    async def license(
        self, request: ApiRequest, provider_id: ProviderNumber, data: Annotated[LicenceAsked, Body()]
    ) -> ProviderDocument:
        """Say that a provider may deliver what meets a requirement, from a day through a day or open."""
        found = await _provider(request, provider_id)
        await license_for(
            found, data.requirement, since=data.since, until=data.until, actor=actor_of(request)
        )
        return provider_document(await _provider(request, provider_id))

    @post(
        "/{provider_id:int}/licences/{licence_id:int}/end",
        opt=KEEP,
        status_code=200,
        operation_id="endProviderLicence",
        summary="End a provider's licence",
        responses=refusals(409),
    )
    async def end(
        self,
        request: ApiRequest,
        provider_id: ProviderNumber,
        licence_id: LicenceNumber,
        data: Annotated[LicenceEnd, Body()],
    ) -> ProviderDocument:
        """End a licence: what was delivered after its last day is in doubt, until somebody answers."""
        found = await _provider(request, provider_id)
        await end_licence(
            found, licence_id, last_day=data.last_day, reason=data.reason, actor=actor_of(request)
        )
        return provider_document(await _provider(request, provider_id))


class DoubtEndpoints(Controller):
    """What a program may answer of evidence in doubt."""

    path = "/doubts"
    tags = ("Providers",)

    @get("/", opt=KEEP, operation_id="doubts", summary="Evidence in doubt")
    async def doubts(self, request: ApiRequest) -> tuple[DoubtDocument, ...]:
        """List evidence that was delivered after a provider's licence had ended: without an answer first."""
        look = look_of(request, Opened.DOUBTS, Way.PROGRAM)
        return tuple(doubt_document(one) for one in await read_doubts(request.user, look))

    @post(
        "/{evidence_id:int}",
        opt=KEEP,
        status_code=200,
        operation_id="answerDoubt",
        summary="Answer a doubt",
        responses=refusals(409),
    )
    async def answer(
        self, request: ApiRequest, evidence_id: EvidenceNumber, data: Annotated[DoubtAnswer, Body()]
    ) -> tuple[DoubtDocument, ...]:
        """Confirm evidence, have it trained again, or withdraw it; return what is in doubt still."""
        look = look_of(request, Opened.DOUBTS, Way.PROGRAM)
        found = await read_doubt(request.user, evidence_id, look)
        await answer(found, Answer(data.answer), reason=data.reason, actor=actor_of(request))
        return tuple(doubt_document(one) for one in await read_doubts(request.user, look))


async def _provider(request: ApiRequest, provider_id: int) -> Provider:
    return await provider_of(forces_of(request.user, Permission.PROVIDER_KEEP), provider_id)
