"""How is the API described to programs: what it is, how one signs in to it, and what its parts are for?"""

from collections.abc import Mapping
from typing import Literal

from litestar import Router
from litestar.datastructures import ResponseHeader
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme, Server, Tag

from access.limits import Limit
from access.permissions import Permission
from access.sign_in import cookie_name, form_cookie_name
from attested.api.refusing import FORM, PATH, SESSION, TOKEN, before_answering
from attested.rooms import ENDPOINTS

DOCUMENT = f"{PATH}/schema/openapi.json"
OPEN = {"permission": Permission.PUBLIC, "asks_nobody": True}
INTRODUCTION = """\
May this officer practise, and why. The same facts as the pages, for programs, under the same permissions.

**Days and instants.** A day is a day in London, written 2026-03-04. An instant is in UTC.

**Pages.** A list comes in pages; each tells what asks for the next one, and tells nothing on the last.

**Refusals** are problem documents (RFC 9457). Whatever you may not see is answered exactly like what does not exist.
A parameter or a field that is not described here is refused, so that a misspelt one is never taken for left out.

**Tags.** Where an answer carries an `ETag`, send it back as `If-None-Match`, and 304 says that nothing has changed.

**Being kept.** Answers about people say `no-store`: keep them no longer than you work on them.
"""
TAGS = {
    "You": "Whom your session or your token stands for.",
    "Passport": "May one person practise, and on which evidence does that rest?",
    "Development": "What somebody writes of their own development: theirs until they share it with somebody by name.",
    "Evidence": "One record of what somebody met: recorded, verified, corrected, with its files.",
    "Leadership": "How far somebody is at the five leadership stages: what they show, and what is said of it.",
    "My team": "Those whom you supervise today.",
    "Licensing desk": "The licences of your force.",
    "Planning": "How many places training needs, month by month, and for whom.",
    "National view": "How many hold which standing, force by force; never a name.",
    "Conversations": "Development conversations: preparing, sharing and answering them, what was agreed, and whose is due.",
    "Care": "What support was offered to whom, and one person’s care; shown to those who give it and to the person.",
    "Vetting": "Clearances, and for vetting officers the cases that are assigned to them.",
    "Classes": "Classes of your force, and the sheet by which a trainer signs for everybody at once.",
    "Waivers": "What is waived, deferred or put down to the force, proposed by one person and agreed to by another.",
    "Earlier learning": "What people claim to have learned before, and what assessors make of it.",
    "Providers": "Who delivers training for your force, what each may deliver, and what is in doubt since.",
    "Statements": "What your learning system's statements mean here, and those that nobody could place.",
    "Files": "Files that a force hands in: judged line by line, then kept or discarded.",
    "Notices": "Your own inbox.",
    "Retention": "What is kept how long, and what has gone.",
    "Roles": "Who holds which role in a force, given by whom.",
    "Readings": "Who looked at your record; for privacy officers, who looked at whose.",
    "Everything held": "A copy of everything held on you, its clock, and the judgement on what of it may be given.",
    "Exports": "Every file of people's records that left a force, and the second person that many rows need.",
    "Broken glass": "One record opened in an emergency, and reviewed by a second person.",
    "Policy": "What is asked of whom, in every version.",
    "Policy desk": "The next version of policy while it is written, and the second person's approval; for the national body.",
    "What-ifs": "Who would stand otherwise if a draft of policy were in force; for those who answer for people.",
    "Own settings": "What a force sets for itself within policy: proposed by one of its people, approved by another.",
    "Audit": "The signed heads that stand for every line of audit, for anybody to keep.",
    "Jobs": "What runs, what waits and what has died, for operators.",
}


Where = Literal["cookie", "header"]
SCHEMES: Mapping[str, tuple[str, Where, str]] = {
    SESSION: (
        cookie_name(),
        "cookie",
        "The session that signing in begins; the demonstration's is at `/sign-in`.",
    ),
    FORM: (
        form_cookie_name(),
        "cookie",
        "Set by the answer to any GET; whatever changes something needs it.",
    ),
    TOKEN: ("x-csrftoken", "header", "The value of that cookie once more, which no forged request can know."),
}


def _security() -> Components:
    return Components(
        security_schemes={
            scheme: SecurityScheme(type="apiKey", name=name, security_scheme_in=where, description=what)
            for scheme, (name, where, what) in SCHEMES.items()
        }
    )


def api_description() -> OpenAPIConfig:
    """Return what the document says of the API as a whole, and where the document lies."""
    return OpenAPIConfig(
        title="Attested",
        version="1",
        summary="May this officer practise, and why.",
        description=INTRODUCTION,
        license=License(name="MIT", identifier="MIT"),
        servers=[Server(url="/", description="This very service.")],
        tags=[Tag(name=name, description=what) for name, what in TAGS.items()],
        components=_security(),
        security=[{SESSION: []}],
        path=DOCUMENT.rpartition("/")[0],
        openapi_router=Router(
            DOCUMENT.rpartition("/")[0], route_handlers=[], opt=OPEN, include_in_schema=False
        ),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        create_examples=False,
        use_handler_docstrings=True,
    )


def api_router() -> Router:
    """Return everything that answers programs; what is not said to be kept is not."""
    return Router(
        PATH,
        route_handlers=list(ENDPOINTS),
        before_request=before_answering,
        opt={"exclude_from_csrf": False, "limit": Limit.API},
        response_headers=[
            ResponseHeader(
                name="Cache-Control", value="no-store", description="Whether, and where, this may be kept."
            )
        ],
    )
