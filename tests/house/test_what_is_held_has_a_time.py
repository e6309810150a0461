"""Does every table that names people have a retention rule, or the reason why it has none of its own?

The accident: a new table keeps something on people, and nobody ever asks for how long.
"""

import pytest

from attested.retention.book import apart, rules
from attested.retention.holdings import HOLDINGS
from foundation.database import fetch
from tests.subject_access.test_nothing_is_left_out import referring

pytestmark = pytest.mark.anyio
DECIDED = {rule.kind for rule in rules() if rule.keep}


async def test_no_table_that_names_people_is_forgotten(built_database: str) -> None:
    covered = {table for rule in rules() for table in rule.tables} | {one.table for one in apart()}
    assert (await referring()).keys() - covered == set(), (
        "name it under a rule of retention.toml, or say there why not"
    )


async def test_no_rule_speaks_of_a_table_that_is_not_there(built_database: str) -> None:
    rows = await fetch("SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r'")
    written = {table for rule in rules() for table in rule.tables} | {one.table for one in apart()}
    assert written - {row["name"] for row in rows} == set()


def test_a_table_has_a_time_or_a_reason_for_none_and_not_both() -> None:
    assert {table for rule in rules() for table in rule.tables} & {one.table for one in apart()} == set()
    assert [one.table for one in apart() if len(one.why) < 20] == []


def test_what_goes_lies_in_the_tables_that_its_rule_names() -> None:
    for rule in rules():
        assert rule.tables, rule.kind
        if rule.kind in HOLDINGS:
            assert any(table in HOLDINGS[rule.kind].goes for table in rule.tables), rule.kind
    assert set(HOLDINGS) == DECIDED, "whatever can go has a time, and whatever has a time can go"
