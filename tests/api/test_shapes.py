"""Does every operation answer with exactly the fields that are written down, and nothing beside them?"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import AsyncClient, Response
from openapi_schema_validator import OAS31Validator

from access.sign_in import form_cookie_name
from attested.api.written import WRITTEN
from foundation.clock import today
from foundation.requests import Watched
from passport.policy.facts import source_of
from tests.api.confidential import CONFIDENTIAL
from tests.api.world import World, world
from tests.builders import AVON
from tests.clients import calling
from tests.files.handing_in import extract

pytestmark = pytest.mark.anyio
WHOLE = json.loads(WRITTEN.read_text("utf-8"))
OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, item in WHOLE["paths"].items()
    for method, operation in item.items()
}
# Who calls each, with what in its address and as its query.
CALLS = {
    "me": ("officer", {}, {}),
    "myDecision": ("officer", {}, {}),
    "decision": ("supervisor", {"national_id": "national_ids"}, {"on": "2026-11-02"}),
    "evidence": ("supervisor", {"national_id": "national_ids"}, {}),
    "profilesOf": ("supervisor", {"national_id": "reports"}, {}),
    "pathwayOf": ("supervisor", {"national_id": "reports", "profile": "profiles"}, {}),
    "team": ("supervisor", {}, {}),
    "deskCounts": ("desk", {}, {}),
    "deskLicences": ("desk", {}, {}),
    "exportDeskLicences": ("desk", {}, {}),
    "findPeople": ("desk", {}, {"q": "family_name"}),
    "files": ("learning", {}, {}),
    "handInFile": ("learning", {}, {}),
    "file": ("learning", {"file_id": "files"}, {}),
    "fileLines": ("learning", {"file_id": "files"}, {"verdict": "new"}),
    "returnedLines": ("learning", {"file_id": "files"}, {}),
    "commitFile": ("learning", {"file_id": "files"}, {}),
    "discardFile": ("learning", {"file_id": "later_files"}, {}),
    "jobs": ("operator", {}, {}),
    "job": ("operator", {"job_id": "jobs"}, {}),
    "jobsSummary": ("operator", {}, {}),
    "requeueJob": ("operator", {"job_id": "jobs"}, {}),
    "notices": ("supervisor", {}, {}),
    "readNotice": ("supervisor", {"delivery_id": "notices"}, {}),
    "retentionRules": ("privacy", {}, {}),
    "purges": ("privacy", {}, {}),
    "roles": ("lead", {}, {}),
    "role": ("lead", {"grant_id": "grants"}, {}),
    "giveRole": ("lead", {}, {}),
    "agreeToRole": ("privacy", {"grant_id": "grants"}, {}),
    "endRole": ("lead", {"grant_id": "later_grants"}, {}),
    "auditHeads": ("officer", {}, {}),
    "auditHead": ("officer", {"number": "versions"}, {}),
    "auditKeys": ("officer", {}, {}),
    "teamForecast": ("supervisor", {}, {}),
    "trainingDemand": ("learning", {}, {}),
    "demandByMonth": ("lead", {}, {"requirement": "PPST", "most": "20"}),
    "demandPeople": ("learning", {}, {"requirement": "PPST", "by": "due"}),
    "exportTrainingDemand": ("desk", {}, {}),
    "myCalendar": ("officer", {}, {}),
    "makeCalendarAddress": ("officer", {}, {}),
    "endCalendarAddress": ("officer", {}, {}),
    "policies": ("officer", {}, {}),
    "myProfiles": ("officer", {}, {}),
    "myPathway": ("officer", {"profile": "profiles"}, {}),
    "standards": ("officer", {}, {}),
    "policy": ("officer", {"number": "versions"}, {"force": AVON}),
    "policySource": ("officer", {"number": "versions"}, {}),
    "comparePolicies": ("officer", {"number": "drafts"}, {"before": "1"}),
    "policyDrafts": ("standards", {}, {}),
    "beginDraft": ("standards", {}, {}),
    "policyDraft": ("standards", {"number": "drafts"}, {}),
    "draftRequirement": ("standards", {"number": "drafts"}, {}),
    "endDraftRequirement": ("standards", {"number": "drafts", "code": "codes"}, {}),
    "draftTerm": ("standards", {"number": "drafts", "key": "terms"}, {}),
    "draftTop": ("standards", {"number": "drafts"}, {}),
    "replaceDraft": ("standards", {"number": "drafts_to_replace"}, {}),
    "rebaseDraft": ("standards", {"number": "drafts_to_rebase"}, {}),
    "discardDraft": ("standards", {"number": "drafts_to_discard"}, {}),
    "whatIfs": ("lead", {}, {}),
    "askWhatIf": ("lead", {}, {}),
    "stopWhatIf": ("lead", {"what_if_id": "what_ifs_to_stop"}, {}),
    "whatIf": ("lead", {"what_if_id": "what_ifs"}, {}),
    "whatIfFigures": ("lead", {"what_if_id": "what_ifs"}, {}),
    "whatIfPeople": ("desk", {"what_if_id": "what_ifs"}, {}),
    "exportWhatIfPeople": ("desk", {"what_if_id": "what_ifs"}, {}),
    "takeWhatIfPeople": ("desk", {"what_if_id": "what_ifs"}, {}),
    "askForWhatIfPeople": ("desk", {"what_if_id": "what_ifs"}, {}),
    "approvePolicy": ("standards", {"number": "drafts_to_approve"}, {}),
    "withdrawPolicy": ("standards", {"number": "drafts_to_approve"}, {}),
    "settingProposals": ("lead", {}, {}),
    "settingProposal": ("lead", {"proposal_id": "proposals"}, {}),
    "proposeSetting": ("learning", {}, {}),
    "proposeEndOfSetting": ("learning", {}, {}),
    "approveSetting": ("lead", {"proposal_id": "proposals"}, {}),
    "refuseSetting": ("lead", {"proposal_id": "later_proposals"}, {}),
}  # fmt: skip
LATER = (today() + timedelta(days=90)).isoformat()
# What goes with those that are sent JSON; `national_id` stands for somebody who is there.
BODIES: Mapping[str, Mapping[str, object]] = {
    "giveRole": {"person": "national_id", "role": "learning and development", "force": AVON, "since": LATER,
                 "reason": "Joins the team"},
    "endRole": {"reason": "Given by mistake"},
    "beginDraft": {"title": "By a program", "begins_on": LATER, "reason": "To try it"},
    "draftRequirement": {
        "revision": 1, "reason": "To try it", "code": "AI-BASICS", "title": "Using AI", "effect": "advisory",
        "how_to_meet": "Read on.", "source": "Nobody yet", "tag": "A",
    },
    "endDraftRequirement": {"revision": 1, "reason": "To try it"},
    "draftTerm": {"revision": 1, "amounts": [35], "source": "Nobody yet", "tag": "A", "reason": "To try it"},
    "draftTop": {"revision": 1, "title": "Renamed", "begins_on": LATER, "reason": "To try it"},
    "replaceDraft": {"revision": 1, "source": "source", "reason": "To try it"},
    "rebaseDraft": {"begins_on": LATER},
    "discardDraft": {"reason": "To try it"},
    "askWhatIf": {"number": "draft", "begins_on": LATER, "days": [LATER]},
    "askForWhatIfPeople": {"reason": "To plan the training"},
    "approvePolicy": {"begins_on": "draft_day", "what_if": "what_if"},
    "withdrawPolicy": {"reason": "To try it"},
    "proposeSetting": {
        "force": AVON, "requirement": "JRFT", "setting": "level", "value": "3.7", "reason": "To try it",
        "valid_from": LATER,
    },
    "proposeEndOfSetting": {"setting": "own_setting", "last_day": LATER, "reason": "To try it"},
    "refuseSetting": {"reason": "To try it"},
}  # fmt: skip

# Which roles a part is open to, where it is not open to all; whoever has a role may lead somebody besides.
OPEN_TO = {
    "My team": {"supervisor", "desk", "learning", "operator", "lead", "privacy"},
    "Licensing desk": {"desk"},
    "Planning": {"learning", "desk", "lead"},
    "Files": {"desk", "learning"},
    "Jobs": {"operator"},
    "Retention": {"lead", "privacy"},
    "Roles": {"lead", "privacy", "operator"},
    "Policy desk": {"standards"},
    "What-ifs": {"standards", "lead", "desk"},
    "Own settings": {"lead", "learning"},
}


def closed(schema: object) -> object:
    """Return a schema that allows no field which it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **inner} if "properties" in schema else inner


def complaints(operation_id: str, answer: Response) -> list[str]:
    """Say what an answer has that is not written down, or lacks."""
    _, _, operation = OPERATIONS[operation_id]
    described = operation["responses"].get(str(answer.status_code))
    if described is None:
        return [f"{operation_id}: {answer.status_code} is not written down"]
    ((media, content),) = described["content"].items()
    if answer.headers["content-type"].partition(";")[0] != media:
        return [f"{operation_id}: {answer.headers['content-type']} is not {media}"]
    if media.startswith("text/"):
        return []
    schema = {**closed(content["schema"]), "components": closed(WHOLE["components"])}  # type: ignore[dict-item]
    found = OAS31Validator(schema).iter_errors(answer.json())
    return [f"{operation_id}: {'/'.join(map(str, one.path))}: {one.message[:200]}" for one in found]


async def test_every_operation_answers_with_the_fields_written_down_and_no_other(
    app: Watched, database: str, tmp_path: Path
) -> None:
    assert CALLS.keys() | CONFIDENTIAL == OPERATIONS.keys()
    made = await world(tmp_path)
    found: list[str] = []
    for operation_id, (role, _, _) in CALLS.items():
        async with calling(app, made.callers[role]) as client:
            answer = await called(client, made, operation_id)
        assert answer.status_code in {200, 201}, f"{operation_id}: {answer.text}"
        assert answer.content not in {b"[]", b"{}"}, f"{operation_id} has nothing to show"
        found += complaints(operation_id, answer)
    assert found == []


def in_address(made: World, names: Mapping[str, str]) -> dict[str, object]:
    """Choose what an address names."""
    there = {
        "national_ids": made.national_ids[0],
        "reports": made.report,
        "files": made.files[0],
        "later_files": made.files[-1],
        "jobs": made.jobs[0],
        "notices": made.notices[0],
        "grants": made.grants[0],
        "later_grants": made.grants[-1],
        "versions": 1,
        "profiles": "roads-policing",
        "drafts": made.drafts[0],
        "drafts_to_replace": made.drafts[1],
        "drafts_to_rebase": made.drafts[2],
        "drafts_to_discard": made.drafts[3],
        "drafts_to_approve": made.drafts[4],
        "what_ifs": made.what_if,
        "what_ifs_to_stop": made.what_if + 1,  # what has just been asked for
        "proposals": made.proposals[0],
        "later_proposals": made.proposals[1],
        "codes": "STOP-SEARCH",
        "terms": "grace",
    }
    return {name: there[of] for name, of in names.items()}


def in_query(made: World, query: Mapping[str, str]) -> dict[str, str]:
    """Put the name of somebody who is there where a name is asked for."""
    return {name: made.family_name if value == "family_name" else value for name, value in query.items()}


async def called(client: AsyncClient, made: World, operation_id: str) -> Response:
    """Call an operation as it is written down."""
    _, names, query = CALLS[operation_id]
    method, path, operation = OPERATIONS[operation_id]
    where = path.format(**in_address(made, names))
    if method == "get":
        return await client.get(where, params=in_query(made, query))
    await client.get("/api/v1/policies")
    token = {"x-csrftoken": client.cookies[form_cookie_name()]}
    if operation_id in BODIES:
        there = {
            "national_id": made.national_ids[0],
            "source": await a_draft(made.drafts[1]),
            "draft": made.drafts[0],
            "draft_day": made.draft_day.isoformat(),
            "what_if": made.what_if,
            "own_setting": made.own_setting,
        }
        body = {name: there.get(str(value), value) for name, value in BODIES[operation_id].items()}
        return await client.post(where, headers=token, json=body)
    if "requestBody" not in operation:
        return await client.post(where, headers=token)
    file = ("new.csv", extract("Newman", first=6_000_000), "text/csv")
    return await client.post(where, headers=token, data={"kind": "hr", "force": AVON}, files={"file": file})


async def a_draft(number: int) -> str:
    """Return a draft with one thing said differently."""
    return (await source_of(number)).replace("grace_days = 90 ", "grace_days = 60 ")


def test_a_field_too_many_would_be_noticed() -> None:
    answer = Response(
        404,
        headers={"content-type": "application/problem+json"},
        json={
            "type": "t",
            "title": "t",
            "status": 404,
            "detail": "d",
            "instance": "i",
            "errors": None,
            "id": 7,
        },
    )
    assert "additionalProperties" in str(closed(WHOLE["components"]["schemas"]["ProblemDocument"]))
    assert complaints("job", answer)


async def test_every_door_is_shut_to_whoever_does_not_hold_its_key(
    app: Watched, database: str, tmp_path: Path
) -> None:
    """Each role at every door: 401 for nobody, and for the rest the very answer that an absent thing gets."""
    made = await world(tmp_path)
    for role in (*made.callers, None):
        async with calling(app, made.callers[role] if role else None) as client:
            for operation_id in CALLS:
                tag = OPERATIONS[operation_id][2]["tags"][0]
                if tag == "Audit" or role in OPEN_TO.get(tag, {*made.callers}):
                    continue
                answer = await called(client, made, operation_id)
                assert answer.status_code == (404 if role else 401), (role, operation_id, answer.text)
                assert not complaints(operation_id, answer)
