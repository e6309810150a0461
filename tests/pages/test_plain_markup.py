"""Is what our templates write out in plain markup what the design system's own macros would have written?"""

import re
from dataclasses import dataclass

import pytest
from jinja2 import Environment

from build_assets import build
from foundation.date_entry import DateEntry, date_entry_of, read_date_entry
from foundation.pages import page_environment
from foundation.parts import Link
from foundation.static_files import load_static_files
from tests.pages.gallery import TODAY

PLAIN = "{{% from 'components/plain.html' import {name} %}}{call}"
MACRO = "{{% from 'govuk_frontend_jinja/components/{part}/macro.html' import {name} %}}{{{{ {name}({options}) }}}}"
LINKS = (Link("My passport", "/passport", current=True), Link("Policy & more", "/policy"))
NAVIGATION = """{"navigationLabel": "Main", "menuButtonText": "Menu", "navigation": [
    {"text": "My passport", "href": "/passport", "active": true}, {"text": "Policy & more", "href": "/policy"}]}"""
WRONG = read_date_entry("31", "", "2026", name="day")


@dataclass(frozen=True, slots=True)
class Pair:
    """One part in plain markup, and the same as the library writes it."""

    name: str
    call: str
    part: str
    macro: str
    options: str


def date_boxes(entry: DateEntry) -> str:
    """Return the library's options for three boxes as they were typed."""
    items = ", ".join(
        f"""{{"name": "{box}", "value": "{getattr(entry, box)}", "classes":
             "govuk-input--width-{width}{" govuk-input--error" if box in entry.wrong else ""}"}}"""
        for box, width in (("day", 2), ("month", 2), ("year", 4))
    )
    error = f', "errorMessage": {{"text": "{entry.error}"}}' if entry.error else ""
    return f"""{{"id": "on", "namePrefix": "on", "hint": {{"text": "For example, 3 3 2026"}}, "items": [{items}],
        "fieldset": {{"legend": {{"text": "Which day?", "classes": "govuk-fieldset__legend--s"}}}}{error}}}"""


DETAILS = "{% call details('3 records', 'app-why') %}<p>Words</p>{% endcall %}"
PAIRS = (
    Pair("tag", "{{ tag('In grace', 'govuk-tag--orange') }}", "tag", "govukTag",
         "{'text': 'In grace', 'classes': 'govuk-tag--orange'}"),
    Pair("details", DETAILS, "details", "govukDetails",
         "{'summaryText': '3 records', 'html': '<p>Words</p>' | safe, 'classes': 'app-why'}"),
    Pair("button", "{{ button('Apply', 'govuk-button--secondary') }}", "button", "govukButton",
         "{'text': 'Apply', 'classes': 'govuk-button--secondary'}"),
    Pair("skip_link", "{{ skip_link() }}", "skip-link", "govukSkipLink",
         "{'href': '#main-content', 'text': 'Skip to main content'}"),
    Pair("back_link", "{{ back_link(links[1]) }}", "back-link", "govukBackLink",
         "{'text': 'Policy & more', 'href': '/policy'}"),
    Pair("service_navigation", "{{ service_navigation(links) }}", "service-navigation", "govukServiceNavigation",
         NAVIGATION),
    Pair("date_input", "{{ date_input('on', 'Which day?', right, 'For example, 3 3 2026') }}", "date-input",
         "govukDateInput", date_boxes(date_entry_of(TODAY))),
    Pair("date_input", "{{ date_input('on', 'Which day?', wrong, 'For example, 3 3 2026') }}", "date-input",
         "govukDateInput", date_boxes(WRONG)),
)  # fmt: skip


@pytest.fixture(scope="module")
def environment() -> Environment:
    build()
    return page_environment(load_static_files())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.macro)
def test_plain_markup_is_what_the_design_system_writes(environment: Environment, pair: Pair) -> None:
    ours = environment.from_string(PLAIN.format(name=pair.name, call=pair.call))
    theirs = environment.from_string(MACRO.format(part=pair.part, name=pair.macro, options=pair.options))
    given = {"links": LINKS, "right": date_entry_of(TODAY), "wrong": WRONG}
    assert tight(ours.render(given)) == tight(theirs.render())


def tight(html: str) -> str:
    """Leave out the white space that a browser leaves out too."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html)).strip()
