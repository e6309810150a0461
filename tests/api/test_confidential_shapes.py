"""Does every operation about care, vetting and figures answer with exactly the fields written down?"""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from access.roles import Role
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from foundation.requests import Watched
from tests.api.confidential import CARE, CONVERSATIONS, FIGURES, VETTING
from tests.api.test_shapes import OPERATIONS, complaints
from tests.builders import listed, officer
from tests.clients import calling, grant_role
from tests.licence.vetting import vetters
from tests.passport.conversations import talking
from tests.wellbeing import carers

pytestmark = pytest.mark.anyio
FOR_CARE = {"purpose": "the routine check"}
FOR_A_CASE = {"purpose": "renewing a clearance"}
DAY = today().isoformat()


async def check(
    client: AsyncClient,
    operation_id: str,
    *,
    at: Mapping[str, object] | None = None,
    params: Mapping[str, str] | None = None,
    body: Mapping[str, object] | None = None,
    file: bytes | None = None,
) -> object:
    """Call an operation, with a body or a file, and hold its answer to what is written down of it."""
    method, path, _ = OPERATIONS[operation_id]
    address = path.format(**(at or {}))
    files = {"file": ("a.pdf", file)} if file else None
    answer = await client.request(method, address, params=params, json=body, files=files)
    assert answer.status_code in {200, 201}, f"{operation_id}: {answer.text}"
    if "attachment; " in answer.headers.get("content-disposition", ""):
        return None
    assert complaints(operation_id, answer) == []
    return answer.json() if answer.headers["content-type"].startswith("application/json") else None


async def test_care_answers_as_it_is_written_down(app: Watched, database: str) -> None:
    await policy_in_force(today())
    there = await carers.carers()
    await carers.attended(there.ada, today() - timedelta(days=1))
    ada = {"national_id": await carers.national_id(there.ada)}
    done = []
    async with carers.at_work(app, there, there.olga) as olga:
        await check(olga, "careDesk")
        await check(olga, "recordOffer", at=ada, params=FOR_CARE, body={"offered_on": DAY})
        await check(olga, "takeIntoCare", at=ada, params=FOR_CARE)
        await check(olga, "writeNote", at=ada, params=FOR_CARE, body={"text": "First conversation"})
        told = await check(olga, "careOf", at=ada, params=FOR_CARE)
        assert isinstance(told, dict)
        note = {**ada, "note_id": told["notes"][0]["id"]}
        await check(olga, "releaseNote", at=note, params=FOR_CARE)
        done += ["careDesk", "recordOffer", "takeIntoCare", "writeNote", "careOf", "releaseNote"]
    async with carers.at_work(app, there, there.ada) as client:
        await check(client, "answerOffer", at={"offered_on": DAY}, body={"reply": "refused"})
        await check(client, "addEvent", body={"kind": "suicide", "attended_on": "2026-03-03"})
        await check(client, "myCare")
        done += ["answerOffer", "addEvent", "myCare"]
    async with carers.at_work(app, there, there.bea) as bea:
        await check(bea, "checkIn", at=ada)
        done.append("checkIn")
    assert sorted(done) == sorted(CARE)


async def test_vetting_answers_as_it_is_written_down(app: Watched, database: str) -> None:
    await policy_in_force(today())
    there = await vetters.unit()
    await vetters.clearance(there.ada, until=DAY)
    number = {"number": await vetters.case(there, officers=(there.vera,))}
    val = {"officer": await vetters.national_id(there.val)}
    new = {"person": await vetters.national_id(there.bea), "level": "management vetting", **val}
    done = []
    async with vetters.at_work(app, there, there.vera) as vera:
        await check(vera, "openVettingCase", body=new)
        entry = {"kind": "reason", "text": "Renewal after ten years"}
        await check(vera, "addToVettingCase", at=number, params=FOR_A_CASE, body=entry)
        await check(vera, "proposeForVettingCase", at=number, params=FOR_A_CASE, body=val)
        await check(vera, "vettingCase", at=number, params=FOR_A_CASE)
        refused = {"outcome": "refused"}
        await check(vera, "concludeVettingCase", at=number, params=FOR_A_CASE, body=refused)
        await check(vera, "takeBackVettingOutcome", at=number, params=FOR_A_CASE)
        done += ["openVettingCase", "addToVettingCase", "proposeForVettingCase", "vettingCase"]
        done += ["concludeVettingCase", "takeBackVettingOutcome"]
    async with vetters.at_work(app, there, there.vik) as vik:
        desk = await check(vik, "vettingCases")
        assert isinstance(desk, dict)
        await check(vik, "agreeToVettingOfficer", at={"proposal_id": desk["proposals"][0]["id"]})
        await check(vik, "clearances")
        done += ["vettingCases", "agreeToVettingOfficer", "clearances"]
    async with vetters.at_work(app, there, there.ada) as client:
        await check(client, "myVetting")
        done.append("myVetting")
    assert sorted(done) == sorted(VETTING)


async def test_conversations_answer_as_they_are_written_down(app: Watched, database: str) -> None:
    there = await talking.a_line()
    earlier = await talking.held_before(there, "Before", "Sit the exam")
    ada = {"national_id": await talking.national_id(there.ada)}
    bea_id = await talking.national_id(there.bea)
    draft = {"version": 0, "held_on": DAY, "words": [{"topic": "", "text": "Went well"}],
             "actions": [{"what": "Book it", "falls_to": "officer", "due_on": DAY}]}  # fmt: skip
    done = []
    async with talking.at_work(app, there, there.bea) as bea:
        await check(bea, "teamConversations")
        await check(bea, "conversationsOf", at=ada)
        await check(bea, "saveConversationDraft", at=ada, body=draft)
        await check(bea, "prepareConversation", at=ada)
        shared = await check(bea, "shareConversation", at=ada, body={**draft, "version": 1})
        assert isinstance(shared, dict)
        done += ["teamConversations", "conversationsOf", "saveConversationDraft", "prepareConversation"]
        done.append("shareConversation")
    async with talking.at_work(app, there, there.ada) as client:
        at = {"number": shared["number"]}
        await check(client, "saveAnswerDraft", at=at, body={"version": 0, "text": "I think"})
        await check(client, "answerConversation", at=at, body={"version": 1, "stance": "agrees"})
        await check(client, "addToConversation", at=at, body={"text": "One thing more"})
        await check(client, "agreeAction", at=at, body=draft["actions"][0])  # type: ignore[index]
        told = await check(client, "conversation", at=at)
        assert isinstance(told, dict)
        await check(client, "tickAction", at={"action_id": told["actions"][0]["id"]}, body={"is_done": True})
        opened = await check(
            client, "openConversations", body={"supervisor": bea_id, "conversation": earlier}
        )
        assert isinstance(opened, dict)
        await check(client, "shutConversations", at={"opening_id": opened["openings"][0]["id"]})
        await check(client, "myConversations")
        done += ["saveAnswerDraft", "answerConversation", "addToConversation", "agreeAction", "conversation"]
        done += ["tickAction", "openConversations", "shutConversations", "myConversations"]
    async with talking.at_work(app, there, there.desi) as desi:
        await check(desi, "conversationsDue")
        done.append("conversationsDue")
    assert sorted(done) == sorted(CONVERSATIONS)


async def test_figures_answer_as_they_are_written_down(app: Watched, database: str) -> None:
    reader, giver = await officer("Nat", "Reader"), await officer("Grant", "Giver")
    await grant_role(reader, Role.STANDARDS_BODY, by=giver)
    await listed()
    async with calling(app, reader) as client:
        for operation_id in FIGURES:
            await check(client, operation_id)
