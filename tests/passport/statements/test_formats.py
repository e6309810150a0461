"""Is a statement told as it was sent, by what identifies alone, or in the language that is understood?"""

import pytest

from passport.statements.formats import formatted, understood
from passport.statements.querying import Format
from passport.statements.shapes import Document

ADA = {"objectType": "Agent", "name": "Ada", "mbox": "mailto:ada@avon.test"}
WORDS = {"en-GB": "passed", "cy": "pasiodd", "fr": "réussi"}
TOLD: Document = {
    "id": "1",
    "actor": {"objectType": "Group", "name": "Team", "member": [ADA]},
    "verb": {"id": "https://v.test/passed", "display": WORDS},
    "object": {
        "id": "https://a.test",
        "definition": {"name": WORDS, "extensions": {"https://x.test": WORDS}},
    },
    "context": {
        "instructor": ADA,
        "contextActivities": {"parent": [{"id": "https://p.test", "definition": {"name": WORDS}}]},
        "extensions": {"https://x.test": {"verb": "stays"}},
    },
    "result": {"success": True, "extensions": {"https://x.test": {"name": WORDS}}},
}


def test_exactly_as_sent() -> None:
    assert formatted(TOLD, Format.EXACT) == TOLD


def test_what_identifies_alone() -> None:
    told = formatted(TOLD, Format.IDS)
    ada = {"objectType": "Agent", "mbox": "mailto:ada@avon.test"}
    assert told["actor"] == {"objectType": "Group", "member": [ada]}
    assert told["verb"] == {"id": "https://v.test/passed"}
    assert told["object"] == {"id": "https://a.test"}
    assert told["context"] == {
        "instructor": ada,
        "contextActivities": {"parent": [{"id": "https://p.test"}]},
        "extensions": {"https://x.test": {"verb": "stays"}},
    }
    assert told["result"] == TOLD["result"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("cy", "cy"), ("en", "en-GB"), ("de, cy;q=0.4, fr;q=0.9", "fr"), ("de", "en-GB"), ("", "en-GB"),
        ("de;q=1, *;q=0.1", "en-GB"), ("cy;q=0, fr;q=0.1", "fr"), ("EN-gb;q=nonsense, cy", "cy"),
    ],
)  # fmt: skip
def test_in_the_language_that_is_understood_best(header: str, language: str) -> None:
    told = formatted(TOLD, Format.CANONICAL, understood(header))
    one = {language: WORDS[language]}
    assert told["verb"] == {"id": "https://v.test/passed", "display": one}
    assert told["object"] == {
        "id": "https://a.test",
        "definition": {"name": one, "extensions": {"https://x.test": WORDS}},
    }
    assert (told["actor"], told["result"]) == (TOLD["actor"], TOLD["result"])
