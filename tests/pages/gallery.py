"""Every shared component in every state, served as its own small program: what the pages are made of."""

from datetime import UTC, date, datetime
from pathlib import Path

from litestar import Litestar, Request, Response, get
from litestar.datastructures import State as AppState
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from foundation.date_entry import date_entry_of, read_date_entry
from foundation.error_pages import error_page
from foundation.headers import SECURITY_HEADERS
from foundation.pages import TEMPLATES, page, page_environment, template_config
from foundation.parts import Banner, Column, FieldError, Link, MeterPart, Shell, Sorted, SummaryRow, Tone
from foundation.static_files import load_static_files, static_router
from foundation.timeline import Lane, Span, draw_timeline
from licence.standing.decisions import Standing, State

TODAY = date(2026, 11, 5)
NAVIGATION = (
    Link("My passport", "/", current=True),
    Link("My team", "/team"),
    Link("Licensing desk", "/desk"),
    Link("Policy", "/policy"),
    Link("Inbox", "/inbox"),
)
AROUND = Shell(
    title="Gallery",
    navigation=NAVIGATION,
    signed_in_as="PC 4417 Siân Wójcik-Featherstonehaugh",
    sign_out_href="/sign-out",
    demo=True,
    crumbs=(Link("Home", "/"), Link("Licensing desk", "/desk"), Link("Lapsed", "/desk/lapsed")),
    policy_version="National 3, in force from 1 April 2026",
    generated_at=datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
    request_id="0192f3c8a5e07c3e9d6d4b1f",
)
PEOPLE = (
    ("Anneka Rice", Standing.IN_GRACE, "Response B, Eastleigh and Chandler’s Ford", 12),
    ("Christopher Wolstenholme-Abernathy", Standing.LAPSED, "Roads policing", 1204),
    ("Ng Wei", Standing.ACTIVE, "Neighbourhood", 0),
)
COLUMNS = (
    Column("Name", sort_href="/?sort=name", sorted=Sorted.ASCENDING),
    Column("Standing", sort_href="/?sort=standing"),
    Column("Unit"),
    Column("Days since", numeric=True),
)
SUBJECTS = ("First aid", "Driving", "CED", "PPST", "Public order", "PIP 1", "Stop and search")
TIMELINE = draw_timeline(
    "Your passport since you joined",
    [
        Lane(
            "Personal safety training (PPST)",
            [
                Span(date(2019, 3, 4), date(2020, 3, 3), "Met", Tone.GOOD),
                Span(date(2020, 3, 4), date(2020, 6, 30), "Overdue", Tone.STOP),
                Span(date(2020, 7, 1), date(2026, 10, 1), "Met", Tone.GOOD),
                Span(date(2026, 10, 2), date(2026, 12, 31), "In grace", Tone.SOON),
            ],
            "In grace until 31 Dec",
        ),
        Lane("First aid", [Span(date(2021, 1, 1), date(2027, 1, 1), "Met", Tone.GOOD)]),
        Lane(
            "Parental leave",
            [Span(date(2023, 5, 1), date(2024, 2, 1), "Away", Tone.ASIDE)],
            "Extends, never lapses",
        ),
    ],
    today=TODAY,
)
METER = (
    MeterPart("New", 812, Tone.GOOD, "/import/new"),
    MeterPart("Changed", 140, Tone.ASIDE, "/import/changed"),
    MeterPart("Unchanged", 1022, Tone.PLAIN),
    MeterPart("Duplicate", 31, Tone.PLAIN),
    MeterPart("Ignored: not a completion", 220, Tone.PLAIN),
    MeterPart("Rejected", 17, Tone.STOP, "/import/rejected"),
    MeterPart("Suspicious: a question to answer", 4, Tone.SOON, "/import/suspicious"),
)
SUMMARY = (
    SummaryRow("Name", "Siân Wójcik-Featherstonehaugh"),
    SummaryRow("Licence valid through", "31 December 2026", (Link("Why", "/why"),)),
    SummaryRow("Hostile text", "<script>alert(1)</script>"),
)
ERRORS = (FieldError("The date must be a real date", "on-day"), FieldError("Choose a unit", "unit"))


@get("/", opt={"permission": "open"}, sync_to_thread=False)
def gallery() -> Template:
    return _gallery(AROUND, date_entry_of(TODAY))


@get("/problems", opt={"permission": "open"}, sync_to_thread=False)
def problems() -> Template:
    around = Shell(title="Gallery", navigation=NAVIGATION, back=Link("Back", "/"), errors=ERRORS)
    return _gallery(around, read_date_entry("31", "Feb", "2026"))


@get("/banner", opt={"permission": "open"}, sync_to_thread=False)
def banner() -> Template:
    told = Banner("Your file was imported.", link=Link("See what changed", "/import"), succeeded=True)
    return page(
        "passport.html", Shell(title="Passport", banner=told), standing=Standing.ACTIVE, timeline_of=TIMELINE
    )


@get("/broken/{status:int}", opt={"permission": "open"}, sync_to_thread=False)
def broken(status: FromPath[int]) -> Template:
    return error_page(status, request_id="0192f3c8a5e07c3e9d6d4b1f", details=("The day is missing.",))


def _gallery(around: Shell, entry: object) -> Template:
    return page(
        "gallery.html",
        around,
        standings=tuple(Standing),
        states=tuple(State),
        columns=COLUMNS,
        people=PEOPLE,
        subjects=SUBJECTS,
        drawing=TIMELINE,
        parts=METER,
        rows=SUMMARY,
        entry=entry,
    )


def _absent(_: Request[object, object, AppState], __: NotFoundException) -> Template:
    return error_page(404, request_id="0192f3c8a5e07c3e9d6d4b1f")


def _with_headers(response: Response[object]) -> Response[object]:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


_static = load_static_files()
_environment = page_environment(_static, templates=[Path(__file__).parent / "templates", TEMPLATES])
app = Litestar(
    route_handlers=[
        gallery,
        problems,
        banner,
        broken,
        static_router(_static, opt={"permission": "open"}),
    ],
    template_config=template_config(_environment),
    after_request=_with_headers,
    exception_handlers={NotFoundException: _absent},
    openapi_config=None,
)
