"""Which headers does every answer carry, so that a browser lets nothing in that is not ours?"""

from collections.abc import Mapping
from urllib.parse import urlsplit

# Tested as an exact string: a looser policy must be a decision somebody sees.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def headers_with(issuer: str | None) -> Mapping[str, str]:
    """Return the headers where people sign in at an identity provider: a form of ours then leads there, and only there."""
    if issuer is None:
        return SECURITY_HEADERS
    parts = urlsplit(issuer)
    there = f"form-action 'self' {parts.scheme}://{parts.netloc};"
    policy = CONTENT_SECURITY_POLICY.replace("form-action 'self';", there)
    return {**SECURITY_HEADERS, "Content-Security-Policy": policy}
