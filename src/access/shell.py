"""What stands around a page for the person who asks: which doors they have, and who they are."""

from litestar import Request
from litestar.datastructures import State

from access.identity import Identity, OpenGlass
from access.permission_map import may_use
from access.permissions import Permission
from foundation.clock import now
from foundation.parts import Banner, FieldError, Link, OpenRecord, Shell
from foundation.requests import request_id_of
from foundation.settings import settings
from foundation.wording import as_sentence_case

PageRequest = Request[Identity, None, State]
# Where nobody need be signed in.
AnyonesRequest = Request[Identity | None, None, State]

LANDING = "/passport"
# The doors in the order in which they hang; each shows to whoever may open it.
DOORS = (
    ("My passport", "/passport", Permission.OWN_SESSION),
    ("My team", "/team", Permission.TEAM_READ),
    ("To verify", "/verification", Permission.EVIDENCE_VERIFY),
    ("Leadership", "/leadership", Permission.LEADERSHIP_READ),
    ("Licensing desk", "/desk", Permission.DESK_READ),
    ("Conversations", "/conversations", Permission.CONVERSATION_STATUS),
    ("Planning", "/planning", Permission.DEMAND_READ),
    ("Vetting", "/vetting", Permission.VETTING_CASE_READ),
    ("Care", "/care", Permission.CARE_READ),
    ("Judge requests", "/exemptions/health", Permission.EXEMPTION_CLINICAL),
    ("Judge requests", "/exemptions/vetting", Permission.EXEMPTION_VETTING),
    ("National view", "/national", Permission.FIGURES_READ),
    ("Classes", "/classes", Permission.CLASS_READ),
    ("Waivers", "/waivers", Permission.WAIVER_READ),
    ("Earlier learning", "/earlier-learning", Permission.PRIOR_ASSESS),
    ("Providers", "/providers", Permission.PROVIDER_KEEP),
    ("Learning systems", "/statements", Permission.STATEMENT_MAP),
    ("Files", "/imports", Permission.INTAKE_READ),
    ("Jobs", "/jobs", Permission.JOB_READ),
    ("Roles", "/roles", Permission.ROLE_READ),
    ("Privacy", "/privacy", Permission.READINGS_OF_FORCE),
    ("Exports", "/exports", Permission.EXPORT_READ),
    ("Retention", "/retention", Permission.RETENTION_READ),
    ("Notices", "/inbox", Permission.NOTICE_READ),
    ("Policy", "/policy", Permission.POLICY_READ),
    ("Policy desk", "/policy/drafts", Permission.POLICY_DRAFT),
    ("What-ifs", "/policy/what-ifs", Permission.WHAT_IF_READ),
    ("Own settings", "/policy/settings", Permission.SETTING_READ),
    ("Break the glass", "/glass", Permission.GLASS_BREAK),
)


def shell_for(
    request: PageRequest | AnyonesRequest,
    title: str,
    *,
    back: Link | None = None,
    crumbs: tuple[Link, ...] = (),
    errors: tuple[FieldError, ...] = (),
    banner: Banner | None = None,
    policy_version: str | None = None,
) -> Shell:
    """Return the shell of a page for whoever asks."""
    identity = request.scope.get("user")
    known = identity if isinstance(identity, Identity) else None
    return Shell(
        title=title,
        navigation=_doors(known, request.url.path),
        signed_in_as=known.name if known else None,
        acting_as=_acting_as(known) if known else None,
        sign_out_href="/sign-out" if known else None,
        demo=settings().oidc_issuer is None,
        open_record=_open_record(known.glass) if known and known.glass else None,
        back=back,
        crumbs=crumbs,
        errors=errors,
        banner=banner or (_roles_wait(known) if known and request.url.path == LANDING else None),
        policy_version=policy_version,
        generated_at=now(),
        request_id=request_id_of(request.scope),
    )


def _roles_wait(identity: Identity) -> Banner | None:
    """Lead whoever holds roles and acts in none of them to the choice, from the page they land on."""
    if identity.acting or not identity.grants:
        return None
    names = sorted({as_sentence_case(grant.role) for grant in identity.grants})
    told = f"You are here as yourself. Your roles wait until you choose one: {', '.join(names)}."
    return Banner(told, link=Link("Choose a role", "/acting"))


def _acting_as(identity: Identity) -> Link | None:
    """Return the role acted in, and where another can be chosen; nothing for whoever was given no role."""
    if not identity.grants:
        return None
    return Link(as_sentence_case(identity.acting.role) if identity.acting else "Choose a role", "/acting")


def _open_record(glass: OpenGlass) -> OpenRecord:
    passport = f"/people/{glass.national_id}/passport"
    return OpenRecord(glass.name, passport, glass.closes_at, f"/glass/{glass.id}/end")


def _doors(identity: Identity | None, path: str) -> tuple[Link, ...]:
    if identity is None:
        return ()
    theirs = [(text, href) for text, href, permission in DOORS if may_use(identity, permission)]
    # Of two doors that lead to a page, as to the policy and to its desk, the nearer is the one that is open. A door that
    # is not theirs is none: else it would show by the other's being shut.
    leading = (href for _, href in theirs if path == href or path.startswith(f"{href}/"))
    nearest = max(leading, key=len, default="")
    return tuple(Link(text, href, current=href == nearest) for text, href in theirs)
