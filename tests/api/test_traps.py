"""What does Litestar do with methods and optional parameters that the API had to put right (traps L22, L23)?"""

from typing import Annotated

import pytest
from httpx2 import ASGITransport, AsyncClient
from litestar import Controller, Litestar, get, post
from litestar.openapi.spec import Operation, Parameter
from litestar.params import QueryParameter

pytestmark = pytest.mark.anyio


class Things(Controller):
    """Two methods at one address, and a bound that is nought."""

    path = "/things"

    @get("/", sync_to_thread=False)
    def listed(self, first: Annotated[int | None, QueryParameter(name="first", ge=0)] = 7) -> list[int]:
        return [] if first is None else [first]

    @post("/", sync_to_thread=False)
    def made(self) -> None:
        return None


def calling() -> AsyncClient:
    app = Litestar([Things])
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://localhost")  # type: ignore[arg-type]


async def test_options_names_the_methods_of_half_an_address() -> None:
    async with calling() as client:
        assert (await client.options("/things")).headers["allow"] == "GET, OPTIONS"
        assert (await client.post("/things")).status_code == 201


async def test_null_is_taken_for_nothing() -> None:
    async with calling() as client:
        assert (await client.get("/things?first=null")).json() == []


def test_a_parameter_is_described_as_null_and_without_its_bound() -> None:
    operation = (Litestar([Things]).openapi_schema.paths or {})["/things"].get
    assert isinstance(operation, Operation)
    first = (operation.parameters or [])[0]
    assert isinstance(first, Parameter)
    described = first.to_schema()["schema"]
    assert [one["type"] for one in described["oneOf"]] == ["integer", "null"]
    assert "minimum" not in described
