"""Is somebody given the words of their own conversations, and nobody's draft?"""

import pytest

from foundation.database import as_owner, fetch
from passport.conversations import drafts
from tests.passport.conversations.talking import a_line, asker, held_before, said, shared
from tests.subject_access.asking import as_the_worker, asked, copy_of, gathered

pytestmark = pytest.mark.anyio


async def test_ones_own_conversations_are_given_and_the_others_draft_is_not(database: str) -> None:
    there = await a_line()
    await held_before(there, "HushBefore", "HushExam")
    await shared(there.bea, there.ada, said("HushWords"))
    bea = await asker(there.bea)
    await drafts.save(bea, person_id=there.ada, number=None, version=0, content=said("HushDraft"))
    number = await asked(there.ada)
    await gathered(number)
    copy = await copy_of(there.ada, number)
    assert all(word in copy for word in ("HushBefore", "HushExam", "HushWords"))
    assert "HushDraft" not in copy
    other = await asked(there.bea)
    await gathered(other)
    assert "Hush" not in await copy_of(there.bea, other)


async def test_the_worker_reads_no_words_but_of_whoever_asked_for_them(database: str) -> None:
    there = await a_line()
    await shared(there.bea, there.ada, said("HushWords", "HushExam"))
    number = await asked(there.bea)
    async with as_the_worker():
        for part in ("entry", "action", "opening"):
            assert await fetch(f"SELECT FROM passport.conversation_{part}") == []
    await gathered(number)
    async with as_owner() as owner:
        assert await owner.fetchval("SELECT count(*) FROM passport.conversation_entry") == 2
