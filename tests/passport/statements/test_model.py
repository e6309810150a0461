"""Is what is no statement refused with the field that is wrong, and is the same told twice known for the same?"""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.problems import InvalidError
from passport.statements.model import digest, documents, read
from passport.statements.rules import Mapped
from passport.statements.shapes import Document
from tests.passport.statements.sending import HOME, statement, voiding

AGENT = {"mbox": "mailto:a@b.test"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"verb": {}}, "verb"),
        ({"verb": {"id": "passed"}}, "verb.id"),
        ({"actor": {"name": "Ada"}}, "actor"),
        ({"actor": {**AGENT, "openid": "https://id.test/ada"}}, "actor"),
        ({"actor": {"mbox": "a@b.test"}}, "actor.mbox"),
        ({"actor": {"account": {"homePage": "lms", "name": "1"}}}, "actor.account.homePage"),
        ({"object": {"id": "no-iri"}}, "object.id"),
        ({"object": {"objectType": "Course", "id": HOME}}, "object.objectType"),
        ({"object": {"objectType": "Agent", "name": "x"}}, "object"),
        ({"result": {"score": {"scaled": 1.5}}}, "result.score.scaled"),
        ({"result": {"success": "yes"}}, "result.success"),
        ({"result": {"duration": "an hour"}}, "result.duration"),
        ({"result": None}, "result"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": "2026-03-04T09:30:00-00:00"}, "timestamp"),
        ({"context": {"registration": "7"}}, "context.registration"),
        ({"grade": 7}, "grade"),
        ({"id": "7"}, "id"),
        ({"version": "3.0.0"}, "version"),
        ({"attachments": [{"usageType": HOME, "display": {}, "contentType": "a/b", "length": 1, "sha2": "x"}]},
         "attachments[0]"),
        ({"verb": {"id": HOME, "display": {"en": "a\0b"}}}, "verb.display.en"),
        ({"result": {"extensions": {HOME: "a\0b"}}}, f"result.extensions.{HOME}"),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}, "object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(changed: Document, field: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        read({**statement(), **changed})
    assert list(refusal.value.errors) == [field]


def test_in_a_batch_the_place_is_named_too() -> None:
    with pytest.raises(InvalidError) as refusal:
        read({**statement(), "verb": {"id": "x"}}, "[3]")
    assert list(refusal.value.errors) == ["[3].verb.id"]


def test_a_statement_is_read_for_what_matters_here() -> None:
    said = read(
        statement(
            timestamp="2026-03-04T09:30:00.5+01:00",
            result={"success": True, "score": {"scaled": 0.85}, "duration": "PT1H30M"},
            context={"registration": "c0a8012e-0000-4000-8000-000000000001", "contextActivities": {}},
        )
    )
    assert said.happened_at == datetime(2026, 3, 4, 8, 30, 0, 500_000, tzinfo=UTC)
    assert (said.success, said.score, said.seconds) == (True, Decimal("0.85"), Decimal(5400))
    assert said.actor == f"{HOME} 1000001"


def test_a_group_without_a_name_is_nobody_and_a_plan_says_nothing_happened() -> None:
    group = read(statement(actor={"objectType": "Group", "member": [AGENT]}))
    assert (group.account, group.mailbox) == (None, None)
    plan = {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": HOME}, "object": {"id": HOME}}
    assert read(statement(object=plan)).activity is None


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b'{"id":', b'[{"id":"x"},{"id":"X"}]', b"\xff"])
def test_a_body_without_statements_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidError):
        documents(body)


def test_what_the_receiver_sets_and_how_things_are_described_makes_no_other_statement() -> None:
    one = statement()
    again = {
        **one, "stored": "2026-01-01T00:00:00Z", "version": "1.0.0", "authority": AGENT,
        "verb": {"id": one["verb"]["id"], "display": {"cy": "pasiodd"}},  # type: ignore[index]
        "object": {**one["object"], "definition": {"name": {"en": "x"}}},  # type: ignore[dict-item]
    }  # fmt: skip
    assert digest(one) == digest(again)
    assert digest(one) != digest({**one, "result": {"success": False}})
    assert digest(one) != digest(voiding(one))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.integers(-9, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(statement())), JSON)
def test_whatever_is_sent_is_read_or_refused_and_never_our_fault(field: str, value: object) -> None:
    document = msgspec.json.decode(msgspec.json.encode({**statement(), field: value}))
    with suppress(InvalidError):
        assert digest(document)
        read(document)


RESULT = st.tuples(st.none() | st.booleans(), st.none() | st.decimals(-1, 1, places=3))
ASKED = st.tuples(st.booleans(), st.none() | st.decimals(0, 1, places=3))


@given(RESULT, ASKED)
def test_a_result_meets_what_is_asked_and_what_is_not_said_is_not_met(
    result: tuple[bool | None, Decimal | None], asked: tuple[bool, Decimal | None]
) -> None:
    (success, score), (needs_success, least) = result, asked
    expected = (success is True or not needs_success) and (
        least is None or (score is not None and score >= least)
    )
    assert Mapped("a", "v", "PPST", needs_success, least).is_met_by(success, score) is expected
