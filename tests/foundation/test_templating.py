"""Is what our templates write out escaped exactly as Jinja escapes it?"""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from foundation.templating import QuickContext, QuickGenerator, QuickTemplate, written

PARTS = DictLoader({"parts": "{% macro m(y) %}<b>{{ y }}</b>{% endmacro %}"})


class Word(StrEnum):
    """A word that is text and more."""

    SHARP = "<b>"


class Quick(Environment):
    """Jinja's environment with what makes ours quick."""

    code_generator_class = QuickGenerator
    context_class = QuickContext
    template_class = QuickTemplate


@given(
    st.one_of(
        st.text(alphabet="<>&'\"a;é"),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.none(),
        st.sampled_from(Word),
    )
)
def test_what_is_written_is_what_jinja_would_write(value: object) -> None:
    assert written(value) == escape(value)


def test_what_is_safe_is_left_as_it_is() -> None:
    assert written(Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert written(escape("<")) == "&lt;"


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize(
    "source",
    [
        "{{ x }} {{ x ~ x }} {{ x | upper }} {{ x | safe }} {{ x if x else 1 }}",
        "{% macro m(y) %}<i>{{ y }}</i>{% endmacro %}{{ m(x) }}{% set z %}{{ m('&') }}{% endset %}{{ z }}",
        "{% for y in [x, 1, none] %}{{ loop.index }}{{ y }}{% endfor %}{% filter upper %}{{ x }}{% endfilter %}",
        "{% autoescape false %}{{ x }}{% endautoescape %}{% autoescape true %}{{ x }}{% endautoescape %}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% macro m(y, z=1) %}{{ y }}{{ z }}{{ kwargs }}{% endmacro %}{% for y in 'ab' %}{{ m(y, z=x, a=y) }}{% endfor %}",
        "{% from 'parts' import m %}{% import 'parts' as parts with context %}{{ m(x) }}{{ parts.m('&') }}{{ dict(a=x).a }}",
    ],
)
def test_a_page_reads_as_jinja_would_have_made_it(source: str, *, autoescape: bool) -> None:
    quick, plain = (
        kind(autoescape=autoescape, loader=PARTS).from_string(source).render(x="<&'\">")
        for kind in (Quick, Environment)
    )
    assert quick == plain
