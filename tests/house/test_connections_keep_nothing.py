"""Does anything set on a connection end with its transaction? The pool hands it to the next asker as it is.

The accident: a role or a time limit set for one request holds for whoever is lent the connection next.
"""

import re

import pytest

from tests.house.tree import SRC

LASTING = (
    # At the head of a statement; further in, SET names the columns of an UPDATE.
    re.compile(r"""(?:^|["';]\s*)SET (?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)\w+"""),
    re.compile(r"\bpg_(try_)?advisory_lock(_shared)?\("),
    re.compile(r"set_config\([^)]*false\s*\)"),
    re.compile(r"\bLISTEN \w|\.add_listener\("),
)


def lasting(text: str) -> list[str]:
    """Return what a source sets for longer than its transaction."""
    return [found[0] for pattern in LASTING for found in pattern.finditer(text)]


def test_whatever_a_statement_sets_it_sets_for_its_transaction_alone() -> None:
    found = {
        str(path.relative_to(SRC)): what
        for path in SRC.rglob("*.py")
        if (what := lasting(path.read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    "sql",
    ["SET ROLE attested_vetting", "SET statement_timeout = 0", "SELECT pg_advisory_lock(1)", "LISTEN rung",
     "SET SESSION AUTHORIZATION x", "SELECT set_config('attested.actor', '1', false)"],
)  # fmt: skip
def test_what_would_last_is_found(sql: str) -> None:
    assert lasting(sql)


@pytest.mark.parametrize(
    "sql", ["SET LOCAL ROLE x", "UPDATE people.person SET known_as = $1", "SELECT pg_advisory_xact_lock(1)"]
)
def test_what_ends_with_its_transaction_is_let_be(sql: str) -> None:
    assert not lasting(sql)
