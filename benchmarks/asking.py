"""How is the application asked for a page without a server between?"""

from foundation.requests import Watched

FOUND = 200


async def asked(app: Watched, path: str, cookie: str, *, expected: int = FOUND) -> None:
    """Ask for an address with a cookie.

    :raises RuntimeError: the answer is another than the one expected.
    """
    status: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            status.append(int(str(message["status"])))

    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
             "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
             "client": ("127.0.0.1", 50_000), "server": ("localhost", 8000)}  # fmt: skip
    await app(scope, receive, send)  # type: ignore[arg-type]
    if status != [expected]:
        raise RuntimeError(f"{path} answered {status}")
