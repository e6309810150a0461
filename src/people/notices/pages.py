"""The inbox: what one has been told, newest first, about oneself and those one supervises."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from litestar import Controller, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from access.asking import actor_of, look_of
from access.facts import subjects
from access.identity import Identity
from access.permission_map import may_see
from access.permissions import Permission
from access.readings.looks import Opened
from access.readings.recording import note_listed
from access.shell import PageRequest, shell_for
from foundation.clock import today
from foundation.forms import typed
from foundation.pages import page
from foundation.paging import Before
from foundation.parts import Link
from foundation.requests import EXACT
from foundation.wording import as_count
from people.notices.actions import mark_read
from people.notices.facts import InboxItem, inbox, unread_count
from people.notices.rules import Rung

OWN = {"permission": Permission.NOTICE_READ}
# What each rung says in a word, and how it stands.
RUNGS = {
    Rung.DAYS_90: ("Due within 90 days", "soon"),
    Rung.DAYS_30: ("Due within 30 days", "soon"),
    Rung.DAYS_7: ("Due within 7 days", "soon"),
    Rung.OVERDUE: ("Overdue", "stop"),
    Rung.STOPPED: ("Stopped", "stop"),
    Rung.LAPSED: ("Lapsed", "stop"),
    Rung.REINSTATED: ("Reinstated", "good"),
    Rung.TOLD: ("For you to know", "plain"),
}
# Where a notice that tells of something leads to, by how its matter begins, with the number that follows it where the
# address has a place for it; all others lead to the passport.
LEADS = {
    "GLASS-REVIEW": Link("Review it", "/privacy/glass"),
    "GLASS": Link("See who looked at your record", "/passport/readings"),
    "GLASS-MINE": Link("See what the review said", "/glass"),
    "READING": Link("See unusual reading", "/privacy"),
    "EVIDENCE": Link("See the record", "/evidence/{}"),
    "DOUBT": Link("See the record", "/evidence/{}"),
    "PRIOR": Link("See your claims", "/passport/earlier-learning"),
    "WAIVER": Link("See your passport", "/passport"),
    "CPD-SHARED": Link("Read it", "/cpd/{}"),
    "CPD-VERIFIED": Link("See your entry", "/passport/cpd/{}"),
    "LEADERSHIP": Link("See your leadership", "/passport/leadership?stage={}"),
    "VERIFY": Link("See what waits for you", "/verification"),
    "CONVERSATION-SHARED": Link("See your conversations", "/passport/conversations"),
    "CONVERSATION-ANSWERED": Link("See the conversations of your team", "/team/conversations"),
    "CONVERSATION-UNLED": Link("See whose conversations are due", "/conversations"),
}
# The same for what is late, to the person themselves and to whoever sees to it.
LATE = {
    "CONVERSATION": (LEADS["CONVERSATION-SHARED"], LEADS["CONVERSATION-ANSWERED"]),
    "CONVERSATION-STILL": (LEADS["CONVERSATION-SHARED"], LEADS["CONVERSATION-UNLED"]),
}
LONGEST = len(str(EXACT))


class InboxPages(Controller):
    """One's own notices, and nobody else's."""

    path = "/inbox"
    include_in_schema = False

    @get("/", opt=OWN)
    async def inbox(
        self,
        request: PageRequest,
        before: Before = None,
    ) -> Template:
        """Show one's notices, newest first, a page at a time; looking marks nothing as read."""
        me = request.user.person_id
        unread, found = await unread_count(me), await inbox(me, before=before)
        others = [item.person_id for item in found.items]
        await note_listed(request.user, Permission.TEAM_READ, others, look_of(request, Opened.INBOX))
        title = f"Notices ({as_count(unread, 'not read', 'not read')})" if unread else "Notices"
        return page(
            "people/inbox.html",
            shell_for(request, title),
            found=found,
            passports=await _passports(request.user, found.items),
            rungs=RUNGS,
            leads={item.delivery_id: lead for item in found.items if (lead := _lead(item, me)) is not None},
            unread=[item.delivery_id for item in found.items if item.read_at is None],
            before=before,
        )

    @post("/{delivery_id:int}/read", opt=OWN)
    async def read(self, request: PageRequest, delivery_id: FromPath[int]) -> Redirect:
        """Mark one of one's notices as read."""
        await mark_read(actor=actor_of(request), delivery_ids=[min(delivery_id, EXACT)])
        return Redirect("/inbox", status_code=303)

    @post("/read", opt=OWN)
    async def read_all(
        self,
        request: PageRequest,
        data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
    ) -> Redirect:
        """Mark the notices that the page showed as read: not those that came since, which nobody has seen."""
        words = typed(data, "shown").split(",")
        shown = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < LONGEST]
        await mark_read(actor=actor_of(request), delivery_ids=shown)
        return Redirect("/inbox", status_code=303)


def _lead(item: InboxItem, reader_id: int) -> Link | None:
    about, number, *_ = (*item.matter.split(":"), "")
    if item.rung is Rung.TOLD:
        lead = LEADS.get(about)
        return Link(lead.text, lead.href.format(number)) if lead else None
    own, others = LATE.get(about, (None, None))
    return own if item.person_id == reader_id else others


async def _passports(identity: Identity, items: Sequence[InboxItem]) -> Mapping[int, str]:
    """Return the address of each passport that the reader may still see: they may no longer supervise the person."""
    people = await subjects(sorted({item.person_id for item in items}), today())
    return {
        item.person_id: "/passport"
        if item.person_id == identity.person_id
        else f"/people/{item.national_id}/passport"
        for item in items
        if item.rung is not Rung.TOLD and may_see(identity, Permission.PASSPORT_READ, people[item.person_id])
    }
