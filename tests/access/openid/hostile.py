"""An identity provider with real keys that says whatever a test wants it to."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs

from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

Claims = dict[str, object]
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
EC_KEY = ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"})
STRANGERS_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@dataclass
class Hostile:
    """What the provider does next; `asked` is what it was asked, in order."""

    issuer: str = ""
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [KEY, EC_KEY])
    described: Claims = field(default_factory=dict)
    token: Callable[["Hostile"], str] = lambda provider: provider.signed(provider.claims())
    nonce: str = ""
    subject: str = "ada"
    status: int = 200
    asked: list[str] = field(default_factory=list)
    redeemed: list[dict[str, str]] = field(default_factory=list)

    def be_honest(self) -> None:
        """Begin anew, as at the start."""
        fresh = Hostile(self.issuer)
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(fresh, name))

    def claims(self, **other: object) -> Claims:
        """Return what an honest ID token says; None takes a claim out."""
        now = int(time.time())
        honest = {
            "iss": self.issuer, "sub": self.subject, "aud": "attested", "nonce": self.nonce,
            "iat": now, "exp": now + 300, "auth_time": now, "sid": "session-1", "email": "ada@force.test",
        }  # fmt: skip
        return {name: value for name, value in {**honest, **other}.items() if value is not None}

    def logout(self, **other: object) -> Claims:
        """Return what an honest logout token says; None takes a claim out."""
        happened: Claims = {"http://schemas.openid.net/event/backchannel-logout": {}}
        honest = {
            **self.claims(nonce=None, auth_time=None, email=None),
            "jti": f"jti-{time.time_ns()}", "events": happened,
        }  # fmt: skip
        return {name: value for name, value in {**honest, **other}.items() if value is not None}

    def signed(
        self, claims: Claims, *, key: RSAKey | ECKey | OctKey = KEY, alg: str = "RS256", **header: object
    ) -> str:
        """Sign a token; a header that is None is left out."""
        named = {"alg": alg, "typ": "JWT", "kid": key.kid, **header}
        kept = {name: value for name, value in named.items() if value is not None}
        registry = jws.JWSRegistry(
            algorithms=["RS256", "RS512", "PS256", "ES256", "HS256"], strict_check_header=False
        )
        return jws.serialize_compact(kept, json.dumps(claims).encode(), key, registry=registry)

    def unsigned(self, claims: Claims) -> str:
        """Make a token of algorithm none."""
        head = {"alg": "none", "typ": "JWT", "kid": "one"}
        return f"{_part(json.dumps(head).encode())}.{_part(json.dumps(claims).encode())}."


def with_public_key_as_secret(claims: Claims) -> str:
    """Sign with HS256 and the provider's public key, as though that were a shared secret."""
    head = _part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    body = _part(json.dumps(claims).encode())
    mark = hmac.new(KEY.as_pem(private=False), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_part(mark)}"


def spoiled(token: str) -> str:
    """Change one letter in the middle of a signature."""
    head, body, mark = token.split(".")
    middle = len(mark) // 2
    other = "A" if mark[middle] != "A" else "B"
    return f"{head}.{body}.{mark[:middle]}{other}{mark[middle + 1 :]}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class _Answering(BaseHTTPRequestHandler):
    provider: ClassVar[Hostile]

    def do_GET(self) -> None:
        provider = self.provider
        provider.asked.append(self.path)
        if self.path == "/.well-known/openid-configuration":
            self._tell({**_description(provider.issuer), **provider.described})
        elif self.path == "/keys":
            self._tell({"keys": [key.as_dict(private=False) for key in provider.keys]})
        else:
            self._tell({"tempting": True})

    def do_POST(self) -> None:
        provider = self.provider
        provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        provider.redeemed.append({name: values[0] for name, values in parse_qs(body).items()})
        self._tell({"access_token": "x", "token_type": "Bearer", "id_token": provider.token(provider)})

    def _tell(self, said: Claims) -> None:
        content = json.dumps(said).encode()
        self.send_response(self.provider.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _description(issuer: str) -> Claims:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/auth",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "end_session_endpoint": f"{issuer}/end",
        "authorization_response_iss_parameter_supported": True,
        "code_challenge_methods_supported": ["S256"],
    }


@contextmanager
def hostile_provider() -> Iterator[Hostile]:
    """Start the provider on a free port of this machine."""
    provider = Hostile()
    answering = type("Answering", (_Answering,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answering)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
