"""How does one sign in: through the force's identity provider or, without one, as somebody of the demonstration?"""

from collections.abc import Mapping
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from access import sessions
from access.facts import identity_of
from access.limits import Limit, count
from access.openid import actions
from access.openid.errors import NotLinkedError, OtherPersonError, StaleAttemptError, UntrustworthyError
from access.openid.facts import linked_person
from access.openid.flow import ANSWERS, BACK, Returned, come_back, leave
from access.permissions import Permission
from access.sessions import Proof
from access.shell import AnyonesRequest, PageRequest, shell_for
from access.sign_in import (
    attempt_cookie,
    attempt_cookie_name,
    cookie,
    cookie_name,
    form_cookie_name,
    gone,
    session_of,
)
from attested.demo import Visitor, visitors
from attested.front.arriving import START, own_path
from attested.front.nearness import demo_only
from foundation.audit import Actor
from foundation.clock import now, today
from foundation.forms import typed
from foundation.pages import page
from foundation.parts import FieldError
from foundation.requests import request_id_of
from foundation.settings import settings

OPEN = {"permission": Permission.SIGN_IN}
OWN = {"permission": Permission.OWN_SESSION}
COUNTED = {"limit": Limit.SIGN_IN_FROM}
DEMO = "demonstration"
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/sign-in", opt=OPEN, include_in_schema=False)
async def choose(request: AnyonesRequest) -> Template:
    """Show where one signs in; in the demonstration, whom one may be."""
    to = own_path(request.query_params.get("to", START))
    if settings().oidc_issuer is not None:
        return page("front/sign-in-with-provider.html", shell_for(request, "Sign in to Attested"), to=to)
    demo_only(request)
    return _visitors(request, await visitors(), to)


@post("/sign-in", opt={**OPEN, **COUNTED}, include_in_schema=False)
async def sign_in(request: AnyonesRequest, data: Form) -> Redirect | Template:
    """Lead to the identity provider; in the demonstration, begin a session for the person chosen."""
    to = own_path(typed(data, "to"))
    if settings().oidc_issuer is not None:
        return await _away(to)
    demo_only(request)
    offered = await visitors()
    chosen = next((visitor for visitor in offered if str(visitor.person_id) == typed(data, "person")), None)
    if chosen is None:
        return _visitors(request, offered, to, (FieldError("Choose who you are", "person"),))
    return await _begin(request, _demo_proof(chosen.person_id), chosen.person_id, to)


@get(BACK, opt={**OPEN, **COUNTED}, include_in_schema=False)
async def return_from_provider(request: AnyonesRequest) -> Redirect:
    """Take in what the provider answered through the browser, and begin a session, or renew the one there is."""
    answer = _answer(request)
    carried = attempt_cookie_name(answer.get("state", ""))
    returned = await come_back(answer, request.cookies.get(carried, ""))
    await count(Limit.SIGN_IN_AS, f"{returned.proof.issuer} {returned.proof.subject}")
    person_id = await linked_person(returned.proof.issuer, returned.proof.subject)
    if returned.attempt.session is not None:
        led = await _renew(request, returned, person_id)
    elif person_id is None:
        raise NotLinkedError(returned.proof.subject)
    else:
        led = await _begin(request, returned.proof, person_id, returned.attempt.return_to)
    led.cookies.append(gone(carried))
    return led


@get("/sign-in/again", opt=OWN, include_in_schema=False)
async def ask_again(request: PageRequest) -> Template:
    """Ask for a proof that it is still them, and say what it is for."""
    to = own_path(request.query_params.get("to", START))
    return page("front/sign-in-again.html", shell_for(request, "Confirm that it is you"), to=to)


@post("/sign-in/again", opt={**OWN, **COUNTED}, include_in_schema=False)
async def prove_again(request: PageRequest, data: Form) -> Redirect:
    """Lead to the identity provider for a new proof; in the demonstration asking is enough."""
    to, session = own_path(typed(data, "to")), session_of(request.scope)
    if session is None:
        return Redirect("/sign-in", status_code=303)
    if settings().oidc_issuer is not None:
        return await _away(to, session.number)
    return await _prove(request, session, _demo_proof(session.person_id), to)


def _visitors(
    request: AnyonesRequest, offered: tuple[Visitor, ...], to: str, errors: tuple[FieldError, ...] = ()
) -> Template:
    shell = shell_for(request, "Sign in to the demonstration", errors=errors)
    return page("front/sign-in.html", shell, status=400 if errors else 200, visitors=offered, to=to)


async def _away(to: str, session: int | None = None) -> Redirect:
    leaving = await leave(return_to=to, session=session)
    carried = attempt_cookie(leaving.begun.state, leaving.begun.browser)
    return Redirect(leaving.address, status_code=303, cookies=[carried])


def _answer(request: AnyonesRequest) -> Mapping[str, str]:
    """Return what came back through the browser; what is said twice says nothing."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name in ANSWERS]
    if len(given) != len(dict(given)):
        raise UntrustworthyError
    return dict(given)


async def _begin(request: AnyonesRequest, proof: Proof, person_id: int, to: str) -> Redirect:
    """Begin a session with a secret of its own; whatever session this browser had ends."""
    secret = await actions.sign_in(
        await _actor(request, person_id),
        proof,
        browser=request.headers.get("user-agent", ""),
        before=request.cookies.get(cookie_name()),
    )
    return _with_secret(secret, to)


async def _renew(request: AnyonesRequest, returned: Returned, person_id: int | None) -> Redirect:
    session = session_of(request.scope)
    if session is None or session.number != returned.attempt.session:
        raise StaleAttemptError
    if person_id != session.person_id:
        raise OtherPersonError
    return await _prove(request, session, returned.proof, returned.attempt.return_to)


async def _prove(
    request: AnyonesRequest | PageRequest, session: sessions.Session, proof: Proof, to: str
) -> Redirect:
    actor = await _actor(request, session.person_id)
    before = request.cookies.get(cookie_name(), "")
    secret = await actions.prove_again(actor, proof, secret=before, acting=session.acting)
    if secret is None:
        raise StaleAttemptError
    return _with_secret(secret, to)


def _with_secret(secret: str, to: str) -> Redirect:
    """Hand over the secret; the token of forms is made anew too, for it was known before."""
    return Redirect(to, status_code=303, cookies=[cookie(secret), gone(form_cookie_name())])


async def _actor(request: AnyonesRequest | PageRequest, person_id: int) -> Actor:
    who = await identity_of(person_id, today())
    return Actor(person_id, who.name if who else "", request_id_of(request.scope))


def _demo_proof(person_id: int) -> Proof:
    return Proof(DEMO, str(person_id), None, None, now(), None)
