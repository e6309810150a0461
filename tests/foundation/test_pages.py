"""Are pages escaped, complete, and the same to someone refused as to someone lost?"""

from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError
from litestar import get
from litestar.config.csrf import CSRFConfig
from litestar.params import FromPath
from litestar.response import Template
from litestar.testing import create_test_client

import build_assets
from foundation.error_pages import APOLOGIES, error_page
from foundation.headers import CONTENT_SECURITY_POLICY
from foundation.pages import page_environment, template_config
from foundation.parts import Link, Shell
from foundation.static_files import AssetsMissing, StaticFiles, load_static_files

TAG = "{% from 'govuk_frontend_jinja/components/tag/macro.html' import govukTag %}"


@pytest.fixture
def environment() -> Environment:
    build_assets.build()
    return page_environment(load_static_files())


def test_a_name_nobody_defined_is_an_error_and_not_a_blank(environment: Environment) -> None:
    """L15: the stock engine prints nothing for a misspelt name."""
    with pytest.raises(UndefinedError):
        environment.from_string("{{ standnig }}").render()


def test_the_design_systems_macros_may_lean_on_missing_options(environment: Environment) -> None:
    assert "govuk-tag" in environment.from_string(TAG + "{{ govukTag({'text': 'Met'}) }}").render()


def test_a_standing_nobody_dressed_is_an_error_and_not_a_grey_tag(environment: Environment) -> None:
    tag = "{% from 'components/standing.html' import standing_tag %}{{ standing_tag('dormant') }}"
    with pytest.raises(UndefinedError):
        environment.from_string(tag).render()


@pytest.mark.parametrize("template", ["{{ name }}", TAG + "{{ govukTag({'text': name}) }}"])
def test_hostile_text_stays_text(environment: Environment, template: str) -> None:
    assert "<script" not in environment.from_string(template).render(name="<script>alert(1)</script>")


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    """The security policy would stop it in the browser; here it is found first."""
    root = Path(__file__).parent.parent.parent / "templates"
    printed = set(root.rglob("*-document.html"))  # on paper there is no browser, and nothing is fetched
    for path in set(root.rglob("*.html")) - printed:
        text = path.read_text("utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert text.count("<script") == text.count("<script src=") + text.count(
            '<script type="module" src='
        ), path
        assert " onclick=" not in text, path


def test_the_security_policy_is_exactly_this() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )


@get("/{status:int}", sync_to_thread=False)
def _fails(status: FromPath[int]) -> Template:
    return error_page(
        status,
        request_id="r-1",
        details=("Officer 4417 is in another force",),
        onward=Link("Officer 4417", "/4417"),
    )


def test_every_failure_has_its_page_with_a_way_onward_and_a_reference(environment: Environment) -> None:
    with create_test_client([_fails], template_config=template_config(environment)) as client:
        for status in [*APOLOGIES, 418, 502]:
            answer = client.get(f"/{status}")
            assert answer.headers["content-type"].startswith("text/html")
            assert answer.headers["cache-control"] == "no-store"
            assert "r-1" in answer.text
            assert "govuk-heading-l" in answer.text


def test_refused_and_absent_are_one_page_whatever_the_caller_would_tell(environment: Environment) -> None:
    with create_test_client([_fails], template_config=template_config(environment)) as client:
        refused, absent = client.get("/403"), client.get("/404")
        assert (refused.status_code, refused.text) == (absent.status_code, absent.text)
        assert "4417" not in refused.text
        assert "4417" in client.get("/409").text


def test_an_error_page_keeps_the_navigation_but_not_what_the_page_was_about(environment: Environment) -> None:
    @get("/", sync_to_thread=False)
    def lost() -> Template:
        around = Shell("PC 4417", navigation=[Link("My team", "/team")], crumbs=[Link("PC 4417", "/4417")])
        return error_page(404, request_id="r-1", shell=around)

    with create_test_client([lost], template_config=template_config(environment)) as client:
        text = client.get("/").text
    assert "My team" in text
    assert "4417" not in text


def test_the_sign_out_form_carries_its_token_as_a_field_and_not_as_text(environment: Environment) -> None:
    """L16: Litestar hands `csrf_input` over as plain text, which we escape unless told that it is safe."""

    @get("/", sync_to_thread=False)
    def here() -> Template:
        return error_page(
            404, request_id="r-1", shell=Shell("", signed_in_as="PC 4417", sign_out_href="/out")
        )

    csrf = CSRFConfig(secret="0123456789abcdef0123456789abcdef")
    with create_test_client([here], template_config=template_config(environment), csrf_config=csrf) as client:
        assert '<input type="hidden" name="_csrf_token"' in client.get("/").text


def test_a_static_file_that_was_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match=r"nothing\.css"):
        StaticFiles(tmp_path, {}).url("nothing.css")
    with pytest.raises(AssetsMissing, match=r"scripts/build_assets\.py"):
        load_static_files(tmp_path)
