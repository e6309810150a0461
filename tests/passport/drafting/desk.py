"""Who writes policy in these tests, and how do they send a form?"""

import re
from collections.abc import Mapping
from datetime import timedelta

from httpx2 import AsyncClient, Response

from foundation.clock import today
from passport.policy.actions import set_up
from passport.policy.document import shipped_text
from tests.builders import officer
from tests.clients import TOKEN, grant_role

KEPT = ("PPST", "FIRST-AID", "JRFT", "CED", "FIRST-AID-ENHANCED", "STOP-SEARCH")


def small_policy() -> str:
    """Return the shipped policy with a few of its requirements: what is read often is read fast."""
    top, *asked = shipped_text().split("\n[[requirement]]\n")
    return "\n[[requirement]]\n".join([top, *(one for one in asked if one.split('"')[1] in KEPT)])


SOON = today() + timedelta(days=30)
BEGUN = {
    "title": "Safety training every two years",
    "begins_on-day": str(SOON.day),
    "begins_on-month": str(SOON.month),
    "begins_on-year": str(SOON.year),
    "reason": "The review of its frequency",
}


async def writers() -> tuple[int, int]:
    """Set up the shipped policy, and enter two people of the standards body."""
    await set_up(text=small_policy())
    nora, neil, giver = await officer("Nora"), await officer("Neil"), await officer("Gil")
    for one in (nora, neil):
        await grant_role(one, "standards body", by=giver)
    return nora, neil


async def begun(client: AsyncClient) -> int:
    """Begin a draft, and return its number."""
    answered = await sent(client, "/policy/drafts/new", BEGUN)
    assert answered.status_code == 303, answered.text
    return int(answered.headers["location"].split("/")[3].partition("?")[0])


async def sent(
    client: AsyncClient, page: str, fields: Mapping[str, str | list[str]], *, to: str | None = None
) -> Response:
    """Open a page, change some answers of its form, and send it; what the page says stays as it is."""
    shown = await client.get(page)
    assert shown.status_code == 200, shown.text
    token = TOKEN.search(shown.text)
    assert token is not None, f"{page} has no form"
    answers = {**answers_on(shown.text), **fields, "_csrf_token": token[1] or token[2]}
    return await client.post(to or page, data=answers, follow_redirects=False)


def answers_on(text: str) -> dict[str, str | list[str]]:
    """Return what the form of a page would send as it is."""
    found: dict[str, str | list[str]] = {}
    form = text[text.index('<form method="post"', text.index("<main")) :]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if name is None or (_attribute(tag, "type") in {"checkbox", "radio"} and " checked" not in tag):
            continue
        if _attribute(tag, "type") == "checkbox":
            there = found.setdefault(name, [])
            assert isinstance(there, list)
            there.append(value or "")
        else:
            found[name] = value or ""
    for name, said in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = _plain(said)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = _plain(chosen[1]) if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return _plain(found[1]) if found else None


def _plain(text: str) -> str:
    for escaped, plain in (("&#39;", "'"), ("&#34;", '"'), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(escaped, plain)
    return text.replace("&amp;", "&")
